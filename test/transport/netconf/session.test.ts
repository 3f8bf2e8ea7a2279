import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetwrightError, parseXml, renderXml, xml } from '#core';
import { type NetconfOptions, type NetconfSession, startNetconf } from '#transport';
import { frame } from '../../../src/transport/netconf/framing.ts';
import { MessageReader } from '../../../src/transport/netconf/message-reader.ts';
import { ScriptedChannel } from './scripted-channel.ts';

const base = 'urn:ietf:params:xml:ns:netconf:base:1.0';
const capability = 'urn:ietf:params:netconf:capability';
const everything = [
  'urn:ietf:params:netconf:base:1.0',
  'urn:ietf:params:netconf:base:1.1',
  ...['writable-running', 'candidate', 'rollback-on-error', 'startup', 'xpath'].map(
    (name) => `${capability}:${name}:1.0`,
  ),
  `${capability}:validate:1.1`,
  `${capability}:confirmed-commit:1.1`,
  `${capability}:url:1.0?scheme=file,http`,
  `${capability}:with-defaults:1.0?basic-mode=explicit&also-supported=report-all`,
  'http://example.com/interfaces?module=interfaces&revision=2024-01-02&features=a,b',
];

const helloOf = (uris: readonly string[], id: number | string = 4): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<hello xmlns="${base}"><capabilities>${uris
    .map((uri) => xml`<capability>${uri}</capability>`)
    .join('')}</capabilities><session-id>${id}</session-id></hello>`;

type Answer = (operation: string, id: string) => string | undefined;

const ok: Answer = (_, id) => `<rpc-reply xmlns="${base}" message-id="${id}"><ok/></rpc-reply>`;

/** A device that answers each RPC; returns the operations that it was sent. */
async function device(
  answer: Answer = ok,
  options: NetconfOptions & { readonly uris?: readonly string[] } = {},
): Promise<{ session: NetconfSession; channel: ScriptedChannel; asked: string[] }> {
  const channel = new ScriptedChannel();
  const asked: string[] = [];
  const { uris = everything, ...rest } = options;
  const is11 = uris.includes('urn:ietf:params:netconf:base:1.1') && (options.versions ?? ['1.1']).includes('1.1');
  const reader = new MessageReader({
    label: 'the client',
    maxMessageBytes: 1e6,
    onMessage(root) {
      if (root.name === 'hello') {
        if (is11) reader.framing = 'chunked';
        return;
      }
      const id = root.attribute('message-id')!;
      const operation = root.children.map((child) => renderXml(child)).join('');
      asked.push(operation.replaceAll(` xmlns="${base}"`, ''));
      const reply = answer(root.children[0]!.name, id);
      if (reply !== undefined) channel.say(frame(reply, reader.framing));
    },
  });
  channel.onWrite = (text) => reader.feed(Buffer.from(text));
  const opening = startNetconf(channel, rest);
  channel.say(frame(helloOf(uris), 'end-of-message'));
  return { session: await opening, channel, asked };
}

const errorReply = (id: string, ...errors: string[]): string =>
  `<rpc-reply xmlns="${base}" message-id="${id}">${errors.map((error) => `<rpc-error>${error}</rpc-error>`).join('')}</rpc-reply>`;

describe('hello', () => {
  test('agrees on chunked framing when both speak 1.1, and tells what the server can do', async () => {
    const { session, channel } = await device();
    expect(session.framing).toBe('chunked');
    expect(session.sessionId).toBe(4);
    expect(session.capabilities.has('candidate')).toBe(true);
    expect(session.capabilities.has('confirmed-commit:1.0')).toBe(false);
    expect(session.capabilities.has('url')).toBe(true);
    expect(session.capabilities.modules).toEqual([
      {
        namespace: 'http://example.com/interfaces',
        module: 'interfaces',
        revision: '2024-01-02',
        features: ['a', 'b'],
      },
    ]);
    expect(channel.written).toMatch(/^<\?xml .*base:1\.0<.*base:1\.1<.*<\/hello>\]\]>\]\]>$/s);
  });

  test('keeps to end-of-message framing with a device of old, line feeds and comments and all', async () => {
    const channel = new ScriptedChannel();
    const opening = startNetconf(channel);
    const junos = `<!-- No zombies were killed during the creation of this user interface -->
