import { XmlElement, type XmlText, xml } from '#core';
import { commitsOf } from '../commit-log.ts';
import type { SimulatedDevice } from '../device.ts';
import { createEditor } from '../editor.ts';
import { asSetLines } from '../editor-set.ts';
import { runAlone } from '../interpreter.ts';
import { parseTree } from '../section-tree.ts';
import { junosCompare } from '../transactions/junos-diff.ts';
import { type JunosLoad, junosLoad, junosLoads } from '../transactions/junos-load.ts';
import { junosState } from './junos-state.ts';
import { junosElements, junosLines } from './junos-xml.ts';
import type { Edit, NetconfActions, NetconfModel } from './netconf-model.ts';
import { RpcRefusal } from './rpc-refusal.ts';
import { filterSubtree } from './subtree.ts';

const capability = 'urn:ietf:params:netconf:capability';
const namespace = 'http://xml.juniper.net/xnm/1.1/xnm';

/** Junos: NETCONF 1.0 only, comments before its hello, the operations of its own beside those of the RFC. */
export const junosModel: NetconfModel = {
  versions: ['1.0'],
  capabilities: [
    `${capability}:candidate:1.0`,
    `${capability}:confirmed-commit:1.0`,
    `${capability}:validate:1.0`,
    `${capability}:url:1.0?scheme=http,ftp,file`,
    'urn:ietf:params:xml:ns:netconf:base:1.0',
    'urn:ietf:params:xml:ns:netconf:capability:candidate:1.0',
    'urn:ietf:params:xml:ns:netconf:capability:confirmed-commit:1.0',
    'urn:ietf:params:xml:ns:netconf:capability:validate:1.0',
    'http://xml.juniper.net/netconf/junos/1.0',
    'http://xml.juniper.net/dmi/system/1.0',
  ],
  preamble: '<!-- No zombies were killed during the creation of this user interface -->\n',
  replyAttributes: ' xmlns:junos="http://xml.juniper.net/junos/22.4R3/junos"',
  read: (device, text) => [configurationOf(device, text)],
  state: () => [],
  edit(device, text, { elements, defaultOperation }) {
    const below = elements.flatMap((element) => {
      if (element.name === 'configuration') return element.children;
      throw new RpcRefusal({
        type: 'protocol',
        tag: 'unknown-element',
        message: 'syntax error, expecting <configuration>',
        info: xml`<bad-element>${element.name}</bad-element>`,
      });
    });
    return edited(device, defaultOperation === 'replace' ? '' : text, { elements: below, defaultOperation });
  },
  own,
};

function configurationOf(device: SimulatedDevice, text: string): XmlElement {
  const children = junosElements(parseTree(text, device.persona.edit)).map(inNamespace);
  return new XmlElement({ name: 'configuration', namespace, children });
}

const inNamespace = (element: XmlElement): XmlElement =>
  new XmlElement({ name: element.name, namespace, text: element.text, children: element.children.map(inNamespace) });

function edited(device: SimulatedDevice, text: string, edit: Edit): string {
  const { edit: style } = device.persona;
  const editor = createEditor(style, text);
  for (const line of junosLines(edit, asSetLines(text, style).split('\n'))) {
    const rule = style.refuses?.find(({ match }) => match.test(line));
    if (rule === undefined && !device.faults.refuses(line) && editor.type(line)) continue;
    const [, ...words] = line.split(' ');
    throw new RpcRefusal({
      type: 'protocol',
      tag: rule === undefined ? 'unknown-element' : 'invalid-value',
      path: `/configuration/${words.slice(0, -1).join('/')}`,
      message:
        rule === undefined
          ? `syntax error: ${words[0]}`
          : rule
              .says(line, 0)
              .replaceAll(/[\s^]+/g, ' ')
              .trim(),
      info: xml`<bad-element>${words[0]}</bad-element>`,
    });
  }
  return editor.text;
}

function own(device: SimulatedDevice, operation: XmlElement, actions: NetconfActions): XmlText | undefined {
  switch (operation.name) {
    case 'get-configuration':
      return getConfiguration(device, operation);
    case 'load-configuration':
      return loadConfiguration(device, operation);
    case 'commit-configuration': {
      const minutes = Number(operation.valueAt('confirm-timeout') ?? 10);
      const comment = operation.valueAt('log');
      actions.commit({
        isCheck: operation.child('check') !== undefined,
        ...(operation.child('confirmed') ? { seconds: minutes * 60 } : {}),
        ...(comment === undefined ? {} : { comment }),
      });
      return xml`<commit-results><routing-engine><name>re0</name><commit-success/></routing-engine></commit-results>`;
    }
    case 'lock-configuration':
      actions.lock('candidate');
      return xml``;
    case 'unlock-configuration':
      actions.unlock('candidate');
      return xml``;
    case 'command':
      return command(device, operation);
    default:
      return junosState(device, operation);
  }
}

