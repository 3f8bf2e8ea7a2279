import type { CommandSession } from './command-session.ts';
import type { SimulatedDevice } from './device.ts';
import type { FileSystem } from './device-files.ts';
import type { Facts } from './facts.ts';
import type { Reply } from './reply.ts';

/**
 * How a simulated system behaves, as data: its dialogues, prompts, commands and configuration language. Written from
 * what the vendors' systems do and apart from `platforms/`, so that the one is a witness of the other.
 */
export interface Persona {
  /** The platform id that an inventory would give such a device, unless `platform` says another one. */
  readonly id: string;
  /** For a variant of a system that is played under a name of its own. */
  readonly platform?: string;
  readonly vendor: string;
  readonly kind: 'router' | 'switch' | 'firewall' | 'server';
  readonly ssh: {
    /** The software name in the identification line (RFC 4253 section 4.2), without `SSH-2.0-`. */
    readonly ident: string;
    readonly banner?: string;
    /** Default: both. Some systems know only keyboard-interactive. */
    readonly methods?: readonly ('password' | 'keyboard-interactive')[];
    /** Hosts forward TCP (`direct-tcpip`, loopback only), network devices do not. */
    readonly forwards?: boolean;
  };
  /** Absent where the system has no Telnet server. */
  readonly telnet?: {
    readonly banner: string;
    readonly user: string;
    readonly password: string;
    /** Printed after a wrong password. */
    readonly refused: string;
    readonly tries: number;
    /** FastIron echoes only when the client asks it to (`DO ECHO`). */
    readonly echo?: 'when asked';
  };
  /** Latin-1 for systems that store descriptions in it. Default UTF-8. */
  readonly charset?: 'latin1';
  /** Printed after the login and before the first prompt. */
  readonly motd?: (facts: Facts) => string;
  /** Waits for a key after the login; the key `any` stands for every key. */
  readonly notice?: { readonly text: string; readonly key: string; readonly erase: string };
  readonly modes: Readonly<Record<string, PersonaMode>>;
  readonly start: string;
  /** Enable secret asked when going to privileged mode. */
  readonly needsEnable?: boolean;
  /** `offWhen`: a line of the configuration that keeps the pager off, where that is a saved setting (FortiOS). */
  readonly paging?: { readonly more: string; readonly erase: string; readonly offWhen?: RegExp };
  /** Written when Enter was read, before the output. Default CR LF. */
  readonly enter?: (state: PromptState) => string;
  /** `false` where a line such as `a | b` is no pipe of the system's own. */
  readonly pipes?: boolean;
  /** Words may be shortened: `sh ver`. */
  readonly abbreviates?: boolean;
  /** Runs a command of the other modes while configuring: `do`, `run`. */
  readonly escape?: 'do' | 'run';
  /** Commands of the other modes that are taken while configuring too, without an escape word. */
  readonly alsoConfiguring?: RegExp;
  /** What is typed goes to a Unix shell. */
  readonly posix?: true;
  readonly commands: readonly PersonaCommand[];
  /** What an unknown command is answered; `caret` is the column of the first bad word, prompt included. */
  readonly unknown: (line: string, caret: number) => string;
  /** What an unknown line in a mode that takes configuration is answered, where it differs. */
  readonly unknownLine?: (line: string, caret: number) => string;
  /** Printed before the output of every command: IOS-XR's and VRP's time stamps. */
  readonly stamp?: string;
  readonly config: ConfigTemplate;
  /** What is printed for a section of the configuration that there is none of. */
  readonly noSection?: string;
  /** The form in which the backup command shows it: VyOS as `set` lines. Default: nested. */
  readonly shown?: 'set';
  /** What separates the user name from console options: `admin+ct511w4098h` (RouterOS). */
  readonly userOptions?: string;
  readonly edit: EditStyle;
  /** `commit`, or configurations of which that is true: what runs is what the next start finds. Default: what was saved. */
  readonly startup?: 'commit' | ((text: string) => boolean);
  /** Hears of every change of the running configuration. */
  readonly changed?: (device: SimulatedDevice) => void;
  /** Control characters that mean something at the prompt; undefined: the usual. */
  readonly keys?: Readonly<Record<string, (session: CommandSession) => Reply | undefined>>;
  /** Where it keeps files; absent: none that anybody can reach. */
  readonly files?: FileSystem;
  /** File transfer over SSH: `always`, or once the configuration says so. */
  readonly transfers?: { readonly sftp: RegExp | 'always' | 'never'; readonly scp: RegExp | 'always' | 'never' };
  /** What is wrong with a whole configuration: found when it is committed. */
  readonly check?: (text: string) => readonly Complaint[];
  /** A configuration with which nothing reaches the device any more over the network. */
  readonly shutsOff?: (text: string) => boolean;
  /** Small changes as somebody at the console would make them. */
  readonly changes: readonly ((facts: Facts, nth: number) => PersonaChange)[];
}

