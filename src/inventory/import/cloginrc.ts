import type { Login } from '#transport';
import type { Layer } from '../resolve-device.ts';
import { type Draft, importError, type Origin } from './draft.ts';
import { pathFrom, portOf, readKey, readSource, secondsToMs, secretOf, shownWord } from './read-source.ts';
import { tclCommands, tclJoined, tclMatch } from './tcl-words.ts';

interface Directive {
  readonly glob: string;
  readonly values: readonly string[];
  readonly origin: Origin;
}

const directives = [
  'autoenable',
  'cyphertype',
  'enablecmd',
  'enableprompt',
  'enauser',
  'identity',
  'method',
  'noenable',
  'passphrase',
  'passprompt',
  'password',
  'prompt',
  'sshcmd',
  'telnetcmd',
  'timeout',
  'user',
  'userpassword',
  'userprompt',
] as const;
type DirectiveName = (typeof directives)[number];

/** What has no counterpart here, and why that is no loss. */
const leftOut: Partial<Record<DirectiveName, string>> = {
  cyphertype: 'the SSH ciphers are negotiated',
  enablecmd: 'the platform knows how to enable',
  enableprompt: 'the platform knows the prompts',
  passprompt: 'the platform knows the prompts',
  prompt: 'the platform knows the prompts',
  sshcmd: 'SSH is built in; a jump host is set with "jump:"',
  telnetcmd: 'Telnet is built in',
  userprompt: 'the platform knows the prompts',
};

const mostIncludes = 100;

/** A `.cloginrc` with all that it includes: for each directive, the first one whose glob matches a host counts. */
export class Cloginrc {
  readonly #lists = new Map<DirectiveName, Directive[]>();
  readonly #said = new Set<string>();

  /** @throws NetwrightError `NW_IMPORT_INVALID` with file and line, also for includes that go in a circle */
  static async read(file: string, draft: Draft): Promise<Cloginrc> {
    const cloginrc = new Cloginrc();
    await cloginrc.#read(file, draft, []);
    return cloginrc;
  }

  async #read(file: string, draft: Draft, way: readonly string[]): Promise<void> {
    for (const { words, line, variable } of tclCommands(file, await readSource(file))) {
      const origin = { file, line };
      const [command, name, glob, ...values] = words;
      if (command === 'include') {
        const target = pathFrom(file, name ?? '');
        if (way.includes(target) || way.length >= mostIncludes)
          throw importError(origin, `include goes in a circle: ${target}`);
        await this.#read(target, draft, [...way, target]);
      } else if (command !== 'add') {
        // Not quoted: a password with a blank too many would come out here.
        draft.warn(origin, 'expected "add" or "include" at the start of the line; left out');
      } else if (!(directives as readonly string[]).includes(name ?? '')) {
        draft.warn(
          origin,
          `"add ${/^\w{1,20}$/.test(name ?? '') ? name : '…'}" is no directive of .cloginrc; left out`,
        );
      } else if (glob === undefined || values.length === 0) {
        // clogin finds nothing there, and goes on: `add noenable *` stands in many files.
        draft.warn(origin, `"add ${name}": expected a glob and a value; left out`);
      } else if ([...variable].some((index) => index > 1)) {
        draft.warn(origin, `"add ${name}": the value of a Tcl variable is not known here; left out`);
      } else {
        const list = this.#lists.get(name as DirectiveName) ?? [];
        list.push({ glob, values, origin });
        this.#lists.set(name as DirectiveName, list);
      }
    }
  }

  #find(name: DirectiveName, host: string): Directive | undefined {
    return this.#lists.get(name)?.find(({ glob }) => tclMatch(glob, host));
  }

  /** What the file says about a host: its login and how it is reached. */
  async host(host: string, draft: Draft): Promise<{ login: Login | undefined; layer: Layer }> {
    for (const name of directives) {
      const why = leftOut[name];
      const found = why === undefined ? undefined : this.#find(name, host);
      if (found && !this.#said.has(`${found.origin.file}:${found.origin.line}`)) {
        this.#said.add(`${found.origin.file}:${found.origin.line}`);
        draft.warn(found.origin, `"add ${name}" is left out: ${why}`);
      }
    }
    return { login: await this.#login(host, draft), layer: this.#layer(host, draft) };
  }

  async #login(host: string, draft: Draft): Promise<Login | undefined> {
    const found = (name: DirectiveName): readonly string[] => this.#find(name, host)?.values ?? [];
    // clogin takes the words of these two as they stand, and joins them.
    const [user, userPassword] = [found('user').join(''), found('userpassword').join('')];
    const vtyPassword = this.#find('password', host);
    const [vty = '', enableWord = ''] = (vtyPassword?.values ?? []).map(tclJoined);
    const isEnabled = found('autoenable')[0] === '1' || found('noenable')[0] === '1';
    const password = secretOf(userPassword === '' ? vty : userPassword);
    const enable = isEnabled ? undefined : secretOf(enableWord);
    const passphrase = secretOf(tclJoined(found('passphrase')[0] ?? ''));
    const identity = this.#find('identity', host);
    const privateKey = identity && (await readKey(tclJoined(identity.values[0]!), identity.origin, draft));
    const enauser = this.#find('enauser', host);
    if (enauser && enauser.values.join('') !== user) {
      draft.warn(enauser.origin, `${host}: another user for the privileged mode is not supported; "user" is used`);
    }
    if (user === '' && !password && !privateKey) return undefined;
    const from = vtyPassword ?? identity;
    if (user === '' && from) {
      draft.warnOnce(
        from.origin,
        `no "add user" is for ${shownWord(host)}, where RANCID takes the name of whoever runs it; set one where a name is asked for: netwright secret set <name> --user <user>`,
      );
    }
    return {
      user,
      ...(password === undefined ? undefined : { password }),
      ...(enable === undefined ? undefined : { enable }),
      ...(privateKey === undefined ? undefined : { privateKey }),
      ...(passphrase === undefined ? undefined : { passphrase }),
    };
  }

  /** `method {ssh:2222} {telnet}`: the first that we have, the next one as its fallback. RANCID's default: telnet, ssh. */
  #layer(host: string, draft: Draft): Layer {
    const method = this.#find('method', host);
    const wanted = (method?.values ?? ['telnet', 'ssh']).flatMap((word) => word.split(/\s+/));
    const known = wanted.flatMap((word) => {
      const match = /^(ssh|telnet)(?::(\d+))?$/.exec(word);
      if (!match && method && word !== '')
        draft.warn(method.origin, `method ${shownWord(word.replace(/:.*/, ''))} is not supported`);
      return match ? [{ transport: match[1] as 'ssh' | 'telnet', port: match[2] }] : [];
    });
    const [first, second] = known;
    const at = method?.origin ?? { file: host, line: 1 };
    const port = portOf(first?.port, at, draft);
    const fallbackPort = portOf(second?.port, at, draft);
    const timeout = this.#find('timeout', host);
    const commandTimeoutMs = timeout && secondsToMs(timeout.values[0], timeout.origin, draft);
    const fallback = second && second.transport !== first?.transport ? second.transport : undefined;
    return {
      ...(port === undefined ? undefined : { port }),
      ...(first?.transport === 'telnet' ? { transport: 'telnet' } : undefined),
      connection: {
        ...(commandTimeoutMs === undefined ? undefined : { commandTimeoutMs }),
        ...(fallback === undefined ? undefined : { fallback }),
        ...(fallback === undefined || fallbackPort === undefined ? undefined : { fallbackPort }),
      },
    };
  }
}
