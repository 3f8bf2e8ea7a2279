import type { Driver } from '../driver.ts';

/** Every driver that Netwright brings. */
export const drivers: readonly Driver[] = [];
