import { XmlElement, xml } from '#core';
import type { SimulatedDevice } from '../device.ts';
import { createEditor } from '../editor.ts';
import { dotted, portsOf } from '../network/index.ts';
import { mergeInto, replaceWith } from '../transactions/whole-text.ts';
import type { Edit, NetconfModel } from './netconf-model.ts';
import { RpcRefusal } from './rpc-refusal.ts';
import { xrConfig, xrReadModels } from './xr-config.ts';
import { xrState, xrStateModels, xrStatistics } from './xr-oper.ts';
import { elementsOf } from './xr-tree.ts';

const model = (name: string): string => `http://cisco.com/ns/yang/Cisco-IOS-XR-${name}`;
const capability = 'urn:ietf:params:netconf:capability';

/**
 * IOS XR: both versions, candidate, confirmed commit with tokens; of its models those of interfaces, of the host name,
 * and the one that carries lines of the command line.
 */
export const xrModel: NetconfModel = {
  versions: ['1.0', '1.1'],
  declaration: '<?xml version="1.0"?>\n',
  capabilities: [
    `${capability}:candidate:1.0`,
    `${capability}:confirmed-commit:1.1`,
    `${capability}:rollback-on-error:1.0`,
    `${capability}:validate:1.1`,
    ...[
      'cli-cfg',
      'ifmgr-cfg',
      'shellutil-cfg',
      'shellutil-oper',
      'pfi-im-cmd-oper',
      ...xrReadModels,
      ...xrStateModels,
    ].map((name) => `${model(name)}?module=Cisco-IOS-XR-${name}&revision=2019-04-05`),
  ],
  read: (device, text) => [
    hostNames(text),
    interfaceConfigurations(text),
    commandLines(device, text),
    ...xrConfig({ persona: device.persona, facts: device.facts, running: { text } }),
  ],
  state: (device) => [systemTime(device), interfaceStates(device), ...xrState(device)],
  edit: edited,
};

const tree = (name: string, namespace: string, children: readonly XmlElement[]): XmlElement =>
  new XmlElement({ name, namespace, children });
const text = (name: string, namespace: string, value: string | number): XmlElement =>
  new XmlElement({ name, namespace, text: String(value) });

function hostNames(config: string): XmlElement {
  const namespace = model('shellutil-cfg');
  return tree('host-names', namespace, [text('host-name', namespace, /^hostname (\S+)/m.exec(config)?.[1] ?? 'ios')]);
}

interface InterfaceText {
  readonly name: string;
  readonly lines: readonly string[];
}

function interfacesOf(config: string): InterfaceText[] {
  const found: { name: string; lines: string[] }[] = [];
  let last: { name: string; lines: string[] } | undefined;
  for (const line of config.split('\n')) {
    const name = /^interface (\S+)$/.exec(line)?.[1];
    if (name !== undefined) {
      last = { name, lines: [] };
      found.push(last);
    } else if (!line.startsWith(' ')) last = undefined;
    else last?.lines.push(line.trim());
  }
  return found;
}

const settingOf = ({ lines }: InterfaceText, word: string): string | undefined =>
  lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1);

function interfaceConfigurations(config: string): XmlElement {
  const namespace = model('ifmgr-cfg');
  const entries = interfacesOf(config).map((one) => {
    const description = settingOf(one, 'description');
    return tree('interface-configuration', namespace, [
      text('active', namespace, 'act'),
      text('interface-name', namespace, one.name),
      ...(description === undefined ? [] : [text('description', namespace, description)]),
      ...(one.lines.includes('shutdown') ? [new XmlElement({ name: 'shutdown', namespace })] : []),
    ]);
  });
  return tree('interface-configurations', namespace, entries);
}

const commandLines = (device: SimulatedDevice, config: string): XmlElement =>
  text('cli', model('cli-cfg'), `${device.persona.config.before?.(device.facts, config.length) ?? ''}${config}`);

function systemTime(device: SimulatedDevice): XmlElement {
  const namespace = model('shellutil-oper');
  const seconds = Math.floor((device.time.now() - Date.UTC(2026, 0, 5)) / 1000);
  return tree('system-time', namespace, [
    tree('uptime', namespace, [text('host-name', namespace, device.host), text('uptime', namespace, seconds)]),
  ]);
}

