import { didYouMean, NetwrightError } from '#core';
import type { PlatformRegistry } from '#platforms';
import type { Device, Inventory, Problem } from './device.ts';
import { selectDevices } from './select-devices.ts';

/** `inventory.yaml:12:5: message`, as compilers write it. */
export const formatProblem = ({ file, line, column, message, severity }: Problem): string =>
  `${file}:${line}:${column}: ${severity === 'warning' ? 'warning: ' : ''}${message}`;

const shownProblems = 5;

/** The view of loaded devices that other rooms work with. */
export function createInventory(
  devices: ReadonlyMap<string, Device>,
  problems: readonly Problem[],
  platforms: Pick<PlatformRegistry, 'resolve'>,
): Inventory {
  const errors = problems.filter((one) => one.severity === 'error');
  const mustBeSound = (): void => {
    if (errors.length === 0) return;
    const lines = errors.slice(0, shownProblems).map((one) => `  ${formatProblem(one)}`);
    const rest = errors.length > shownProblems ? [`  and ${errors.length - shownProblems} more`] : [];
    const count = errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`;
    throw new NetwrightError('NW_INVENTORY_INVALID', [`the inventory has ${count}:`, ...lines, ...rest].join('\n'), {
      details: { problems: errors.slice(0, 100) },
    });
  };
  return {
    devices,
    problems,
    get(name) {
      mustBeSound();
      const device = devices.get(name);
      if (device) return device;
      const meant = didYouMean(name, devices.keys());
      throw new NetwrightError('NW_DEVICE_UNKNOWN', `there is no device "${name}" in the inventory.${meant}`);
    },
    select(expression) {
      mustBeSound();
      return selectDevices(devices, expression, platforms);
    },
  };
}
