import type { Driver } from '../driver.ts';
import { eos } from './eos.ts';
import { ios } from './ios.ts';
import { iosxr } from './iosxr.ts';
import { junos } from './junos.ts';
import { nxos } from './nxos.ts';
import { vrpv8 } from './vrpv8.ts';
import { vyos } from './vyos.ts';

/** Every driver that Netwright brings. */
export const drivers: readonly Driver[] = [junos, eos, iosxr, nxos, ios, vyos, vrpv8];
