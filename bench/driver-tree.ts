import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files in one package of the tree: a vendor with its base class, its drivers and its table. */
const perPackage = 25;

/** Writes a Python tree shaped like a driver library, with about 3 KB a file as netmiko has; returns its bytes. */
export function driverTree(root: string, files: number): number {
  let bytes = 0;
  const write = (path: string, text: string): void => {
    bytes += text.length;
    writeFileSync(join(root, path), text);
  };
  mkdirSync(root, { recursive: true });
  write('__init__.py', '');
  write('base.py', baseFile);
  for (let index = 0, made = 2; made < files; index += 1) {
    const vendor = `vendor_${index}`;
    mkdirSync(join(root, vendor));
    const drivers = Math.min(perPackage - 2, files - made - 2);
    if (drivers <= 0) break;
    write(`${vendor}/__init__.py`, initFile(vendor, drivers));
    write(`${vendor}/table.py`, tableFile(drivers));
    for (let driver = 0; driver < drivers; driver += 1) write(`${vendor}/driver_${driver}.py`, driverFile(driver));
    made += drivers + 2;
  }
  return bytes;
}

const baseFile = `"""What all drivers share."""


class Channel:
    def __init__(self, host):
        self.host = host


class BaseDriver:
    """Base of all drivers."""

    def __init__(self, host, timeout=10):
        self.host = host
        self.timeout = timeout
        self.channel = Channel(host)

    def send(self, command):
        return self.channel, command, self.timeout
`;

const initFile = (vendor: string, drivers: number) =>
  `"""Drivers of ${vendor}."""\n${Array.from({ length: drivers }, (_, at) => `from .driver_${at} import Driver${at}\n`).join('')}`;

const tableFile = (
  drivers: number,
) => `from . import ${Array.from({ length: drivers }, (_, at) => `Driver${at}`).join(', ')}

BASE = {
${Array.from({ length: drivers }, (_, at) => `    "driver_${at}": Driver${at},`).join('\n')}
}
TABLE = {}
for key, value in BASE.items():
    TABLE[key] = value
    TABLE[key + "_ssh"] = value


def connect(kind, *args):
    return TABLE[kind](*args)
`;

function driverFile(driver: number): string {
  const parent = driver % 4 === 0 ? 'BaseDriver' : `Driver${driver - (driver % 4)}`;
  const from = driver % 4 === 0 ? '..base' : `.driver_${driver - (driver % 4)}`;
  const methods = Array.from(
    { length: 8 },
    (_, at) => `
    def step_${at}(self, command, pattern="#", delay=${at}):
        """Step ${at} of the dialogue with the device."""
        output = self.send(command)
        for attempt in range(${at + 2}):
            if pattern in output and self.attempts > attempt:
                output += self.send("show step %s" % attempt)
            elif not output:
                raise ValueError("no answer: {}".format(command))
        self.last_${at} = output
        return output
`,
  );
  return `"""Driver ${driver}."""
import re
from ${from} import ${parent}


class Driver${driver}(${parent}):
    """One kind of device."""

    def __init__(self, host, **options):
        super().__init__(host)
        self.attempts = options.get("attempts", 3)
        self.pattern = re.compile(r"[>#]")
${methods.join('')}`;
}
