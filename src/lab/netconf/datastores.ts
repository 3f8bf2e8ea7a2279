import { xml } from '#core';
import { commitsOf } from '../commit-log.ts';
import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import { RpcRefusal } from './rpc-refusal.ts';

export interface CommitRequest {
  readonly user: string;
  readonly session: number;
  readonly seconds?: number;
  readonly persist?: string;
  readonly persistId?: string;
  readonly comment?: string;
  /** Anybody may confirm it, and the end of the session does not take it back: the way of Junos's own operation. */
  readonly isLoose?: boolean;
}

/** The datastores of one device as NETCONF sees them: locks, and the one confirmed commit that may be under way. */
export class NetconfDatastores {
  readonly #device: SimulatedDevice;
  readonly #locks = new Map<string, number>();
  /** The session that ends it, or the token under which anybody may. */
  #confirmed: { readonly session: number; readonly persist: string | undefined } | undefined;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    device.whenRestarted(() => {
      this.#locks.clear();
      this.#confirmed = undefined;
    });
  }

  lock(target: string, session: number): void {
    const holder = this.#locks.get(target);
    if (holder !== undefined) throw held('lock-denied', 'Lock failed, lock is already held', holder);
    if (target === 'candidate' && this.#device.candidate.isChanged) {
      throw held('lock-denied', 'Lock failed, the candidate has been changed and neither committed nor discarded', 0);
    }
    this.#locks.set(target, session);
  }

  unlock(target: string, session: number): void {
    if (this.#locks.get(target) !== session) {
      throw new RpcRefusal({
        type: 'protocol',
        tag: 'operation-failed',
        message: 'Unlock failed, the lock is not held',
      });
    }
    this.#locks.delete(target);
    // RFC 6241 section 8.3.5.2: what was not committed goes with the lock.
    if (target === 'candidate') this.#device.candidate.clear();
  }

  mustBeFree(target: string, session: number): void {
    const holder = this.#locks.get(target);
    if (holder !== undefined && holder !== session) throw held('in-use', 'The configuration is locked', holder);
  }

  /** What the system's own checks say of the candidate. @throws RpcRefusal */
  validate(text = this.#device.candidate.outcome): void {
    const device = this.#device;
    if (device.faults.takeCommitFailure()) {
      throw new RpcRefusal({ tag: 'operation-failed', message: 'configuration check-out failed' });
    }
    const [first] = device.persona.check?.(text) ?? [];
    if (first === undefined) return;
    throw new RpcRefusal({
      tag: 'operation-failed',
      path: `[edit ${first.path.join(' ')}]`.replace(' ]', ']'),
      message: first.says,
      info: xml`<bad-element>${first.line}</bad-element>`,
    });
  }

  commit({ user, session, seconds, persist, persistId, comment, isLoose = false }: CommitRequest): void {
    const device = this.#device;
    const { candidate } = device;
    const confirmed = confirmedOf(device);
    for (const target of ['candidate', 'running']) this.mustBeFree(target, session);
    const pending = confirmed.isPending ? this.#confirmed : undefined;
    if (pending !== undefined && pending.persist !== persistId && !isLoose) {
      throw new RpcRefusal({
        type: 'protocol',
        tag: 'invalid-value',
        message: 'another confirmed commit is under way: its persist-id is needed',
      });
    }
    if (pending === undefined && persistId !== undefined) {
      throw new RpcRefusal({
        type: 'protocol',
        tag: 'invalid-value',
        message: 'no confirmed commit has that persist-id',
      });
    }
    const wanted = candidate.outcome;
    this.validate(wanted);
    const before = device.running.text;
    candidate.clear();
    device.running.set(wanted);
    commitsOf(device).note({ user, via: 'netconf', ...(comment === undefined ? {} : { comment }) });
    if (seconds === undefined) {
      this.#confirmed = undefined;
      confirmed.confirm();
      return;
    }
    this.#confirmed = isLoose
      ? undefined
      : { session, persist: persist ?? (pending === undefined ? undefined : persistId) };
    confirmed.start(before, seconds * 1_000, (failed) => {
      this.#confirmed = undefined;
      if (!failed) commitsOf(device).note({ user: 'root', via: 'other' });
    });
  }

  cancel(session: number, persistId: string | undefined): void {
    const pending = confirmedOf(this.#device).isPending ? this.#confirmed : undefined;
    if (
      pending === undefined ||
      pending.persist !== persistId ||
      (persistId === undefined && pending.session !== session)
    ) {
      throw new RpcRefusal({ type: 'protocol', tag: 'invalid-value', message: 'no such confirmed commit' });
    }
    confirmedOf(this.#device).takeBack();
  }

  /** The session is over: its locks are given back, and what only it could confirm is taken back at once. */
  end(session: number): void {
    for (const [target, holder] of [...this.#locks]) {
      if (holder !== session) continue;
      this.#locks.delete(target);
      if (target === 'candidate') this.#device.candidate.clear();
    }
    const pending = confirmedOf(this.#device).isPending ? this.#confirmed : undefined;
    if (pending?.session === session && pending.persist === undefined) confirmedOf(this.#device).takeBack();
  }
}

function held(tag: 'lock-denied' | 'in-use', message: string, holder: number): RpcRefusal {
  return new RpcRefusal({ type: 'protocol', tag, message, info: xml`<session-id>${holder}</session-id>` });
}

const makeDatastores = (device: SimulatedDevice): NetconfDatastores => new NetconfDatastores(device);
export const datastoresOf = (device: SimulatedDevice): NetconfDatastores => device.part(makeDatastores);
