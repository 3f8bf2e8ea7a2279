import type { Runtime } from './runtime.ts';
import { counted, table } from './table.ts';

/** Which getters there are, and which platforms have them. */
export async function printSupport({ screen }: Runtime): Promise<void> {
  const { getterSupport } = await import('#facts');
  const support = await getterSupport();
  screen.document(support);
  const platforms = [...new Set(support.flatMap((one) => one.platforms))].sort();
  const rows = support.map(({ name, tells, platforms: able }) => [name, tells, String(able.length)]);
  screen.print(table(['GETTER', 'TELLS', 'PLATFORMS'], rows, screen.colors.bold, screen.listColumns));
  const width = Math.max(...platforms.map(({ length }) => length));
  screen.print();
  for (const platform of platforms) {
    const missing = support.filter((one) => !one.platforms.includes(platform));
    const has = `${counted(support.length - missing.length, 'getter')}`;
    const without =
      missing.length === 0 ? '' : screen.colors.dim(`, not ${missing.map(({ name }) => name).join(', ')}`);
    screen.print(`${platform.padEnd(width)}  ${has}${without}`);
  }
}
