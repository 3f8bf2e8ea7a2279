import type { Driver } from '../driver.ts';
import { junos } from './junos.ts';

/** Every driver that Netwright brings. */
export const drivers: readonly Driver[] = [junos];
