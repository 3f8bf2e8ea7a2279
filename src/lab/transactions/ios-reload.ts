import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';
import type { DeviceTimer } from '../device-time.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';

const minuteMs = 60_000;

class Reload {
  timer: DeviceTimer | undefined;

  constructor(device: SimulatedDevice) {
    device.whenRestarted(() => {
      this.timer = undefined;
    });
  }
}

const makeReload = (device: SimulatedDevice): Reload => new Reload(device);

const confirm = (perform: () => Reply): Reply => ({
  ask: {
    text: 'Proceed with reload? [confirm]',
    isKey: true,
    answered: (key) => (/[\r\ny]/i.test(key) ? perform() : { text: '\n' }),
  },
});

function saveFirst({ device }: CommandSession, next: () => Reply): Reply {
  if (!device.isUnsaved) return next();
  return {
    ask: {
      text: '\nSystem configuration has been modified. Save? [yes/no]: ',
      answered: (answer) => {
        if (/^y/i.test(answer)) device.save();
        return next();
      },
    },
  };
}

/** Restarting, at once or in a while: the oldest way to have a change taken back. */
export const iosReload: readonly PersonaCommand[] = [
  {
    words: 'reload',
    in: ['privileged'],
    run: (session) =>
      saveFirst(session, () =>
        confirm(() => {
          session.device.reboot();
          return { isSilent: true };
        }),
      ),
  },
  {
    words: 'reload in *',
    in: ['privileged'],
    run: (session, [when = '']) => {
      const { device } = session;
      const [minutes = '0', hours = '0'] = when.split(':').toReversed();
      const ms = (Number(hours) * 60 + Number(minutes)) * minuteMs;
      if (!(ms > 0)) return { text: "% Invalid input detected at '^' marker.\n\n" };
      const at = new Date(device.time.now() + ms).toISOString().slice(11, 19);
      return saveFirst(session, () => {
        const asked = confirm(() => {
          const reload = device.part(makeReload);
          reload.timer?.cancel();
          reload.timer = device.time.after(ms, () => device.reboot());
          return { text: '\n' };
        });
        return {
          ...asked,
          text: `Reload scheduled for ${at} UTC (in ${ms / minuteMs} minutes) by ${session.user} on vty0\n`,
        };
      });
    },
  },
  {
    words: 'reload cancel',
    in: ['privileged'],
    run: ({ device }) => {
      const reload = device.part(makeReload);
      if (reload.timer === undefined) return { text: '%No reload is currently scheduled.\n' };
      reload.timer.cancel();
      reload.timer = undefined;
      return { text: '\n\n***\n*** --- SHUTDOWN ABORTED ---\n***\n' };
    },
  },
  {
    words: 'show reload',
    in: ['privileged'],
    run: ({ device }) => {
      const { timer } = device.part(makeReload);
      if (timer === undefined) return { text: 'No reload is scheduled.\n' };
      const leftS = Math.max(0, Math.round((timer.dueMs - device.time.now()) / 1000));
      return { text: `Reload scheduled in ${Math.floor(leftS / 60)} minutes and ${leftS % 60} seconds\n` };
    },
  },
];
