import { NetwrightError } from '#core';
import type { SimulatedDevice } from './device.ts';
import type { ControlCall, DeviceControl } from './device-control.ts';
import { DeviceDisk } from './device-disk.ts';

type Hands = { readonly [K in ControlCall['call']]: (...args: Parameters<DeviceControl[K]>) => unknown };

/** What {@link DeviceControl} asks for, done on the device itself. */
function handsOn(device: SimulatedDevice): Hands {
  const disk = new DeviceDisk(device);
  return {
    running: () => device.still(device.running.text),
    startup: () => device.still(device.startup),
    status: () => device.status(),
    file: (name) => disk.read(name)?.toString('utf8'),
    files: () => device.files.names,
    store: (name, text) => {
      if (!disk.write(name, Buffer.from(text)))
        throw new NetwrightError('NW_LAB_FAILED', `${device.spec.name}: no room for ${name}`);
    },
    configure: (lines) => device.configure(lines),
    save: () => device.save(),
    advance: (ms) => device.time.advance(ms),
    reboot: (options) => device.reboot(options?.downMs),
    fault: (fault) => device.faults.add(fault),
    heal: () => device.faults.clear(),
    typed: () => [...device.typed],
  };
}

export function performControl(device: SimulatedDevice, { call, with: args }: ControlCall): unknown {
  // The arguments belong to the function: both came out of one call.
  const perform = handsOn(device)[call] as (...given: readonly unknown[]) => unknown;
  return perform(...args);
}