/** Why a configuration cannot be put in force. */
export interface Complaint {
  /** The sections of the offending line, outermost first. */
  readonly path: readonly string[];
  readonly line: string;
  readonly says: string;
}

/** Why a line is refused although the system knows its words. */
export interface Refused {
  readonly match: RegExp;
  /** Only in sections whose lines, joined by newlines, match. */
  readonly within?: RegExp;
  /** `caret` is the column below the end of the prompt. */
  readonly says: (line: string, caret: number) => string;
}

interface PersonaChange {
  /** Typed in the configuration mode, from its top. */
  readonly lines: readonly string[];
  readonly sentence: string;
}

export interface PromptState {
  readonly host: string;
  readonly user: string;
  readonly mode: string;
  readonly protocol: 'ssh' | 'telnet';
  /** Sections entered, outermost first, as typed. */
  readonly path: readonly string[];
  /** The name that the section gives the prompt (`config-if`). */
  readonly section: string;
  /** The name of the configuration session, where systems have such. */
  readonly label: string;
  /** Changed since the last save or commit. */
  readonly isDirty: boolean;
  /** Commands typed so far in this session, the next one included. */
  readonly counter: number;
  readonly typed: string;
}

export interface PersonaMode {
  readonly prompt: (state: PromptState) => string;
  /** Lines that are no command go to the configuration. */
  readonly edits?: boolean;
  /** Takes lines that elsewhere are comments: a mode with a language of its own. */
  readonly readsAll?: true;
  /** Edits go to a candidate until they are committed; `shared`: to the one that all sessions share. */
  readonly candidate?: boolean | 'shared';
  /** The mode that `exit` at the top, `end` and the like lead to. */
  readonly leaves?: string;
}

/** What a command does besides printing. */
type Effect = 'logout' | 'configuration' | 'page off' | 'page on' | 'discard' | 'up' | 'top' | 'save';

export interface PersonaCommand {
  /**
   * The words, separated by blanks. Each may be abbreviated where `abbreviates` of the persona is set; `*` stands
   * for one or more further words, and `[word]` for a word that may be left out.
   */
  readonly words: string;
  /** The modes that know it. Default: all that take no configuration lines. */
  readonly in?: readonly string[];
  readonly print?: (facts: Facts, words: readonly string[]) => string;
  readonly effect?: Effect;
  /**
   * What it does where words and an effect cannot say it; `words` is what `*` stood for. Filters behind `|` that it
   * has applied itself it takes out of `filters`.
   */
  readonly run?: (session: CommandSession, words: readonly string[], filters: string[]) => Reply;
  /** For `configuration`: as nested text (default) or as `set` lines. */
  readonly form?: 'set';
  readonly to?: string;
  /** The line is also kept as configuration (FortiOS saves its pager setting). */
  readonly edits?: true;
  /** What stands for `*` changes nothing. */
  readonly ignoresRest?: true;
  /** The word that the section begins with in the text, where the command leaves it out. */
  readonly showsAs?: string;
  /** Answered instead while there are changes that are not committed. */
  readonly refusesDirty?: string;
  readonly ask?: Ask;
}

export interface Ask {
  readonly question: string;
  /** Not echoed; compared with the secret. */
  readonly secret?: 'enable' | 'password';
  /** Wrong answers are answered with that; the question comes again `tries` times in all (default 1). */
  readonly refused?: string;
  readonly tries?: number;
  readonly again?: string;
  /** Only when there are changes that are not saved or committed. */
  readonly whenDirty?: boolean;
  /** For a question that is no secret: answers that go on; another one stays where it is. */
  readonly yes?: RegExp;
  /** What another answer does instead. */
  readonly no?: Effect;
  readonly next?: Ask;
  /** Single key, without Enter. */
  readonly key?: boolean;
}

