import { Argument, Command, Option } from '@commander-js/extra-typings';
import { NetwrightError, parseDurationMs, renderXml, type XmlElement } from '#core';
import type { Device } from '#inventory';
import type { Datastore, NetconfFilter, NetconfSession, RpcError } from '#transport';
import type { OpenedWorkspace } from '#workspace';
import { example } from '../example.ts';
import { plainXml } from '../plain-xml.ts';
import type { Runtime } from '../runtime.ts';

const operations = ['get-config', 'get', 'rpc', 'capabilities'] as const;
const datastores = ['running', 'candidate', 'startup'] as const;
const defaultsModes = ['report-all', 'report-all-tagged', 'trim', 'explicit'] as const;

interface NetconfFlags {
  readonly source: Datastore;
  readonly filter?: string | undefined;
  readonly namespace?: readonly string[] | undefined;
  readonly withDefaults?: (typeof defaultsModes)[number] | undefined;
  readonly timeout?: string | undefined;
}

export function netconfCommand(runtime: Runtime) {
  return new Command('netconf')
    .description('Ask one device over NETCONF and print what it answers, secrets taken out.')
    .argument('<device>')
    .addArgument(new Argument('<operation>', 'what to ask').choices(operations))
    .argument('[xml]', 'the operation to send, for rpc: "<get-interface-information/>"')
    .addOption(
      new Option('--source <datastore>', 'which configuration').choices(datastores).default('running' as const),
    )
    .option('--filter <filter>', 'only this: a subtree as XML, or an XPath')
    .option('--namespace <prefix=uri>', 'what a prefix in the XPath means; may be repeated', collect)
    .addOption(new Option('--with-defaults <mode>', 'also values that nobody set (RFC 6243)').choices(defaultsModes))
    .option('--timeout <time>', 'how long the answer may take, such as 90s')
    .addHelpText(
      'after',
      example(
        'netconf r1 get-config',
        'netconf r1 get-config --source candidate --filter "<configuration><interfaces/></configuration>"',
        'netconf r1 get --filter "/if:interfaces/if:interface" --namespace if=urn:ietf:params:xml:ns:yang:ietf-interfaces',
        'netconf r1 rpc "<get-interface-information><terse/></get-interface-information>" --json',
        'netconf r1 capabilities',
      ),
    )
    .action(async (name, operation, xml, flags) => {
      checkUsage(operation, xml, flags);
      const { signal } = runtime;
      const workspace = await runtime.workspace();
      const device = (await workspace.inventory()).get(name);
      const connector = await workspace.connector();
      await using session = await connector.netconf(device, { signal });
      if (operation === 'capabilities') {
        printCapabilities(runtime, device, session);
        return;
      }
      const call = { signal, ...(flags.timeout !== undefined && { timeoutMs: parseDurationMs(flags.timeout) }) };
      const filter = flags.filter === undefined ? undefined : filterOf(flags.filter, flags.namespace ?? []);
      const options = {
        ...call,
        ...(filter && { filter }),
        ...(flags.withDefaults && { withDefaults: flags.withDefaults }),
      };
      if (operation === 'rpc') {
        const { element, warnings } = await session.rpc(xml ?? '', call);
        await print(runtime, workspace, device, operation, element.children, warnings);
      } else {
        const data = operation === 'get' ? await session.get(options) : await session.getConfig(flags.source, options);
        await print(runtime, workspace, device, operation, data.children, []);
      }
    });
}

function checkUsage(operation: (typeof operations)[number], xml: string | undefined, flags: NetconfFlags): void {
  if (operation === 'rpc' && xml === undefined) {
    throw new NetwrightError('NW_USAGE', 'rpc: expected the operation to send', {
      hint: 'netwright netconf r1 rpc "<get-system-information/>"',
    });
  }
  if (operation !== 'rpc' && xml !== undefined) {
    throw new NetwrightError('NW_USAGE', `${operation} takes no XML; give a subtree with --filter`);
  }
  if (flags.filter !== undefined && (operation === 'rpc' || operation === 'capabilities')) {
    throw new NetwrightError('NW_USAGE', `${operation} takes no --filter`);
  }
}

function filterOf(text: string, namespaces: readonly string[]): NetconfFilter {
  if (text.trimStart().startsWith('<')) return { subtree: text };
  const entries = namespaces.map((one) => {
    const at = one.indexOf('=');
    if (at > 0) return [one.slice(0, at), one.slice(at + 1)] as const;
    throw new NetwrightError('NW_USAGE', `--namespace ${one}: expected <prefix>=<uri>`);
  });
  return { xpath: text, namespaces: Object.fromEntries(entries) };
}

async function print(
  { screen }: Runtime,
  workspace: OpenedWorkspace,
  device: Device,
  operation: string,
  elements: readonly XmlElement[],
  warnings: readonly RpcError[],
): Promise<void> {
  const { scrubXml } = await import('#backup');
  const platforms = await workspace.platforms();
  const rules = device.platform === 'auto' ? [] : (await platforms.get(device.platform)).backup.secrets;
  const shown = elements.filter(({ name }) => name !== 'rpc-error').map((element) => scrubXml(element, rules));
  const text = shown.map((element) => `${renderXml(element, { indent: 2 })}\n`).join('');
  for (const { tag, message } of warnings) screen.note(`${device.name}: warning: ${message ?? tag}`);
  screen.document({ device: device.name, operation, data: plainXml(shown), xml: text, warnings });
  screen.printText(text);
}

function printCapabilities({ screen }: Runtime, device: Device, session: NetconfSession): void {
  const { capabilities, sessionId, framing } = session;
  const version = framing === 'chunked' ? '1.1' : '1.0';
  screen.document({
    device: device.name,
    version,
    sessionId,
    capabilities: capabilities.uris,
    modules: capabilities.modules,
  });
  screen.print(screen.colors.bold(`${device.name}: NETCONF ${version}, session ${sessionId}`));
  for (const uri of capabilities.uris) screen.print(uri);
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
