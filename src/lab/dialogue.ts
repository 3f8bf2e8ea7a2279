import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { encodeText, NetwrightError } from '#core';
import { type Dialogue, hidden, parseDialogue } from './dialogue-file.ts';
import { answerTo, isTerminalSetting, longerExchange } from './dialogue-stand-in.ts';
import { mix } from './facts.ts';
import type { DeviceSpec } from './fleet.ts';
import type { LabOptions } from './lab.ts';
import { findPersona, isPersona } from './personas/index.ts';
import type { Player, Terminal, TerminalOptions } from './player.ts';
import { Tty, type Wire } from './tty.ts';

export { type Dialogue, parseDialogue } from './dialogue-file.ts';
export { type DialogueEntry, recordDialogue } from './dialogue-recorder.ts';

export interface LoadedDialogue {
  readonly dialogue: Dialogue;
  readonly spec: DeviceSpec;
}

/** Oxidized's model names, with which files of its simulations begin, to platform ids. */
const models: Readonly<Record<string, string>> = {
  ios: 'cisco_ios',
  iosxe: 'cisco_xe',
  iosxr: 'cisco_xr',
  nxos: 'cisco_nxos',
  asa: 'cisco_asa',
  junos: 'juniper_junos',
  eos: 'arista_eos',
  fastiron: 'brocade_fastiron',
  xos: 'extreme_exos',
  h3c: 'hp_comware',
  comware: 'hp_comware',
  procurve: 'hp_procurve',
  aoscx: 'aruba_aoscx',
  vrp: 'huawei_vrp',
  sros: 'nokia_sros',
  routeros: 'mikrotik_routeros',
  fortios: 'fortinet',
  fortigate: 'fortinet',
  panos: 'paloalto_panos',
  os10: 'dell_os10',
  vyos: 'vyos',
  linuxgeneric: 'linux',
};

/** The keys that a dialogue has and the other YAML files beside it have not: lists of prompts, of secrets, an inventory. */
const isDialogue = (text: string): boolean => /^(?:init_prompt|commands)[ \t]*:/m.test(text);

/**
 * Loads the dialogues of a folder and its folders, whatever the files are called, or of one file. The platform is that
 * of the file, of the model with which the file's name begins, or of the folder.
 * @throws NetwrightError `NW_LAB_FAILED` when a file cannot be read, or there is no dialogue.
 */