function getConfiguration(device: SimulatedDevice, operation: XmlElement): XmlText {
  if (operation.attribute('compare') === 'rollback') return compared(device, operation);
  const text = operation.attribute('database') === 'committed' ? device.running.text : device.candidate.text;
  const format = operation.attribute('format') ?? 'xml';
  if (format === 'text') return xml`<configuration-text xmlns="${namespace}">${`\n${text}`}</configuration-text>`;
  if (format === 'set')
    return xml`<configuration-set>${`\n${asSetLines(text, device.persona.edit)}`}</configuration-set>`;
  const filter = operation.child('configuration');
  const whole = configurationOf(device, text);
  const [found = new XmlElement({ name: 'configuration', namespace })] = filter
    ? filterSubtree([whole], [filter])
    : [whole];
  return xml`${found}`;
}

/** What the candidate has that the nth last commit has not, as `show | compare` says it. */
function compared(device: SimulatedDevice, operation: XmlElement): XmlText {
  const nth = Number(operation.attribute('rollback') ?? 0);
  const older = nth === 0 ? device.running.text : commitsOf(device).text(nth);
  if (older === undefined) throw noRollback(nth);
  const text = junosCompare(older, device.candidate.text, device.persona.edit);
  return xml`<configuration-information><configuration-output>${`\n${text}`}</configuration-output></configuration-information>`;
}

const noRollback = (nth: number): RpcRefusal =>
  new RpcRefusal({
    type: 'protocol',
    tag: 'operation-failed',
    message: `could not find rollback configuration ${nth}`,
  });

function loadRollback(device: SimulatedDevice, nth: number): XmlText {
  const text = commitsOf(device).text(nth);
  if (text === undefined || device.faults.has('rollback-fails')) throw noRollback(nth);
  if (nth === 0) device.candidate.clear();
  else device.candidate.load(text);
  return xml`<load-configuration-results><ok/></load-configuration-results>`;
}

function loadConfiguration(device: SimulatedDevice, operation: XmlElement): XmlText {
  const rollback = operation.attribute('rollback');
  if (rollback !== undefined) return loadRollback(device, Number(rollback));
  const action = operation.attribute('action') ?? 'merge';
  const source = operation.valueAt('configuration-text') ?? operation.valueAt('configuration-set');
  const configuration = operation.child('configuration');
  const kind = junosLoads.find((one) => one === action);
  let said = 'load complete';
  if (configuration) {
    const isWhole = action === 'override' || action === 'update';
    const edit: Edit = { elements: configuration.children, defaultOperation: 'merge' };
    device.candidate.load(edited(device, isWhole ? '' : device.candidate.text, edit));
  } else if (kind === undefined || source === undefined) {
    throw new RpcRefusal({
      type: 'protocol',
      tag: 'missing-element',
      info: xml`<bad-element>configuration</bad-element>`,
    });
  } else said = junosLoad(device, device.candidate, kind satisfies JunosLoad, `${source}\n`, 'netconf');
  const complaints = said.split('\n').filter((line) => line.startsWith('netconf:'));
  if (complaints.length === 0) return xml`<load-configuration-results><ok/></load-configuration-results>`;
  const errors = complaints.map(
    (line) =>
      xml`<rpc-error><error-severity>error</error-severity><error-message>${line.replace(/^netconf:\d+:\s*/, '')}</error-message></rpc-error>`,
  );
  return xml`<load-configuration-results>${errors}<load-error-count>${errors.length}</load-error-count></load-configuration-results>`;
}

/** A command of the operational mode as text. */
function command(device: SimulatedDevice, operation: XmlElement): XmlText {
  if (operation.attribute('format') !== 'text') {
    throw new RpcRefusal({ tag: 'operation-not-supported', message: 'this device answers commands as text only' });
  }
  const { text } = runAlone(device, operation.value);
  const refused = /^(?:\s*\^\n)?((?:syntax error|unknown command|error:).*)/.exec(text)?.[1];
  if (refused !== undefined) throw new RpcRefusal({ type: 'protocol', tag: 'operation-failed', message: refused });
  return xml`<output>${`\n${text.replaceAll('\r\n', '\n')}`}</output>`;
}