/** Configuration as text: parts in order; those with `each` are repeated until the wanted size is reached. */
export interface ConfigTemplate {
  /** Printed by the show command before the configuration, no part of it. */
  readonly before?: (facts: Facts, bytes: number) => string;
  readonly after?: (facts: Facts) => string;
  readonly parts: readonly (((facts: Facts) => string) | RepeatedPart)[];
}

interface RepeatedPart {
  readonly each: (facts: Facts, nth: number) => string;
  /** Share of the room that is to be filled; the shares of a template add up to 1. */
  readonly share: number;
  readonly atLeast?: number;
}

export interface EditStyle {
  /**
   * `lines`: IOS and kin, sections by indentation. `set`: Junos and kin, `set`/`delete`/`edit` over braces.
   * `forti`: config/edit/set/next/end. `routeros`: /path add|set|remove. `flat`: one line a fact (EXOS).
   * `md`: SR OS, paths over braces.
   * `files`: a shell that appends to files.
   */
  readonly style: 'lines' | 'set' | 'md' | 'forti' | 'routeros' | 'flat' | 'files';
  /** For `md`: words of containers that have no key, and of those that have one. */
  readonly containers?: readonly string[];
  readonly lists?: readonly string[];
  /** Takes a line back: `no `, `undo `, `delete `. */
  readonly negate: string;
  /** Lines that open a section, with what the prompt shows of it (`$1`: the first group); `nested` ones open below the section entered, or below the nearest one around that matches the last pattern. */
  readonly sections?: readonly (readonly [RegExp, string, 'nested'?, RegExp?])[];
  /** Several contexts may be named on one line, and what is to be done in the last of them (SR OS). */
  readonly chained?: true;
  /** What a section is closed by in the text, where that is a line of its own: `exit-address-family`. */
  readonly closes?: readonly (readonly [RegExp, string])[];
  /** Lines that are refused although their words are known, first match wins. */
  readonly refuses?: readonly Refused[];
  /** Sections whose lines stand in the order in which they were typed: access lists. */
  readonly ordered?: RegExp;
  /** A line that opens a text of several lines, up to the text; group 1 is the delimiter that ends it. */
  readonly opensText?: {
    readonly match: RegExp;
    /** What always ends it, where the line does not say. */
    readonly ends?: string;
    readonly says?: (delimiter: string) => string;
    /** The delimiter that the system prints, whichever was typed. */
    readonly shown?: string;
    /** What is printed before each line, where the system prompts for them; `%` stands for the host name. */
    readonly prompt?: string;
  };
  /** Sections that are not printed while nothing stands in them. */
  readonly dropsEmpty?: RegExp;
  /** What is on by default, so that its negation is a line of its own. */
  readonly negative?: RegExp;
  /** Lines that belong to the top wherever they are typed. */
  readonly globals?: RegExp;
  /** What the lines of a section are indented by. Default one blank. */
  readonly step?: string;
  /** Written below a section on its own indentation: `!`, `#`, `exit`. */
  readonly closer?: string;
  /** Lines of which only one with the same match may stand in a section: a new one replaces the old one. */
  readonly single?: readonly RegExp[];
  /** New top-level lines go before the first line that matches. */
  readonly before?: RegExp;
  /** First words that are taken although no line of the configuration begins with them. */
  readonly vocabulary?: readonly string[];
  /** Lines of the text that are neither sections nor settings. */
  readonly comment?: RegExp;
  /** The line that holds the host name: group 1 is the name. */
  readonly hostname: RegExp;
  /** The sections in which all that is typed stands, outermost first. */
  readonly root?: readonly string[];
  /** For `set`: how many words name a container, by its first word; default 1. */
  readonly keyed?: RegExp;
  /** For `set`: leaves of which several may stand side by side. */
  readonly many?: RegExp;
  /** For `set`: what ends a leaf in the nested form: `;`. */
  readonly leafEnd?: string;
  /** For `set`: quotes values in the set form (VyOS). */
  readonly quotes?: boolean;
}