function interfaceStates(device: SimulatedDevice): XmlElement {
  const namespace = model('pfi-im-cmd-oper');
  const ports = portsOf(device);
  const briefs = ports.map((port) =>
    tree('interface', namespace, elementsOf({ 'interface-name': port.name, description: port.description }, namespace)),
  );
  const details = ports.map((port) => {
    const state = port.isEnabled ? (port.isUp ? 'im-state-up' : 'im-state-down') : 'im-state-admin-down';
    return tree(
      'interface',
      namespace,
      elementsOf(
        {
          'interface-name': port.name,
          state,
          'line-state': state,
          mtu: port.mtu === 1500 ? 1514 : port.mtu,
          bandwidth: port.kind === 'loopback' ? 0 : port.kbits,
          'mac-address': { address: dotted(port.mac) },
          'interface-statistics': xrStatistics(port),
        },
        namespace,
      ),
    );
  });
  return tree('interfaces', namespace, [
    tree('interfaces', namespace, briefs),
    tree('interface-xr', namespace, details),
  ]);
}

function edited(device: SimulatedDevice, config: string, { elements, defaultOperation }: Edit): string {
  return elements.reduce((before, element) => {
    if (element.is('cli', model('cli-cfg'))) return cliEdited(device, before, element, defaultOperation === 'replace');
    if (element.is('interface-configurations', model('ifmgr-cfg'))) return interfacesEdited(device, before, element);
    if (element.is('host-names', model('shellutil-cfg'))) {
      return typed(device, before, [`hostname ${element.valueAt('host-name') ?? ''}`]);
    }
    throw new RpcRefusal({
      type: 'protocol',
      tag: 'unknown-namespace',
      info: xml`<bad-element>${element.name}</bad-element><bad-namespace>${element.namespace}</bad-namespace>`,
    });
  }, config);
}

function cliEdited(device: SimulatedDevice, before: string, { text: lines }: XmlElement, isWhole: boolean): string {
  const { text: after, refused } = isWhole
    ? replaceWith(device, lines.replace(/^\s*(?:Building configuration\.\.\.\n|!!.*\n)*/, ''))
    : mergeInto(device, before, lines);
  const [first] = refused;
  if (first === undefined) return after;
  throw invalidLine(first.line);
}

const invalidLine = (line: string): RpcRefusal =>
  new RpcRefusal({
    tag: 'operation-failed',
    message: `invalid input: ${line}`,
    info: xml`<bad-element>cli</bad-element>`,
  });

function interfacesEdited(device: SimulatedDevice, before: string, holder: XmlElement): string {
  return holder.all('interface-configuration').reduce((config, element) => {
    const name = element.valueAt('interface-name') ?? '';
    const isThere = interfacesOf(config).some((one) => one.name === name);
    const operation = element.attribute('operation');
    const path = `interface-configurations/interface-configuration[interface-name = '${name}']`;
    if (operation === 'delete' || operation === 'remove') {
      if (!isThere && operation === 'delete') throw new RpcRefusal({ tag: 'data-missing', path });
      return isThere ? typed(device, config, [`no interface ${name}`]) : config;
    }
    if (operation === 'create' && isThere) throw new RpcRefusal({ tag: 'data-exists', path });
    const lines = element.children.flatMap((child) => interfaceLines(child, path));
    return typed(device, config, [`interface ${name}`, ...lines]);
  }, before);
}

function interfaceLines(child: XmlElement, path: string): string[] {
  const operation = child.attribute('operation');
  const isGone = operation === 'delete' || operation === 'remove';
  switch (child.name) {
    case 'active':
    case 'interface-name':
      return [];
    case 'description':
      return [isGone ? 'no description' : `description ${child.value}`];
    case 'shutdown':
      return [isGone ? 'no shutdown' : 'shutdown'];
    default:
      throw new RpcRefusal({
        type: 'protocol',
        tag: 'unknown-element',
        path,
        info: xml`<bad-element>${child.name}</bad-element>`,
      });
  }
}

function typed(device: SimulatedDevice, config: string, lines: readonly string[]): string {
  const editor = createEditor(device.persona.edit, config, device.order);
  for (const line of lines) {
    if (device.faults.refuses(line) || !editor.type(line)) throw invalidLine(line);
  }
  return editor.text;
}
