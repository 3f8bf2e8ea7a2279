import { type XmlText, xml } from '#core';

export interface RefusalParts {
  readonly type?: 'transport' | 'rpc' | 'protocol' | 'application';
  readonly tag: string;
  readonly severity?: 'error' | 'warning';
  readonly path?: string;
  readonly message?: string;
  readonly info?: XmlText;
}

/** What a request is refused with (RFC 6241 section 4.3). */
export class RpcRefusal extends Error {
  readonly parts: RefusalParts;

  constructor(parts: RefusalParts) {
    super(parts.message ?? parts.tag);
    this.name = 'RpcRefusal';
    this.parts = parts;
  }
}

export function rpcErrorXml({
  type = 'application',
  tag,
  severity = 'error',
  path,
  message,
  info,
}: RefusalParts): XmlText {
  return xml`<rpc-error><error-type>${type}</error-type><error-tag>${tag}</error-tag><error-severity>${severity}</error-severity>${
    path === undefined ? undefined : xml`<error-path>${path}</error-path>`
  }${message === undefined ? undefined : xml`<error-message xml:lang="en">${message}</error-message>`}${
    info === undefined ? undefined : xml`<error-info>${info}</error-info>`
  }</rpc-error>`;
}
