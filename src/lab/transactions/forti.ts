import type { SimulatedDevice } from '../device.ts';
import type { DeviceTimer } from '../device-time.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';

const mostRevisions = 20;
const defaultTimeoutS = 600;

interface Revision {
  readonly id: number;
  readonly atMs: number;
  readonly user: string;
  readonly comment: string;
  readonly text: string;
}

/** Revisions on the flash, and the timer of unsaved changes. */
class FortiState {
  readonly revisions: Revision[] = [];
  timer: DeviceTimer | undefined;
  #next = 1;

  constructor(device: SimulatedDevice) {
    device.whenRestarted(() => {
      this.timer = undefined;
    });
  }

  keep(revision: Omit<Revision, 'id'>): number {
    const id = this.#next;
    this.#next += 1;
    this.revisions.unshift({ ...revision, id });
    this.revisions.splice(mostRevisions);
    return id;
  }
}

const makeState = (device: SimulatedDevice): FortiState => new FortiState(device);
const stateOf = (device: SimulatedDevice): FortiState => device.part(makeState);

/** Changes are saved as they are made, unless the configuration says otherwise. */
export const fortiSavesItself = (text: string): boolean => !/^ {4}set cfg-save (?:manual|revert)$/m.test(text);

/** With `set cfg-save revert` the firewall starts again with what was saved unless changes are saved in time. */
export function fortiChanged(device: SimulatedDevice): void {
  const { text } = device.running;
  const state = stateOf(device);
  if (!/^ {4}set cfg-save revert$/m.test(text) || text === device.startup) return;
  const seconds = Number(/^ {4}set cfg-revert-timeout (\d+)$/m.exec(text)?.[1] ?? defaultTimeoutS);
  state.timer?.cancel();
  state.timer = device.time.after(seconds * 1_000, () => {
    if (!device.faults.has('rollback-fails')) device.reboot();
  });
  device.awaits(state.timer);
}

const onlyManual = 'cfg save is only available in manual or revert mode.\n';

function save(device: SimulatedDevice): Reply {
  const state = stateOf(device);
  state.timer?.cancel();
  state.timer = undefined;
  device.awaits(undefined);
  device.save();
  return { text: 'config saved.\n' };
}

/** Saving by hand, reloading what was saved, and revisions, of FortiOS 7.4. */
export const fortiRevisions: readonly PersonaCommand[] = [
  {
    words: 'execute cfg save',
    run: ({ device }) => (fortiSavesItself(device.running.text) ? { text: onlyManual } : save(device)),
  },
  {
    words: 'execute cfg reload',
    run: ({ device }) => {
      if (fortiSavesItself(device.running.text)) return { text: onlyManual };
      device.reboot();
      return { isSilent: true };
    },
  },
  {
    words: 'execute backup config flash *',
    run: ({ device, user }, words) => {
      const comment = words.join(' ').replaceAll('"', '');
      const id = stateOf(device).keep({ atMs: device.time.now(), user, comment, text: device.running.text });
      return { text: `Please wait...\nConfig backed up to flash disk done. Revision ${id}\n` };
    },
  },
  {
    words: 'execute revision list config',
    run: ({ device }) => {
      const rows = stateOf(device).revisions.map(
        ({ id, atMs, user, comment }) =>
          `${String(id).padEnd(4)}${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} ${user.padEnd(16)} 7.4.7  ${comment}\n`,
      );
      return {
        text: `Last Firmware Version: V0.0.0-build000-REL0\nID  TIME                ADMIN            FIRMWARE VERSION  COMMENT\n${rows.join('')}`,
      };
    },
  },
  {
    words: 'execute restore config flash *',
    run: ({ device }, [typed = '']) => {
      const found = stateOf(device).revisions.find(({ id }) => String(id) === typed);
      if (found === undefined) return { text: `Revision ${typed} does not exist.\nCommand fail. Return code -1\n` };
      return {
        ask: {
          text: 'This operation will overwrite the current setting and could possibly reboot the system!\nDo you want to continue? (y/n)',
          isKey: true,
          answered: (key) => {
            if (!/y/i.test(key)) return { text: '\n' };
            if (device.faults.has('rollback-fails')) return { text: '\nCommand fail. Return code -23\n' };
            device.startup = found.text;
            device.reboot();
            return { isSilent: true };
          },
        },
      };
    },
  },
  {
    words: 'execute reboot',
    run: ({ device }) => ({
      ask: {
        text: 'This operation will reboot the system !\nDo you want to continue? (y/n)',
        isKey: true,
        answered: (key) => {
          if (!/y/i.test(key)) return { text: '\n' };
          device.reboot();
          return { isSilent: true };
        },
      },
    }),
  },
];
