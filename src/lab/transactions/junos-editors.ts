import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';

interface SessionInConfig {
  readonly user: string;
  readonly terminal: string;
  readonly pid: number;
  readonly sinceMs: number;
  readonly how: 'shared' | 'exclusive' | 'private';
}

/** Who is editing, and who holds the database for himself. */
export class JunosEditors {
  readonly #device: SimulatedDevice;
  readonly #editing = new Map<number, SessionInConfig>();

  constructor(device: SimulatedDevice) {
    this.#device = device;
    device.whenRestarted(() => this.#editing.clear());
  }

  enter(session: CommandSession, how: SessionInConfig['how']): void {
    this.#editing.set(session.id, {
      user: session.user,
      terminal: `pts/${session.id - 1}`,
      pid: 4_000 + session.id,
      sinceMs: this.#device.time.now(),
      how,
    });
    session.whenLeft(() => this.#editing.delete(session.id));
  }

  how(session: CommandSession): SessionInConfig['how'] | undefined {
    return this.#editing.get(session.id)?.how;
  }

  /** What keeps the database from the session; undefined when nothing does. */
  lockedBy(session: CommandSession): string | undefined {
    for (const [id, editor] of this.#editing) {
      if (id !== session.id && editor.how === 'exclusive')
        return `error: configuration database locked by:\n${listed(editor)}\n`;
    }
    return undefined;
  }

  /** The sessions that edit, the asking one left out. */
  others(session: CommandSession): string[] {
    return [...this.#editing].flatMap(([id, editor]) => (id === session.id ? [] : [listed(editor)]));
  }

  all(): string[] {
    return [...this.#editing.values()].map(listed);
  }
}

function listed({ user, terminal, pid, sinceMs, how }: SessionInConfig): string {
  const since = new Date(sinceMs).toISOString().replace('T', ' ').slice(0, 19);
  return `  ${user} terminal ${terminal} (pid ${pid}) on since ${since} UTC\n      ${how === 'shared' ? '' : `${how} `}[edit]`;
}

const makeEditors = (device: SimulatedDevice): JunosEditors => new JunosEditors(device);
export const editorsOf = (device: SimulatedDevice): JunosEditors => device.part(makeEditors);
