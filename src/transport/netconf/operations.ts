import { NetwrightError, parseXml, rawXml, readXml, renderXml, writeXml, type XmlElement, XmlText, xml } from '#core';
import type {
  CommitOptions,
  ConfigSource,
  ConfigTarget,
  Datastore,
  EditConfigOptions,
  GetOptions,
  NetconfFilter,
} from './netconf-session.ts';

/** An operation to send, and what the device must be able to do for it. */
export interface Operation {
  readonly name: string;
  readonly xml: XmlText;
  /** Short names of capabilities: `candidate`, `confirmed-commit:1.1`; of a list in it, any one. */
  readonly needs: readonly (string | readonly string[])[];
}

const withDefaultsNamespace = 'urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults';

/** Whatever the user wants to send, checked for being XML at all. */
export async function anyOperation(given: XmlText | string): Promise<Operation> {
  const text = rawXml(String(given)).toString();
  const root = await readXml(text, { what: 'the RPC to send' });
  if (root.name !== 'rpc') return { name: root.name, xml: new XmlText(text), needs: [] };
  const [operation] = root.children;
  if (!operation || root.children.length > 1) {
    throw new NetwrightError(
      'NW_XML_INVALID',
      `the RPC to send: expected one operation in <rpc>, got ${root.children.length}`,
    );
  }
  return { name: operation.name, xml: new XmlText(await writeXml(operation)), needs: [] };
}

export function get({ filter, withDefaults }: GetOptions): Operation {
  return {
    name: 'get',
    xml: xml`<get>${filterXml(filter)}${defaultsXml(withDefaults)}</get>`,
    needs: [...filterNeeds(filter), ...defaultsNeeds(withDefaults)],
  };
}

export function getConfig(source: ConfigTarget, { filter, withDefaults }: GetOptions): Operation {
  return {
    name: 'get-config',
    xml: xml`<get-config><source>${placeXml(source)}</source>${filterXml(filter)}${defaultsXml(withDefaults)}</get-config>`,
    needs: [...placeNeeds(source), ...filterNeeds(filter), ...defaultsNeeds(withDefaults)],
  };
}

export async function editConfig(
  target: Datastore,
  config: XmlText | string,
  options: EditConfigOptions,
): Promise<Operation> {
  const { defaultOperation, testOption, errorOption } = options;
  return {
    name: 'edit-config',
    xml: xml`<edit-config><target>${placeXml(target)}</target>${
      defaultOperation && xml`<default-operation>${defaultOperation}</default-operation>`
    }${testOption && xml`<test-option>${testOption}</test-option>`}${
      errorOption && xml`<error-option>${errorOption}</error-option>`
    }${await configXml(config)}</edit-config>`,
    needs: [
      target === 'running' ? 'writable-running' : target,
      ...(testOption === 'test-only' ? ['validate:1.1'] : testOption ? ['validate'] : []),
      ...(errorOption === 'rollback-on-error' ? ['rollback-on-error'] : []),
    ],
  };
}

export async function copyConfig(source: ConfigSource, target: ConfigTarget): Promise<Operation> {
  const needs = target === 'running' ? ['writable-running'] : placeNeeds(target);
  return {
    name: 'copy-config',
    xml: xml`<copy-config><target>${placeXml(target)}</target><source>${await sourceXml(source)}</source></copy-config>`,
    needs: [...needs, ...sourceNeeds(source)],
  };
}

export function deleteConfig(target: ConfigTarget): Operation {
  return {
    name: 'delete-config',
    xml: xml`<delete-config><target>${placeXml(target)}</target></delete-config>`,
    needs: placeNeeds(target),
  };
}

export function lock(name: 'lock' | 'unlock', target: Datastore): Operation {
  const inside = xml`<target>${placeXml(target)}</target>`;
  return {
    name,
    xml: name === 'lock' ? xml`<lock>${inside}</lock>` : xml`<unlock>${inside}</unlock>`,
    needs: placeNeeds(target),
  };
}

export async function validate(source: ConfigSource): Promise<Operation> {
  return {
    name: 'validate',
    xml: xml`<validate><source>${await sourceXml(source)}</source></validate>`,
    needs: ['validate', ...sourceNeeds(source)],
  };
}

