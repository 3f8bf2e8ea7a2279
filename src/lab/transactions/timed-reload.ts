import type { SimulatedDevice } from '../device.ts';
import type { DeviceTimer } from '../device-time.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';

/** How a system restarts, at once or later, in its own words. */
export interface ReloadManners {
  readonly modes: readonly string[];
  /** `reload`, `boot`. */
  readonly now: string;
  /** `reload after`: what follows says when. */
  readonly after?: string;
  readonly cancel?: string;
  readonly question: string;
  /** A key answers, without Enter. */
  readonly isKey: boolean;
  /** Milliseconds; undefined for a time that makes no sense. */
  readonly parseMs?: (typed: string) => number | undefined;
  readonly wrong?: string;
}

class Pending {
  timer: DeviceTimer | undefined;

  constructor(device: SimulatedDevice) {
    device.whenRestarted(() => {
      this.timer = undefined;
    });
  }
}

const makePending = (device: SimulatedDevice): Pending => new Pending(device);

/** `[[dd:]hh:]mm` in milliseconds. */
function clockMs(typed: string): number | undefined {
  if (!/^\d{1,4}(?::\d{1,2}){0,2}$/.test(typed)) return undefined;
  const [minutes = 0, hours = 0, days = 0] = typed.split(':').map(Number).toReversed();
  const ms = ((days * 24 + hours) * 60 + minutes) * 60_000;
  return ms > 0 ? ms : undefined;
}

export function reloadCommands(manners: ReloadManners): PersonaCommand[] {
  const { modes, question, isKey } = manners;
  const sure = (perform: () => Reply): Reply => ({
    ask: {
      text: question,
      isKey,
      answered: (answer) => (/^y/i.test(answer) ? perform() : { text: isKey ? '\n' : '' }),
    },
  });
  const commands: PersonaCommand[] = [
    {
      words: manners.now,
      in: modes,
      run: ({ device }) =>
        sure(() => {
          device.reboot();
          return { isSilent: true };
        }),
    },
  ];
  if (manners.after !== undefined) {
    commands.unshift({
      words: `${manners.after} *`,
      in: modes,
      run: ({ device }, [typed = '']) => {
        const ms = (manners.parseMs ?? clockMs)(typed);
        if (ms === undefined) return { text: manners.wrong ?? 'Invalid input\n' };
        return sure(() => {
          const pending = device.part(makePending);
          pending.timer?.cancel();
          pending.timer = device.time.after(ms, () => device.reboot());
          device.awaits(pending.timer);
          return { text: isKey ? '\n' : '' };
        });
      },
    });
  }
  if (manners.cancel !== undefined) {
    commands.unshift({
      words: manners.cancel,
      in: modes,
      run: ({ device }) => {
        const pending = device.part(makePending);
        pending.timer?.cancel();
        pending.timer = undefined;
        device.awaits(undefined);
        return {};
      },
    });
  }
  return commands;
}
