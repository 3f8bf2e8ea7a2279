import type { Session } from '#device';
import { type Dialect, dialectOf } from '#parse';
import { notSupported } from './refuse.ts';

/** @throws NetwrightError `NW_NOT_SUPPORTED` for a platform whose notation is not read */
export function dialectFor(session: Session): Dialect {
  const { config } = session.platform;
  if (config !== undefined && config.dialect !== 'plain') return dialectOf(config.dialect);
  throw notSupported(
    session,
    'no lines can be computed for it: its configuration is not read as a tree',
    `type them yourself: netwright run -s ${session.device} "<command>", or netwright shell ${session.device}`,
  );
}
