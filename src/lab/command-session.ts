import type { Candidate } from './candidate.ts';
import type { SimulatedDevice } from './device.ts';
import type { Editing } from './editing.ts';

/** What a command of a persona sees of the session in which it was typed, and may do to it. */
export interface CommandSession {
  readonly device: SimulatedDevice;
  /** 1 for the first session of the device. */
  readonly id: number;
  readonly user: string;
  readonly protocol: 'ssh' | 'telnet';
  readonly mode: string;
  /** What the prompt shows of a named session. */
  label: string;
  /** The line as it was typed, blanks included. */
  readonly typed: string;
  /** Of a mode that edits. */
  readonly editing: Editing | undefined;
  /** The candidate of the mode entered: its own, or the one that all sessions share. */
  readonly candidate: Candidate | undefined;
  /** Goes to a mode; one that edits works on `target`, or on what the mode says. */
  go(mode: string, target?: Candidate): void;
  /** Called once when the mode that edits is left, in whatever way, the end of the session included. */
  whenLeft(then: () => void): void;
  /** Prints on the terminal of this session what nobody asked for, as long as it is open. */
  tell(text: string): void;
  /** Begins the edit anew after its text was changed from elsewhere: back at the top. */
  restartEditing(): void;
}
