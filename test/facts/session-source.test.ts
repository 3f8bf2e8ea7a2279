import { expect, test } from 'vitest';
import type { Session } from '#device';
import { SessionSource } from '#facts';
import { createPlatformRegistry } from '#platforms';

const registry = createPlatformRegistry();

type Answer = string | { readonly refused: string };

/** A session that writes down its bursts. */
async function session(
  platform: string,
  answers: Readonly<Record<string, Answer>>,
  bursts: string[][],
): Promise<Session> {
  const sendAll: Session['sendAll'] = async (commands, options = {}) => {
    options.signal?.throwIfAborted();
    bursts.push([...commands]);
    return await Promise.resolve(
      commands.map((command) => {
        const answer = answers[command] ?? { refused: '% Invalid input' };
        const isText = typeof answer === 'string';
        return {
          command,
          text: isText ? answer : answer.refused,
          durationMs: 1,
          ...(!isText && { failure: answer.refused }),
        };
      }),
    );
  };
  return { device: 'r1', hostname: 'edge-7', platform: await registry.get(platform), sendAll } as unknown as Session;
}

test('questions of one turn go out in one burst, later ones in the next', async () => {
  const bursts: string[][] = [];
  const source = new SessionSource(await session('cisco_ios', { a: '1', b: '2', c: '3' }, bursts));
  const first = Promise.all([source.text('a'), source.text('b')]);
  await Promise.resolve();
  const second = source.text('c');
  expect(await first).toEqual(['1', '2']);
  expect(await second).toBe('3');
  expect(bursts).toEqual([['a', 'b'], ['c']]);
  expect(source.hostname).toBe('edge-7');
});

test('one refused question does not harm the others of its burst', async () => {
  const bursts: string[][] = [];
  const source = new SessionSource(
    await session('cisco_ios', { a: '1', b: { refused: '% LLDP is not enabled' } }, bursts),
  );
  const [a, b, c, d] = await Promise.allSettled([
    source.text('a'),
    source.text('b'),
    source.text('b', { isAnswer: /not enabled/ }),
    source.json('a'),
  ]);
  expect(a).toMatchObject({ status: 'fulfilled', value: '1' });
  expect(b).toMatchObject({ reason: { code: 'NW_COMMAND_REJECTED', details: { line: '% LLDP is not enabled' } } });
  expect(c).toMatchObject({ status: 'fulfilled', value: '% LLDP is not enabled' });
  expect(d).toMatchObject({ reason: { code: 'NW_NOT_SUPPORTED' } });
  expect(bursts).toHaveLength(1);
});

test('JSON and XML by the pipes of the platform', async () => {
  const bursts: string[][] = [];
  const answers = {
    'show vlan | json': '{"a": 1}',
    'show arp | json': '  \n',
    'show x | json': 'nothing',
    'show y | xml': '<y/>',
  };
  const source = new SessionSource(await session('cisco_nxos', answers, bursts));
  expect(await source.json('show vlan')).toEqual({ a: 1 });
  expect(await source.json('show arp')).toEqual({});
  await expect(source.json('show x')).rejects.toMatchObject({ code: 'NW_FACTS_INVALID' });
  expect(await source.xml({ command: 'show y', rpc: '<y/>' })).toBe('<y/>');
});

test('the end of the job ends the questions', async () => {
  const ended = new AbortController();
  const source = new SessionSource(await session('cisco_ios', { a: '1' }, []), ended.signal);
  ended.abort(new Error('over'));
  await expect(source.text('a')).rejects.toThrow('over');
});