export async function loadDialogues(path: string, options: Pick<LabOptions, 'seed'> = {}): Promise<LoadedDialogue[]> {
  const seed = options.seed ?? 1;
  const loaded: LoadedDialogue[] = [];
  const { folder, files } = await yamlFiles(path);
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const isCalledSo = /(?:^|[/\\#])(?:\w+-)?(?:simulation|session)\.ya?ml$/.test(file);
    if (!isCalledSo && !isDialogue(text)) continue;
    const dialogue = parseDialogue(text, file);
    const stem = basename(file).replace(/(?:#?(?:simulation|session))?\.ya?ml$/, '');
    const model = /^[a-z0-9]+/.exec(stem)?.[0] ?? '';
    const platform = dialogue.platform ?? models[model] ?? platformOf(file);
    const label = stem === '' ? dirname(file).replaceAll(/[/\\]/g, '-') : stem;
    const name = label.replaceAll(/[^\w.-]+/g, '-');
    loaded.push({ dialogue, spec: specOf(loaded.length, name, platform, dialogue, seed) });
  }
  if (loaded.length > 0) return loaded;
  throw new NetwrightError(
    'NW_LAB_FAILED',
    `${path}: expected a YAML file with "commands:" and what a device answers to each, found none`,
    { hint: '`netwright lab record` makes one of a kept conversation' },
  );
}

async function yamlFiles(path: string): Promise<{ readonly folder: string; readonly files: readonly string[] }> {
  try {
    if ((await stat(path)).isFile()) return { folder: dirname(path), files: [basename(path)] };
    const files = await readdir(path, { recursive: true });
    return { folder: path, files: files.filter((file) => /\.ya?ml$/.test(file)).sort() };
  } catch (error) {
    throw new NetwrightError('NW_LAB_FAILED', `${path}: cannot be read`, { cause: error });
  }
}

/** The nearest folder whose name could be a platform id, which names of models and versions could not. */
function platformOf(file: string): string {
  const folders = dirname(file).split(/[/\\]/);
  return folders.findLast((name) => isPersona(name) || /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name)) ?? 'linux';
}

function specOf(index: number, name: string, platform: string, dialogue: Dialogue, seed: number): DeviceSpec {
  return {
    index,
    name,
    platform,
    persona: platform,
    vendor: isPersona(platform) ? findPersona(platform).vendor : platform,
    transport: dialogue.transport ?? 'ssh',
    site: 'recorded',
    role: 'recorded',
    user: dialogue.credential?.user ?? 'netwright',
    password: dialogue.credential?.password ?? `Nile${mix(seed, 1).toString(36)}`,
    enable: dialogue.credential?.enable ?? `Delta${mix(seed, 2).toString(36)}`,
    needsEnable: true,
    seed: mix(seed, index),
  };
}

/** Plays a dialogue on a port. */
export class DialoguePlayer implements Player {
  readonly #dialogue: Dialogue;
  readonly spec: DeviceSpec;
  readonly telnetEchoesWhenAsked = false;
  connections = 0;

  constructor({ dialogue, spec }: LoadedDialogue) {
    this.#dialogue = dialogue;
    this.spec = spec;
  }

  admits(user: string, password: string | undefined): boolean {
    const { platform } = this.spec;
    const options = isPersona(platform) ? findPersona(platform).userOptions : undefined;
    const name = options === undefined ? user : user.split(options)[0];
    return name === this.spec.user && password === this.spec.password;
  }

  get ssh(): Player['ssh'] {
    return { ident: 'OpenSSH_9.2' };
  }

  open(wire: Wire, options: TerminalOptions): Terminal {
    return new DialogueTerminal(this.#dialogue, this.spec, wire, options);
  }

  exec(line: string): ReturnType<Player['exec']> {
    const found = this.#dialogue.exchanges.find(({ send }) => send.trim() === line.trim());
    if (found === undefined) return { bytes: Buffer.from('unknown command\r\n'), exitCode: 1 };
    const lines = found.receive.split('\n');
    if (lines[0]?.trim() === line.trim()) lines.shift();
    const prompt = promptOf(this.#dialogue.greeting);
    if (prompt !== '' && lines.at(-1)?.trim() === prompt.trim()) lines.pop();
    return { bytes: encodeText(lines.join('\n')), exitCode: 0 };
  }
}

const endsInPrompt = /[>#$%\]][ \t]*(?:\x1b\[[0-9;?]*[a-zA-Z])*$/;

/** Recorded without a terminal: no prompt at the login, and hardly one after an answer: a table may end like one. */
function isBare({ greeting, exchanges }: Dialogue): boolean {
  const prompted = exchanges.filter(({ receive }) => endsInPrompt.test(receive)).length;
  return !endsInPrompt.test(greeting) && prompted * 4 < exchanges.length;
}

/** The prompt that the platform would show. */
function barePrompt(spec: DeviceSpec): string {
  if (!isPersona(spec.platform)) return `${spec.name}> `;
  const { modes, start } = findPersona(spec.platform);
  const state = {
    host: spec.name,
    user: spec.user,
    mode: start,
    protocol: spec.transport,
    path: [],
    section: '',
    label: '',
    isDirty: false,
    counter: 1,
    typed: '',
  };
  return modes[start]!.prompt(state);
}

const promptOf = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

/** What was recorded without a terminal, below its echo. */
const bareAnswer = (line: string, text: string): string =>
  `${line}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}`;

class DialogueTerminal implements Terminal {
  readonly #dialogue: Dialogue;
  readonly #spec: DeviceSpec;
  readonly #wire: Wire;
  readonly #tty: Tty;
  #user: string | undefined;
  #isLoggedIn: boolean;
  #cursor = 0;
  #prompt: string;
  /** Set where the dialogue was recorded without a terminal (SSH exec): echo and prompt are made up then. */
  #bare: string | undefined;
  #isClosed = false;
  echoes = false;

  constructor(dialogue: Dialogue, spec: DeviceSpec, wire: Wire, options: TerminalOptions) {
    this.#dialogue = dialogue;
    this.#spec = spec;
    this.#wire = wire;
    // The answers of a dialogue bring their echo with them.
    this.#tty = new Tty(wire, { echoes: false, latin1: false });
    this.#isLoggedIn = options.isLoggedIn;
    this.#prompt = promptOf(dialogue.greeting);
    if (isBare(dialogue)) {
      this.#bare = barePrompt(spec);
      this.#prompt = this.#bare;
    }
    if (options.isLoggedIn) this.#greet();
    else this.#say('Username: ');
    this.#tty.flush();
  }

  resize(): void {
    // What was recorded was recorded for one size.
  }

  close(): void {
    this.#isClosed = true;
  }

  receive(bytes: Buffer): void {
    this.#tty.receive(bytes);
    while (!this.#isClosed) {
      const key = this.#expectedKey();
      const isKey = key !== undefined && this.#tty.nextKey === key;
      const line = isKey ? this.#tty.takeKey() : this.#tty.takeLine(true);
      if (line === undefined) break;
      if (this.#isLoggedIn) this.#answer(line, isKey);
      else this.#login(line);
    }
    this.#tty.flush();
    if (this.#isClosed) this.#wire.end();
  }

  /** The next recorded exchange is a single key without Enter: a space at a pager. */
  #expectedKey(): string | undefined {
    const next = this.#dialogue.exchanges[this.#cursor];
    return this.#isLoggedIn && next !== undefined && !next.send.endsWith('\n') && next.send.length === 1
      ? next.send
      : undefined;
  }

  #login(line: string): void {
    if (this.#user === undefined) {
      this.#user = line;
      this.#say(`${line}\nPassword: `);
    } else if (this.#user === this.#spec.user && line === this.#spec.password) {
      this.#isLoggedIn = true;
      this.#say('\n');
      this.#greet();
    } else {
      this.#user = undefined;
      this.#say('\nLogin incorrect\nUsername: ');
    }
  }

  #answer(line: string, isKey: boolean): void {
    const { exchanges } = this.#dialogue;
    const matches = (send: string): boolean =>
      send.trimEnd() === hidden ? true : isKey ? send === line : send.replace(/\r?\n$/, '') === line;
    let at = exchanges.findIndex(
      ({ send }, nth) => nth >= this.#cursor && matches(send) && (send.trimEnd() !== hidden || nth === this.#cursor),
    );
    if (at < 0) at = exchanges.findIndex(({ send }) => send.trimEnd() !== hidden && matches(send));
    const found = exchanges[at];
    if (found === undefined) {
      if (/^(exit|quit|logout|\/quit)$/.test(line)) {
        this.#say(`${line}\n`);
        this.#isClosed = true;
        return;
      }
      this.#standIn(line);
      return;
    }
    this.#cursor = at + 1;
    if (this.#bare !== undefined) {
      const isOver = /^(exit|quit|logout|\/quit)\n?$/.test(found.send);
      this.#say(`${bareAnswer(line, found.receive)}${isOver ? '' : this.#bare}`);
      this.#isClosed = isOver;
      return;
    }
    this.#say(found.receive);
    if (this.#isLast(found, at)) this.#isClosed = true;
    else this.#prompt = promptOf(found.receive) || this.#prompt;
  }

  /** What was not recorded: a line that is nearly what was, one that changes nothing, and all others. */
  #standIn(line: string): void {
    const longer = longerExchange(this.#dialogue, line);
    if (line === '') this.#say(`\n${this.#prompt}`);
    else if (longer && this.#bare !== undefined) this.#say(bareAnswer(line, longer.receive) + this.#bare);
    else if (longer) this.#say(answerTo(line, longer));
    else if (isTerminalSetting(this.#spec.platform, line)) this.#say(`${line}\n${this.#prompt}`);
    else this.#say(`${line}\n% Unknown command: not in the dialogue\n${this.#prompt}`);
  }

  /** The far end hung up after that: what it leaves by, or the end of the recording, with nothing asked any more. */
  #isLast({ send, receive }: Dialogue['exchanges'][number], at: number): boolean {
    const rest = promptOf(receive).trim();
    if (rest !== '' && rest !== send.trim()) return false;
    return (
      /^(exit|quit|logout|\/quit)\n?$/.test(send) || (send.length === 1 && at === this.#dialogue.exchanges.length - 1)
    );
  }

  #greet(): void {
    const { greeting } = this.#dialogue;
    this.#say(
      this.#bare === undefined
        ? greeting
        : `${greeting}${greeting === '' || greeting.endsWith('\n') ? '' : '\n'}${this.#bare}`,
    );
  }

  #say(text: string): void {
    this.#tty.raw(text.replaceAll(/(?<!\r)\n/g, '\r\n'));
  }
}
