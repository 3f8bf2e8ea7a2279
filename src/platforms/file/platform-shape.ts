import { configDialects } from '#core';
import type { BackupCommand, Exchange, LineRule, SecretRule, Step } from '../platform.ts';
import { pattern } from './pattern.ts';
import {
  appendable,
  as,
  flag,
  integer,
  list,
  mapping,
  oneOf,
  record,
  type Shape,
  text,
  textOr,
  word,
} from './shape.ts';

/** The shape of a platform file in a workspace: what `definePlatform` takes, as data. */

const exchange: Shape<Exchange> = as(
  mapping(
    {
      see: pattern('The question, matched against the unfinished last lines of what came.'),
      answer: textOr(
        text('Typed as it stands.'),
        mapping(
          { secret: oneOf(['user', 'password', 'enable'], 'A value of the credential.') },
          'Typed from the credential.',
          ['secret'],
        ),
      ),
      newline: flag('Whether Enter follows; default true.'),
      times: integer(1, 1_000_000, 'At most so many times in one conversation; default 3.'),
    },
    'A question of the device and the answer.',
    ['see', 'answer'],
  ),
  (value) => value as Exchange,
);

const step: Shape<Step> = as(
  textOr(
    word('What is typed.'),
    mapping(
      {
        send: text('What is typed.'),
        dialogue: list(exchange, 'Questions that the device may ask before the next prompt.'),
        optional: flag('Go on when the device refuses it.'),
      },
      'A step.',
      ['send'],
    ),
  ),
  (value) => value as Step,
);

const lineRule: Shape<LineRule> = as(
  textOr(
    word('A text that the line contains.'),
    mapping(
      {
        word: word('A text that every such line contains.'),
        match: pattern('Applied to the line without its end.'),
      },
      'A line.',
      ['word'],
    ),
  ),
  (value) => (typeof value === 'string' ? { word: value } : (value as LineRule)),
);

const secretRule: Shape<SecretRule> = as(
  mapping(
    {
      kind: oneOf(['line', 'block'], 'Default: `block` where `from` stands, else `line`.'),
      word: word('A text that every such line contains; it is looked for first.'),
      match: pattern('A line; its named group `secret` (and `secret2`, `secret3`) is what is replaced.'),
      within: mapping(
        { word: word('A text that the header contains.'), open: pattern('The header of the section.') },
        'Only inside such a section: up to the next `}` as deep as its header.',
        ['word', 'open'],
      ),
      from: pattern('The line before the first secret one.'),
      to: pattern('The line after the last secret one.'),
      resalted: flag('The device encrypts anew at each read: the mark does not depend on the value.'),
    },
    'What is secret: within a line (`match`) or between two lines (`from`, `to`).',
    ['word'],
  ),
  ({ kind, word: literal, match, within, from, to, resalted }, path, report) => {
    const rest = { word: literal!, ...(resalted !== undefined && { resalted }) };
    if (from !== undefined || to !== undefined || kind === 'block') {
      if (from !== undefined && to !== undefined && match === undefined) return { kind: 'block', ...rest, from, to };
      report({ path, message: 'a block needs "from" and "to", and no "match"' });
      return undefined;
    }
    if (match === undefined) {
      report({ path, message: 'expected "match" (within a line) or "from" and "to" (a block)' });
      return undefined;
    }
    if (!match.source.includes('(?<secret>')) {
      report({ path: [...path, 'match'], message: 'the pattern has no group (?<secret>…)' });
      return undefined;
    }
    return {
      kind: 'line',
      ...rest,
      match,
      ...(within !== undefined && { within: { word: within.word!, open: within.open! } }),
    };
  },
);

const command: Shape<BackupCommand> = as(
  mapping(
    {
      run: word('The command.'),
      as: oneOf(['configuration', 'comment'], 'Default configuration.'),
      keep: list(pattern('A line to keep.'), 'Only lines that match one of these are kept.'),
      drop: list(lineRule, 'Lines that are no part of the configuration.'),
      optional: flag('A device may refuse it.'),
      timeoutMs: integer(1, 86_400_000, 'Milliseconds.'),
    },
    'A command of the backup.',
    ['run'],
  ),
  (value) => ({ as: 'configuration', ...value }) as BackupCommand,
);

