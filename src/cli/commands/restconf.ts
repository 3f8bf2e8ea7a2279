import { Command, Option } from '@commander-js/extra-typings';
import { NetwrightError, parseDurationMs } from '#core';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';

const contents = ['config', 'nonconfig', 'all'] as const;

export function restconfCommand(runtime: Runtime) {
  return new Command('restconf')
    .description('Ask one device over RESTCONF and print the data at a path, secrets taken out. Changes nothing.')
    .argument('<device>')
    .argument('<path>', 'of the data: ietf-interfaces:interfaces/interface=eth0')
    .addOption(new Option('--content <which>', 'configuration, state, or both').choices(contents))
    .option('--depth <levels>', 'how deep')
    .option('--fields <fields>', 'only these: "name;config/mtu"')
    .option('--timeout <time>', 'how long the answer may take, such as 90s')
    .addHelpText(
      'after',
      example(
        'restconf r1 ietf-interfaces:interfaces',
        'restconf r1 ietf-interfaces:interfaces/interface=eth0 --content config --json',
        'restconf r1 openconfig-network-instance:network-instances --depth 3',
      ),
    )
    .action(async (name, path, flags) => {
      const depth = flags.depth === undefined ? undefined : depthOf(flags.depth);
      const { signal, screen } = runtime;
      const workspace = await runtime.workspace();
      const device = (await workspace.inventory()).get(name);
      const connector = await workspace.connector();
      const { createRestconfClient } = await import('#transport');
      const { scrubJson } = await import('#backup');
      await using session = await connector.http(device);
      const data = await createRestconfClient(session).get(path.replace(/^\/+/, ''), {
        signal,
        ...(flags.timeout !== undefined && { timeoutMs: parseDurationMs(flags.timeout) }),
        ...(flags.content && { content: flags.content }),
        ...(depth !== undefined && { depth }),
        ...(flags.fields !== undefined && { fields: flags.fields }),
      });
      if (data === undefined) {
        throw new NetwrightError('NW_RPC_REFUSED', `${name}: there is no data at ${path}`, {
          hint: 'the path begins with the name of a module: ietf-interfaces:interfaces',
          retryable: false,
        });
      }
      const platforms = await workspace.platforms();
      const rules = device.platform === 'auto' ? [] : (await platforms.get(device.platform)).backup.secrets;
      const shown = scrubJson(data, rules);
      screen.document({ device: name, path, data: shown });
      screen.printText(`${JSON.stringify(shown, null, 2)}\n`);
    });
}

function depthOf(text: string): number {
  const depth = Number(text);
  if (Number.isInteger(depth) && depth >= 1 && depth <= 65_535) return depth;
  throw new NetwrightError('NW_USAGE', `--depth ${text}: expected a number from 1 to 65535`);
}
