/**
 * What can be made to go wrong on one device while it is changed. Patterns are sources of regular expressions, tried
 * on the typed line. Each fault happens once unless it says otherwise, and is gone then.
 */
export type DeviceFault =
  /**
   * The connection is lost at the nth line that is typed from now on (1: the next one). `before`: the line is lost
   * with it; `during` (default): it is carried out, and nothing of its answer comes; `after`: its answer comes whole.
   */
  | { readonly kind: 'cut'; readonly atCommand: number; readonly when?: 'before' | 'during' | 'after' }
  /** The connection is lost when so many bytes have been printed from now on, prompts and echoes included. */
  | { readonly kind: 'cut'; readonly atByte: number }
  /** The device restarts when such a line is typed: before it is carried out (default), or right after. */
  | { readonly kind: 'reboot'; readonly on: string; readonly when?: 'before' | 'after'; readonly downMs?: number }
  /** The nth configuration line from now on (1: the next one), or the next that matches, is refused. */
  | { readonly kind: 'refuse'; readonly line: number | string }
  /** Such a line is never answered: carried out all the same (`after`), or not (`before`, default). */
  | { readonly kind: 'hang'; readonly on: string; readonly when?: 'before' | 'after' }
  /** The next commit fails as the system's checks would let it fail. */
  | { readonly kind: 'commit-fails' }
  /** Rollbacks fail from now on, at the prompt and by timers, until the fault is taken away. */
  | { readonly kind: 'rollback-fails' }
  /** The disk is full from now on: no file can be written. */
  | { readonly kind: 'disk-full' };

/** What is going on in a device. */
export interface DeviceStatus {
  /** False while it restarts, and while its own configuration shuts it off from the network. */
  readonly isReachable: boolean;
  /** Open terminals. */
  readonly sessions: number;
  /** Restarts since the lab began. */
  readonly reboots: number;
  /** Milliseconds on the clock of the device until it takes a change back by itself; absent when none waits for that. */
  readonly rollbackInMs?: number;
  /** Running and start-up configuration differ. */
  readonly isUnsaved: boolean;
}

/** The hands of a test on one simulated device: what somebody in front of it could see and do. */
export interface DeviceControl {
  readonly name: string;
  /** The running configuration. Clocks and the like read the same each time, so that two texts can be compared byte by byte. */
  running(): Promise<string>;
  /** The start-up configuration, in the same way. */
  startup(): Promise<string>;
  status(): Promise<DeviceStatus>;
  /** The text of a file (`candidate.txt`, `bootflash:x`); undefined when there is none. */
  file(name: string): Promise<string | undefined>;
  /** Names of the files, sorted. */
  files(): Promise<readonly string[]>;
  /** Puts a file there. */
  store(name: string, text: string): Promise<void>;
  /** Types configuration lines at its console, in force at once. @throws `NW_LAB_FAILED` for a line that the system refuses */
  configure(lines: readonly string[]): Promise<void>;
  /** Makes the running configuration the start-up one. */
  save(): Promise<void>;
  /** Lets so many milliseconds pass at once on the clock of the device: timers that fall due go off, in order. */
  advance(ms: number): Promise<void>;
  /** Restarts: connections are gone, the start-up configuration is running again, `downMs` later (default 50) it answers. */
  reboot(options?: { readonly downMs?: number }): Promise<void>;
  /** Adds a fault. */
  fault(fault: DeviceFault): Promise<void>;
  /** Takes all added faults away. */
  heal(): Promise<void>;
  /** Every line typed on its terminals so far, oldest first, at most the last 10,000; passwords are not among them. */
  typed(): Promise<readonly string[]>;
}

/** The functions of {@link DeviceControl} that can be asked for from another process. */
export type ControlCall = {
  [K in Exclude<keyof DeviceControl, 'name'>]: {
    readonly call: K;
    readonly with: Parameters<DeviceControl[K]>;
  };
}[Exclude<keyof DeviceControl, 'name'>];

/** A handle whose calls go wherever the device is played. */
export function deviceControl(name: string, ask: (call: ControlCall) => Promise<unknown>): DeviceControl {
  const calling =
    <K extends ControlCall['call']>(call: K) =>
    (...args: Parameters<DeviceControl[K]>): ReturnType<DeviceControl[K]> =>
      // What comes back is what the function of that name in the other process gave.
      ask({ call, with: args } as ControlCall) as ReturnType<DeviceControl[K]>;
  return {
    name,
    running: calling('running'),
    startup: calling('startup'),
    status: calling('status'),
    file: calling('file'),
    files: calling('files'),
    store: calling('store'),
    configure: calling('configure'),
    save: calling('save'),
    advance: calling('advance'),
    reboot: calling('reboot'),
    fault: calling('fault'),
    heal: calling('heal'),
    typed: calling('typed'),
  };
}
