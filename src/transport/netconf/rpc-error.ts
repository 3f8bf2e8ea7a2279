import { NetwrightError, type XmlElement } from '#core';

/** An `<rpc-error>` with all its fields (RFC 6241 section 4.3). */
export interface RpcError {
  /** `transport`, `rpc`, `protocol` or `application`. */
  readonly type: string;
  /** `invalid-value`, `lock-denied`, `data-missing`, … (RFC 6241 appendix A). */
  readonly tag: string;
  readonly severity: 'error' | 'warning';
  readonly appTag?: string;
  /** XPath of the node that it is about. */
  readonly path?: string;
  readonly message?: string;
  /** `session-id`, `bad-element`, `bad-attribute`, `bad-namespace` and the like, by name. */
  readonly info: Readonly<Record<string, string>>;
}

/** Fields of `<error-info>` that name things; what else vendors put there may be configuration, and stays out. */
const toldInfo = [
  'session-id',
  'bad-element',
  'bad-attribute',
  'bad-namespace',
  'err-element',
  'ok-element',
  'noop-element',
];

/**
 * The errors and warnings of a reply. Junos puts them below `<commit-results>` and `<load-configuration-results>` as
 * well, and some of its daemons answer in the older `<xnm:error>`.
 */
export function rpcErrorsOf(reply: XmlElement, scrub: (text: string) => string = (text) => text): RpcError[] {
  return errorElements(reply, 0).map((element) => {
    const error = element.name === 'rpc-error' ? readError(element) : readJunosError(element);
    return error.message === undefined ? error : { ...error, message: scrub(error.message) };
  });
}

function errorElements(within: XmlElement, depth: number): XmlElement[] {
  return within.children.flatMap((child) => {
    if (child.name === 'rpc-error' || isJunosError(child)) return [child];
    const holdsResults = /-results?$|^routing-engine$/.test(child.name);
    return holdsResults && depth < 4 ? errorElements(child, depth + 1) : [];
  });
}

const isJunosError = ({ name, namespace }: XmlElement): boolean =>
  (name === 'error' || name === 'warning') && /\/xnm\//.test(namespace);

function readError(element: XmlElement): RpcError {
  const info: Record<string, string> = {};
  for (const { name, value } of element.child('error-info')?.children ?? []) {
    if (toldInfo.includes(name) && value !== '') info[name] = value;
  }
  return {
    type: element.valueAt('error-type') ?? 'application',
    tag: element.valueAt('error-tag') ?? 'operation-failed',
    // What has no severity at all is not taken lightly.
    severity: element.valueAt('error-severity') === 'warning' ? 'warning' : 'error',
    ...optional('appTag', element.valueAt('error-app-tag')),
    ...optional('path', element.valueAt('error-path')),
    ...optional('message', element.valueAt('error-message')),
    info,
  };
}

function readJunosError(element: XmlElement): RpcError {
  return {
    type: 'application',
    tag: 'operation-failed',
    severity: element.name === 'warning' ? 'warning' : 'error',
    ...optional('path', element.valueAt('edit-path')),
    ...optional('message', element.valueAt('message')),
    info: {},
  };
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value === '' ? {} : ({ [key]: value.replaceAll(/\s+/g, ' ') } as Record<K, string>);
}

/** Tags after which the same request may well succeed (RFC 6241 appendix A). */
const passingTags = ['in-use', 'lock-denied', 'resource-denied'];

/** What a device said no with, as one error; all of them are in `details.errors`. */
export function refusal(label: string, operation: string, errors: readonly RpcError[]): NetwrightError {
  const first = errors[0]!;
  const held = errors.find(({ tag }) => tag === 'lock-denied' || tag === 'in-use');
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  const code = held ? 'NW_CONFIG_LOCKED' : 'NW_RPC_REFUSED';
  return new NetwrightError(code, `${label}: <${operation}> was refused: ${describe(held ?? first)}${more}`, {
    retryable: errors.every(({ tag }) => passingTags.includes(tag)),
    details: { operation, errors },
    ...(first.tag === 'access-denied' && { hint: 'give the user the right to do this on the device' }),
  });
}

/** `invalid-value: mtu out of range (/interfaces/interface[name='ge-0/0/0']/mtu)` in one line. */
function describe({ type, tag, appTag, message, path, info }: RpcError): string {
  const what = message === undefined ? `${type} error` : message;
  const facts = [
    path,
    appTag,
    ...Object.entries(info).map(([name, value]) => (name === 'session-id' ? holder(value) : `${name} ${value}`)),
  ].filter((fact) => fact !== undefined);
  return `${tag}: ${what}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`;
}

/** Session 0 is no NETCONF session: somebody at the command line, say (RFC 6241 section 7.5). */
const holder = (session: string): string =>
  session === '0' ? 'held by no NETCONF session' : `held by session ${session}`;
