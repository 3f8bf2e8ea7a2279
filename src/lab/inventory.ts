import { stringify } from 'yaml';
import type { LabDevice } from './lab.ts';

const labCredential = 'lab';

/** A lab as a workspace wants it: what goes into `inventory.yaml`, and the credential that it names. */
export interface LabInventory {
  /** Ready to be written as YAML: `defaults`, `groups`, `devices`. */
  readonly inventory: {
    readonly defaults: { readonly credential: string };
    readonly devices: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  readonly credential: {
    readonly name: string;
    readonly user: string;
    readonly password: string;
    readonly enable: string;
  };
  /** The inventory as YAML text. */
  readonly yaml: string;
}

/** The inventory entry of every device of a lab, sites and roles included, and the one credential that opens them all. */
export function labInventory(
  lab: { readonly devices: readonly LabDevice[] },
  options: { readonly credential?: string } = {},
): LabInventory {
  const name = options.credential ?? labCredential;
  const devices: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const device of lab.devices) {
    devices[device.name] = {
      address: device.host,
      port: device.port,
      platform: device.platform,
      ...(device.transport === 'ssh' ? {} : { transport: device.transport }),
      ...(device.api && { api: { protocol: device.api.protocol, port: device.api.port } }),
      site: device.site,
      role: device.role,
      tags: [device.vendor.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')],
    };
  }
  const first = lab.devices[0];
  const inventory = { defaults: { credential: name }, devices };
  return {
    inventory,
    credential: {
      name,
      user: first?.user ?? '',
      password: first?.password ?? '',
      // Devices without an enable secret have none to compare; the others all share one.
      enable: lab.devices.find((device) => device.enable !== undefined)?.enable ?? '',
    },
    yaml: stringify(inventory, { flowCollectionPadding: false }),
  };
}
