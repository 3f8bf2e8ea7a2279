import type { Driver } from '../driver.ts';
import { aoscx } from './aoscx.ts';
import { comware } from './comware.ts';
import { eos } from './eos.ts';
import { ios } from './ios.ts';
import { iosxr } from './iosxr.ts';
import { junos } from './junos.ts';
import { lineByLineDriver } from './line-by-line-platforms.ts';
import { linux } from './linux.ts';
import { nxos } from './nxos.ts';
import { panos } from './panos.ts';
import { sros } from './sros.ts';
import { vrpv8 } from './vrpv8.ts';
import { vyos } from './vyos.ts';

/** Every driver that Netwright brings. */
export const drivers: readonly Driver[] = [
  junos,
  eos,
  iosxr,
  nxos,
  ios,
  vyos,
  vrpv8,
  panos,
  sros,
  aoscx,
  comware,
  linux,
  lineByLineDriver,
];
