import type { Ask, PersonaCommand, PersonaMode, PromptState } from '../persona.ts';

/** What IOS and the systems made in its image have in common. */
const section = (state: PromptState): string => (state.section === '' ? 'config' : state.section);

/** IOS shows at most 20 characters of the name while configuring. */
export function iosModes(
  options: { end?: string; hostLength?: number; start?: string } = {},
): Record<string, PersonaMode> {
  const { end = '', hostLength = 63, start = '' } = options;
  return {
    exec: { prompt: ({ host }) => `${start}${host}>${end}` },
    privileged: { prompt: ({ host }) => `${start}${host}#${end}` },
    config: {
      prompt: (state) => `${start}${state.host.slice(0, hostLength)}(${section(state)})#${end}`,
      edits: true,
      leaves: 'privileged',
    },
  };
}

const askEnable: Ask = {
  question: 'Password: ',
  secret: 'enable',
  tries: 3,
  refused: '% Bad secrets\n\n',
};

export const iosNavigation: readonly PersonaCommand[] = [
  { words: 'enable', in: ['exec'], to: 'privileged', ask: askEnable },
  { words: 'disable', in: ['privileged'], to: 'exec' },
  {
    words: 'configure terminal',
    in: ['privileged'],
    to: 'config',
    print: () => 'Enter configuration commands, one per line.  End with CNTL/Z.\n',
  },
  { words: 'exit', in: ['config'], effect: 'up' },
  { words: 'end', in: ['config'], to: 'privileged', effect: 'top' },
  { words: 'exit', in: ['exec', 'privileged'], effect: 'logout' },
  { words: 'logout', in: ['exec', 'privileged'], effect: 'logout' },
  { words: 'quit', in: ['exec', 'privileged'], effect: 'logout' },
];

export const iosTerminal: readonly PersonaCommand[] = [
  { words: 'terminal length 0', effect: 'page off' },
  { words: 'terminal length *', effect: 'page on' },
  { words: 'terminal width *' },
  { words: 'terminal no monitor' },
];

export const iosSave: readonly PersonaCommand[] = [
  { words: 'write [memory]', in: ['privileged'], effect: 'save', print: () => 'Building configuration...\n[OK]\n' },
  {
    words: 'copy running-config startup-config',
    in: ['privileged'],
    effect: 'save',
    ask: { question: 'Destination filename [startup-config]? ' },
    print: () => 'Building configuration...\n[OK]\n',
  },
];

/** The caret under the first word that makes no sense. */
export const iosUnknown = (_: string, caret: number): string =>
  `${' '.repeat(caret)}^\n% Invalid input detected at '^' marker.\n\n`;

export const iosTelnet = {
  banner: '\n\nUser Access Verification\n\n',
  user: 'Username: ',
  password: 'Password: ',
  refused: '% Login invalid\n\n',
  tries: 3,
} as const;

export const iosPaging = { more: ' --More-- ', erase: `${'\b'.repeat(9)}        ${'\b'.repeat(9)}` } as const;
