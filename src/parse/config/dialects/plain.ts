import type { Dialect } from '../dialect.ts';

/** Text that is no configuration language of its own: lines in order, compared and not typed. */
export function plain(): Dialect {
  return {
    name: 'plain',
    notes: ['A text without commands: it is compared line by line and replaced as a whole.'],
    step: '',
    identity: (text) => text,
    slot: (text) => text,
    orderGroup: () => 'text',
    isPermanent: () => false,
    read: (text) =>
      text
        .replace(/\n$/, '')
        .split('\n')
        .map((line, at) => ({ text: line.replace(/\r$/, ''), children: [], line: at + 1 }))
        .filter((node, at, all) => node.text !== '' || all.length > 1 || at > 0),
    write: (nodes) => (nodes.length === 0 ? '' : `${nodes.map(({ text }) => text).join('\n')}\n`),
    frame: (text) => ({ open: text, close: undefined }),
  };
}