const mode = mapping(
  {
    prompt: pattern('The whole last line when the device waits for a command; a group `host` is the constant part.'),
    not: list(pattern('A line.'), 'Lines that look like the prompt and are none.'),
    to: record(list(step, 'The way there.'), 'The ways to neighbouring modes, by their names.'),
  },
  'A mode.',
);

const detection = mapping(
  {
    greeting: pattern('Against the SSH identification line and banner.'),
    prompt: pattern('Against the first prompt or the text before it.'),
    probes: list(
      mapping(
        {
          run: word('The command.'),
          match: pattern('Its output.'),
          priority: integer(0, 100, 'The higher, the earlier it is believed.'),
        },
        'A command whose output tells.',
        ['run', 'match', 'priority'],
      ),
      'Commands whose output tells.',
    ),
  },
  'How autodetection recognises it.',
);

const complete = mapping(
  {
    end: list(pattern('A last line.'), 'The last line that is not blank matches one of these.'),
    contains: list(pattern('Part of it.'), 'Each of these matches somewhere in it, and in no other output.'),
    balanced: oneOf(['braces'], 'Every { has its }.'),
    nested: list(
      mapping({ open: pattern('Opens.'), close: pattern('Closes.') }, 'A pair of lines.', ['open', 'close']),
      'Every line that opens has one that closes.',
    ),
    prompt: oneOf([true], 'The prompt coming back is all the proof there is.'),
  },
  'What proves that a configuration came whole.',
);

export const platformShape = mapping(
  {
    id: word('What inventories call it. Default: the name of the file.'),
    extends: word('A platform, ours or of another file, that this one differs from in what stands here.'),
    vendor: word('Who makes it.'),
    name: word('The name of the operating system.'),
    aliases: list(word('Another id.'), 'Other ids.'),
    verified: oneOf(
      ['own', 'lab', 'peer'],
      'How well it is known; default own: whatever it extends, what is changed here nobody has seen.',
    ),
    notes: appendable(text('A sentence.'), 'Versions and quirks worth knowing.'),
    modes: record(mode, 'The modes by name.'),
    home: word('The mode in which commands are run.'),
    configure: word('The mode that takes configuration lines.'),
    login: appendable(exchange, 'Questions between the connection and the first prompt.'),
    open: appendable(step, 'Typed once logged in: paging off.'),
    close: appendable(step, 'Typed before the connection is closed.'),
    pagers: appendable(exchange, 'Pagers, answered while output is read.'),
    failures: appendable(pattern('A line.'), 'Lines that say that a command was refused.'),
    pipelining: oneOf(['none', 'open', 'full'], 'What may be typed before the prompt came back; default none.'),
    newline: oneOf(['\n', '\r', '\r\n'], 'What Enter sends.'),
    userSuffix: text('Appended to the user name at login.'),
    terminal: mapping(
      { columns: integer(1, 65_535, 'Width.'), rows: integer(1, 65_535, 'Height.'), type: word('TERM.') },
      'The terminal that is asked for.',
    ),
    loginsPerSecond: integer(1, 10_000, 'Most new logins a second.'),
    backup: mapping(
      {
        commands: appendable(command, 'What is collected.'),
        comment: text('What begins a comment; default "# ".'),
        complete,
        volatile: appendable(lineRule, 'Lines that change without anybody changing them.'),
        secrets: appendable(secretRule, 'What is secret.'),
      },
      'The backup.',
    ),
    save: appendable(step, 'Makes the running configuration the start-up one.'),
    config: mapping(
      {
        dialect: oneOf(configDialects, 'The notation in which configurations are compared and lines computed.'),
      },
      'How the configuration is written.',
      ['dialect'],
    ),
    transaction: mapping(
      {
        method: oneOf(
          ['native candidate', 'session', 'configure replace', 'checkpoint', 'line by line'],
          'How changes are applied; default line by line.',
        ),
        atomic: flag('All or nothing.'),
        confirmed: flag('Taken back unless confirmed.'),
        rollback: oneOf(['exact', 'computed', 'none'], 'How a change is taken back.'),
        diff: oneOf(['native', 'offline'], 'Who compares.'),
      },
      'What transactions it can do.',
    ),
    detect: detection,
  },
  'A platform of the workspace: a network operating system as data.',
);

/** JSON Schema of a platform file, for editors. */
export const platformFileSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Netwright platform file',
  ...platformShape.schema,
});