export function commit({ confirmWithinS, persist, persistId }: CommitOptions): Operation {
  const isTokened = persist !== undefined || persistId !== undefined;
  const parts = [
    confirmWithinS === undefined ? undefined : xml`<confirmed/><confirm-timeout>${confirmWithinS}</confirm-timeout>`,
    persist === undefined ? undefined : xml`<persist>${persist}</persist>`,
    persistIdXml(persistId),
  ];
  const isPlain = parts.every((part) => part === undefined);
  return {
    name: 'commit',
    xml: isPlain ? xml`<commit/>` : xml`<commit>${parts}</commit>`,
    needs: [
      'candidate',
      ...(isTokened ? ['confirmed-commit:1.1'] : confirmWithinS === undefined ? [] : ['confirmed-commit']),
    ],
  };
}

export function cancelCommit(persistId: string | undefined): Operation {
  return {
    name: 'cancel-commit',
    xml: xml`<cancel-commit>${persistIdXml(persistId)}</cancel-commit>`,
    needs: ['candidate', 'confirmed-commit:1.1'],
  };
}

function persistIdXml(persistId: string | undefined): XmlText | undefined {
  return persistId === undefined ? undefined : xml`<persist-id>${persistId}</persist-id>`;
}

export const discardChanges: Operation = {
  name: 'discard-changes',
  xml: xml`<discard-changes/>`,
  needs: ['candidate'],
};

export const closeSession: Operation = { name: 'close-session', xml: xml`<close-session/>`, needs: [] };

export function killSession(sessionId: number): Operation {
  return {
    name: 'kill-session',
    xml: xml`<kill-session><session-id>${sessionId}</session-id></kill-session>`,
    needs: [],
  };
}

function placeXml(place: ConfigTarget): XmlText {
  return typeof place === 'string' ? new XmlText(`<${place}/>`) : xml`<url>${place.url}</url>`;
}

function placeNeeds(place: ConfigTarget): string[] {
  if (typeof place !== 'string') return ['url'];
  return place === 'running' ? [] : [place];
}

async function sourceXml(source: ConfigSource): Promise<XmlText> {
  return typeof source === 'object' && 'config' in source ? await configXml(source.config) : placeXml(source);
}

function sourceNeeds(source: ConfigSource): string[] {
  return typeof source === 'object' && 'config' in source ? [] : placeNeeds(source);
}

/** Several elements may stand side by side in `<config>`, so it is checked from outside. */
async function configXml(config: XmlText | string): Promise<XmlText> {
  const text = rawXml(String(config)).toString();
  const wrapped = await readXml(`<config>${text}</config>`, { what: 'the configuration to send' });
  const [only] = wrapped.children;
  const isWhole = wrapped.children.length === 1 && only?.name === 'config';
  return new XmlText(isWhole ? await writeXml(only) : `<config>${text}</config>`);
}

function filterXml(filter: NetconfFilter | undefined): XmlText | undefined {
  if (filter === undefined) return undefined;
  if ('subtree' in filter) {
    const text = rawXml(String(filter.subtree)).toString();
    const root: XmlElement = parseXml(`<filter>${text}</filter>`, { what: 'the filter' });
    const isWhole = root.children.length === 1 && root.children[0]?.name === 'filter';
    return isWhole ? new XmlText(renderXml(root.children[0]!)) : new XmlText(`<filter type="subtree">${text}</filter>`);
  }
  const declarations = Object.entries(filter.namespaces ?? {}).map(
    ([prefix, namespace]) => xml` ${new XmlText(`xmlns:${checkedPrefix(prefix)}`)}="${namespace}"`,
  );
  return xml`<filter type="xpath"${declarations} select="${filter.xpath}"/>`;
}

function checkedPrefix(prefix: string): string {
  if (/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(prefix)) return prefix;
  throw new NetwrightError('NW_XML_INVALID', `the filter: "${prefix}" is no prefix of a namespace`);
}

function filterNeeds(filter: NetconfFilter | undefined): string[] {
  return filter && 'xpath' in filter ? ['xpath'] : [];
}

function defaultsXml(mode: GetOptions['withDefaults']): XmlText | undefined {
  return mode && xml`<with-defaults xmlns="${withDefaultsNamespace}">${mode}</with-defaults>`;
}

const defaultsNeeds = (mode: GetOptions['withDefaults']): string[] => (mode ? ['with-defaults'] : []);