<!-- user admin, class j-super-user -->
<hello>
  <capabilities>
    <capability>urn:ietf:params:xml:ns:netconf:base:1.0</capability>
    <capability>urn:ietf:params:xml:ns:netconf:capability:candidate:1.0</capability>
    <capability>urn:ietf:params:xml:ns:netconf:capability:confirmed-commit:1.0</capability>
    <capability>http://xml.juniper.net/netconf/junos/1.0</capability>
  </capabilities>
  <session-id>3274</session-id>
</hello>
]]>]]>
`;
    for (const byte of Buffer.from(junos)) channel.say(Buffer.of(byte));
    const session = await opening;
    expect(session.framing).toBe('end-of-message');
    expect(session.capabilities.has('candidate')).toBe(true);
    expect(session.capabilities.has('confirmed-commit')).toBe(true);
    channel.onWrite = () =>
      channel.say(
        `<?xml version="1.0"?>\n<rpc-reply xmlns:junos="http://xml.juniper.net/junos/21.2R0/junos" xmlns="${base}" message-id="1" junos:style="x">\n<ok/>\n</rpc-reply>\n]]>]]>\n`,
      );
    expect((await session.commit()).element.attribute('style')).toBe('x');
    channel.say('<!-- the configuration was changed by somebody else -->\n]]>]]>\n');
    channel.onWrite = () => channel.say('<?xml version="1.0"?>\n<rpc-reply message-id="2"><ok/></rpc-reply>\n]]>]]>\n');
    await session.discardChanges();
  });

  test('passes over what a shell says before the hello', async () => {
    const channel = new ScriptedChannel();
    const opening = startNetconf(channel);
    channel.say(`Welcome to r1\r\nLast login: yesterday\r\n${helloOf(everything)}]]>]]>`);
    expect((await opening).framing).toBe('chunked');
  });

  test.each([
    ['another message first', '<rpc-reply/>', 'expected a hello, got <rpc-reply>'],
    ['a hello without session id', helloOf(everything, 'x'), 'a hello without a session id'],
    ['half a hello', '<hello><capabilities>', 'line 1'],
  ])('refuses %s', async (_, said, message) => {
    const channel = new ScriptedChannel();
    const opening = startNetconf(channel);
    channel.say(frame(said, 'end-of-message'));
    await expect(opening).rejects.toThrow(message);
    expect(channel.isDestroyed).toBe(true);
  });

  test('does not wait for a hello for ever, nor after the connection is gone', async () => {
    const mute = new ScriptedChannel();
    await expect(startNetconf(mute, { helloTimeoutMs: 20 })).rejects.toMatchObject({ code: 'NW_NETCONF_PROTOCOL' });
    expect(mute.isDestroyed).toBe(true);
    const gone = new ScriptedChannel();
    const opening = startNetconf(gone);
    gone.end();
    await expect(opening).rejects.toMatchObject({ code: 'NW_CONNECTION_LOST' });
    const cancelled = new ScriptedChannel();
    const abort = new AbortController();
    const waiting = startNetconf(cancelled, { signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'NW_CANCELLED' });
    expect(cancelled.isDestroyed).toBe(true);
    const shouting = new ScriptedChannel();
    const listening = startNetconf(shouting);
    for (let at = 0; at < 100; at += 1) shouting.say('no netconf here\r\n'.repeat(100));
    await expect(listening).rejects.toThrow('without a "<"');
  });
});

describe('operations', () => {
  test('are sent as RFC 6241 writes them', async () => {
    const { session, asked } = await device((operation, id) =>
      operation.startsWith('get')
        ? `<rpc-reply xmlns="${base}" message-id="${id}"><data><a/></data></rpc-reply>`
        : ok(operation, id),
    );
    expect((await session.getConfig('running')).child('a')).toBeDefined();
    await session.getConfig('candidate', { filter: { subtree: '<top xmlns="u"/>' }, withDefaults: 'trim' });
    await session.get({ filter: { xpath: '/t:top/t:a[.="<"]', namespaces: { t: 'u' } } });
    await session.editConfig('candidate', xml`<top xmlns="u"><a>${'<&'}</a></top>`, {
      defaultOperation: 'none',
      testOption: 'test-only',
      errorOption: 'rollback-on-error',
    });
    await session.editConfig('running', '<config><a/><b/></config>');
    await session.lock('candidate');
    await session.unlock('candidate');
    await session.validate('candidate');
    await session.validate({ config: '<a/>' });
    await session.commit();
    await session.commit({ confirmWithinS: 120, persist: 'IQ,d4668' });
    await session.commit({ persistId: 'IQ,d4668' });
    await session.cancelCommit({ persistId: 'IQ,d4668' });
    await session.discardChanges();
    await session.copyConfig('running', 'startup');
    await session.copyConfig({ url: 'https://x/?a&b' }, 'candidate');
    await session.deleteConfig('startup');
    await session.killSession(7);
    await session.rpc('<?xml version="1.0"?>\n<get-interface-information><terse/></get-interface-information>');
    await session.rpc('<rpc message-id="x"><command format="text">show version</command></rpc>');
    await session.close();
    expect(asked).toEqual([
      '<get-config><source><running/></source></get-config>',
      '<get-config><source><candidate/></source><filter type="subtree"><top xmlns="u"/></filter><with-defaults xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults">trim</with-defaults></get-config>',
      '<get><filter xmlns:t="u" type="xpath" select="/t:top/t:a[.=&quot;&lt;&quot;]"/></get>',
      '<edit-config><target><candidate/></target><default-operation>none</default-operation><test-option>test-only</test-option><error-option>rollback-on-error</error-option><config><top xmlns="u"><a>&lt;&amp;</a></top></config></edit-config>',
      '<edit-config><target><running/></target><config><a/><b/></config></edit-config>',
      '<lock><target><candidate/></target></lock>',
      '<unlock><target><candidate/></target></unlock>',
      '<validate><source><candidate/></source></validate>',
      '<validate><source><config><a/></config></source></validate>',
      '<commit/>',
      '<commit><confirmed/><confirm-timeout>120</confirm-timeout><persist>IQ,d4668</persist></commit>',
      '<commit><persist-id>IQ,d4668</persist-id></commit>',
      '<cancel-commit><persist-id>IQ,d4668</persist-id></cancel-commit>',
      '<discard-changes/>',
      '<copy-config><target><startup/></target><source><running/></source></copy-config>',
      '<copy-config><target><candidate/></target><source><url>https://x/?a&amp;b</url></source></copy-config>',
      '<delete-config><target><startup/></target></delete-config>',
      '<kill-session><session-id>7</session-id></kill-session>',
      '<get-interface-information><terse/></get-interface-information>',
      '<command format="text">show version</command>',
      '<close-session/>',
    ]);
  });

  test('that the device has not said to know are not sent', async () => {
    const { session, asked } = await device(ok, { uris: everything.slice(0, 2) });
    const refused = async (work: Promise<unknown>, name: string): Promise<void> => {
      await expect(work).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED', details: { capability: name } });
    };
    await refused(session.lock('candidate'), 'candidate');
    await refused(session.editConfig('running', '<a/>'), 'writable-running');
    await refused(session.commit(), 'candidate');
    await refused(session.get({ filter: { xpath: '/a' } }), 'xpath');
    await refused(session.copyConfig('running', { url: 'ftp://x' }), 'url');
    await refused(session.validate('running'), 'validate');
    await refused(session.getConfig('running', { withDefaults: 'trim' }), 'with-defaults');
    expect(asked).toEqual([]);
    const older = await device(ok, { uris: [...everything.slice(0, 4), `${capability}:confirmed-commit:1.0`] });
    await older.session.commit({ confirmWithinS: 60 });
    await refused(older.session.commit({ confirmWithinS: 60, persist: 'x' }), 'confirmed-commit:1.1');
    await refused(
      older.session.editConfig('candidate', '<a/>', { errorOption: 'rollback-on-error' }),
      'rollback-on-error',
    );
  });

  test('that are no XML are not sent', async () => {
    const { session, asked } = await device();
    await expect(session.rpc('<get-config>')).rejects.toMatchObject({ code: 'NW_XML_INVALID' });
    await expect(session.rpc('<rpc><a/><b/></rpc>')).rejects.toMatchObject({ code: 'NW_XML_INVALID' });
    await expect(session.editConfig('candidate', '<a></b>')).rejects.toMatchObject({ code: 'NW_XML_INVALID' });
    await expect(session.get({ filter: { subtree: '<a>' } })).rejects.toMatchObject({ code: 'NW_XML_INVALID' });
    await expect(session.editConfig('candidate', '</config></edit-config>')).rejects.toMatchObject({
      code: 'NW_XML_INVALID',
    });
    expect(asked).toEqual([]);
  });
});

describe('errors of the device', () => {
  test('come with all their fields', async () => {
    const { session } = await device((_, id) =>
      errorReply(
        id,
        `<error-type>application</error-type><error-tag>invalid-value</error-tag><error-severity>error</error-severity>
         <error-app-tag>too-small</error-app-tag><error-path xmlns:t="u">/t:top/t:interface[t:name="e0"]/t:mtu</error-path>
         <error-message xml:lang="en">MTU value 25000 is not within
           range 256..9192</error-message>
         <error-info><bad-element>mtu</bad-element><password>hunter2</password></error-info>`,
        '<error-type>protocol</error-type><error-tag>operation-failed</error-tag><error-severity>warning</error-severity>',
        '<error-type>rpc</error-type><error-tag>missing-attribute</error-tag><error-severity>error</error-severity>',
      ),
    );
    const error = await rejection(session.validate('candidate'));
    expect(error.code).toBe('NW_RPC_REFUSED');
    expect(error.message).toBe(
      'r1 (192.0.2.1:830, ssh): <validate> was refused: invalid-value: MTU value 25000 is not within range 256..9192 (/t:top/t:interface[t:name="e0"]/t:mtu; too-small; bad-element mtu), and 1 more',
    );
    expect(error.details['errors']).toMatchObject([
      { type: 'application', tag: 'invalid-value', appTag: 'too-small', info: { 'bad-element': 'mtu' } },
      { type: 'rpc', tag: 'missing-attribute' },
    ]);
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect(session.isOpen).toBe(true);
  });

  test('are warnings only where they say so', async () => {
    const { session } = await device(
      (_, id) =>
        `<rpc-reply xmlns="${base}" message-id="${id}"><rpc-error><error-type>application</error-type><error-tag>operation-failed</error-tag><error-severity>warning</error-severity><error-message>statement not found</error-message></rpc-error><ok/></rpc-reply>`,
    );
    const { warnings } = await session.commit();
    expect(warnings).toMatchObject([{ severity: 'warning', message: 'statement not found' }]);
  });

  test('of Junos are found in the results of load and commit', async () => {
    const junosError =
      '<rpc-error><error-severity>error</error-severity><error-message>syntax error</error-message></rpc-error>';
    const { session } = await device(
      (operation, id) =>
        `<rpc-reply xmlns="${base}" message-id="${id}">${
          operation === 'load-configuration'
            ? `<load-configuration-results>${junosError}<load-error-count>1</load-error-count></load-configuration-results>`
            : operation === 'commit-configuration'
              ? `<commit-results><routing-engine>${junosError}</routing-engine></commit-results>`
              : '<xnm:error xmlns:xnm="http://xml.juniper.net/xnm/1.1/xnm"><source-daemon>rpd</source-daemon><message>permission denied</message></xnm:error>'
        }</rpc-reply>`,
    );
    for (const [rpc, said] of [
      ['<load-configuration/>', 'syntax error'],
      ['<commit-configuration/>', 'syntax error'],
      ['<request-x/>', 'permission denied'],
    ] as const) {
      await expect(session.rpc(rpc)).rejects.toThrow(said);
    }
  });

  test('say who holds a lock', async () => {
    const { session } = await device((_, id) =>
      errorReply(
        id,
        '<error-type>protocol</error-type><error-tag>lock-denied</error-tag><error-severity>error</error-severity><error-message>Lock failed, lock is already held</error-message><error-info><session-id>454</session-id></error-info>',
      ),
    );
    const error = await rejection(session.lock('running'));
    expect(error).toMatchObject({ code: 'NW_CONFIG_LOCKED', retryable: true });
    expect(error.message).toContain('held by session 454');
  });

  test('without a message id belong to the oldest request', async () => {
    const { session } = await device(
      () =>
        `<rpc-reply xmlns="${base}"><rpc-error><error-type>rpc</error-type><error-tag>missing-attribute</error-tag><error-severity>error</error-severity></rpc-error></rpc-reply>`,
    );
    await expect(session.commit()).rejects.toMatchObject({ code: 'NW_RPC_REFUSED' });
  });

  test('give a lock back, and the error of the work on', async () => {
    const { session, asked } = await device();
    await expect(session.locked('candidate', () => Promise.reject(new Error('work')))).rejects.toThrow('work');
    expect(await session.locked('candidate', () => Promise.resolve(7))).toBe(7);
    expect(asked.map((operation) => parseXml(operation).name)).toEqual(['lock', 'unlock', 'lock', 'unlock']);
  });
});

describe('a session', () => {
  test('finds the reply to each of many requests, in whatever order they come', async () => {
    const held: string[] = [];
    const { session, channel } = await device((_, id) => void held.push(id));
    const replies = [1, 2, 3].map((nth) => session.rpc(`<question>${nth}</question>`));
    await expect.poll(() => held.length).toBe(3);
    for (const id of held.toReversed()) {
      channel.say(frame(`<rpc-reply xmlns="${base}" message-id="${id}"><answer>${id}</answer></rpc-reply>`, 'chunked'));
    }
    const answers = await Promise.all(replies);
    expect(answers.map(({ element }) => element.valueAt('answer'))).toEqual(['1', '2', '3']);
  });

  test('gives a peer up that hangs', async () => {
    const { session, channel } = await device(() => undefined, { rpcTimeoutMs: 30 });
    const other = session.get({ timeoutMs: 10_000 });
    other.catch(() => {});
    await expect(session.commit()).rejects.toMatchObject({ code: 'NW_COMMAND_TIMEOUT' });
    expect(channel.isDestroyed).toBe(true);
    expect(session.isOpen).toBe(false);
    await expect(other).rejects.toMatchObject({ code: 'NW_COMMAND_TIMEOUT' });
    await expect(session.commit()).rejects.toMatchObject({ code: 'NW_COMMAND_TIMEOUT' });
  });

  test('goes on after a cancelled request, whose late reply it passes over', async () => {
    const held: string[] = [];
    const { session, channel } = await device((operation, id) =>
      operation === 'slow' ? void held.push(id) : ok(operation, id),
    );
    const abort = new AbortController();
    const slow = session.rpc('<slow/>', { signal: abort.signal });
    await expect.poll(() => held.length).toBe(1);
    abort.abort();
    await expect(slow).rejects.toMatchObject({ code: 'NW_CANCELLED' });
    channel.say(frame(ok('slow', held[0]!)!, 'chunked'));
    await session.commit();
    expect(session.isOpen).toBe(true);
  });

  test('ends on a reply that nobody asked for, on broken framing and on XML that is none', async () => {
    for (const [said, code] of [
      [frame(`<rpc-reply xmlns="${base}" message-id="99"><ok/></rpc-reply>`, 'chunked'), 'NW_NETCONF_PROTOCOL'],
      [Buffer.from('\n#5\n<rpc-'), 'NW_CONNECTION_LOST'],
      [Buffer.from('garbage'), 'NW_NETCONF_PROTOCOL'],
      [frame('<rpc-reply><a></rpc-reply>', 'chunked'), 'NW_XML_INVALID'],
      [frame('<!DOCTYPE x [<!ENTITY a "b">]><rpc-reply/>', 'chunked'), 'NW_XML_INVALID'],
    ] as const) {
      const { session, channel } = await device(() => undefined);
      const waiting = session.commit();
      waiting.catch(() => {});
      channel.say(said);
      if (code === 'NW_CONNECTION_LOST') channel.end();
      await expect(waiting).rejects.toMatchObject({ code });
      expect(session.isOpen).toBe(false);
    }
  });

  test('bounds what it takes', async () => {
    const { session, channel } = await device(() => undefined, { maxMessageBytes: 10_000 });
    const waiting = session.get();
    waiting.catch(() => {});
    channel.say(Buffer.from(`\n#20000\n<rpc-reply message-id="1">${'<a/>'.repeat(4_000)}`));
    await expect(waiting).rejects.toMatchObject({ code: 'NW_OUTPUT_TOO_LARGE' });
    expect(channel.isDestroyed).toBe(true);
  });

  test('gives notifications out, or passes them over', async () => {
    const names: string[] = [];
    const { session, channel } = await device(ok, {
      onNotification: ({ children }) => void names.push(children[1]!.name),
    });
    channel.say(
      frame(
        '<notification xmlns="urn:ietf:params:xml:ns:netconf:notification:1.0"><eventTime>2026-01-01T00:00:00Z</eventTime><link-down/></notification>',
        'chunked',
      ),
    );
    await session.commit();
    expect(names).toEqual(['link-down']);
    const deaf = await device();
    deaf.channel.say(frame('<notification/>', 'chunked'));
    await deaf.session.commit();
  });

  test('closes in good order, and does not wait for a peer that does not answer', async () => {
    const { session, channel, asked } = await device();
    await Promise.all([session.close(), session.close()]);
    expect(asked).toEqual(['<close-session/>']);
    expect(channel.isClosed).toBe(true);
    await expect(session.get()).rejects.toMatchObject({ code: 'NW_CONNECTION_LOST' });
    const deaf = await device(() => undefined, { farewellMs: 30 });
    await deaf.session.close();
    expect(deaf.channel.isDestroyed || deaf.channel.isClosed).toBe(true);
  });

  test('reads replies split anywhere, also within characters', async () => {
    const text = 'café 😀 Ωμέγα';
    for (const framing of ['chunked', 'end-of-message'] as const) {
      const { session, channel } = await device(() => undefined, framing === 'chunked' ? {} : { versions: ['1.0'] });
      expect(session.framing).toBe(framing);
      let id = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(160)), async (cuts) => {
          id += 1;
          const reply = session.rpc('<question/>');
          await sleep(0);
          const wire = frame(`<rpc-reply xmlns="${base}" message-id="${id}"><a>${text}</a></rpc-reply>`, framing);
          let from = 0;
          for (const cut of [...cuts.sort((a, b) => a - b), wire.length]) {
            const to = Math.min(cut, wire.length);
            if (to > from) channel.say(wire.subarray(from, to));
            from = Math.max(from, to);
          }
          expect((await reply).element.valueAt('a')).toBe(text);
        }),
        { numRuns: 50 },
      );
    }
  });

  test('cut at any byte of the conversation, ends with an error of ours', async () => {
    const hello = frame(helloOf(everything), 'end-of-message');
    const whole = Buffer.concat([hello, frame(ok('commit', '1')!, 'chunked')]);
    for (let length = 0; length < whole.length; length += 7) {
      const channel = new ScriptedChannel();
      const opening = startNetconf(channel);
      channel.say(whole.subarray(0, length));
      const work = length < hello.length ? opening : opening.then((session) => session.commit());
      work.catch(() => {});
      await sleep(0);
      channel.end();
      await expect(work).rejects.toMatchObject({ code: 'NW_CONNECTION_LOST' });
    }
  });
});

async function rejection(work: Promise<unknown>): Promise<NetwrightError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
