import { seededRandom } from '#core';
import type { FaultKind } from './lab.ts';
import type { Tty, Wire } from './tty.ts';

interface Stage {
  readonly tty: Tty;
  readonly wire: Wire;
  /** Nothing else is read until `done`; `cancel` ends timers when the connection goes. */
  busy(cancel: () => void): void;
  done(how: 'prompt' | 'silent' | 'close'): void;
}

const slowLineMs = 100;

/** Prints as the fault has it. @returns false where that fault does nothing to this output. */
export function printFaulty(
  fault: FaultKind,
  text: string,
  isConfiguration: boolean,
  seed: number,
  stage: Stage,
): boolean {
  if (fault === 'slow' && text !== '') {
    printSlowly(text, stage);
    return true;
  }
  if (fault === 'garbage') {
    const random = seededRandom(seed);
    stage.tty.bytes(
      Buffer.from(Array.from({ length: 200 + Math.floor(random() * 800) }, () => Math.floor(random() * 256))),
    );
    return true;
  }
  if (!isConfiguration) return false;
  if (fault === 'cut') {
    stage.tty.print(text.slice(0, Math.floor(text.length / 2)));
    stage.busy(() => {});
    stage.done('close');
    return true;
  }
  if (fault === 'truncated') {
    const whole = text.slice(0, Math.floor(text.length * 0.8));
    stage.tty.print(whole.slice(0, whole.lastIndexOf('\n') + 1));
    stage.busy(() => {});
    stage.done('prompt');
    return true;
  }
  if (fault === 'endless') {
    printForEver(text, stage);
    return true;
  }
  return false;
}

function printSlowly(text: string, stage: Stage): void {
  const lines = text.replace(/\n$/, '').split('\n');
  let at = 0;
  const timer = setInterval(() => {
    stage.tty.print(`${lines[at]}\n`);
    stage.tty.flush();
    at += 1;
    if (at < lines.length) return;
    clearInterval(timer);
    stage.done('prompt');
  }, slowLineMs);
  stage.busy(() => clearInterval(timer));
}

/** The body over and over, as fast as the client reads; the lab itself holds one copy at a time. */
function printForEver(text: string, stage: Stage): void {
  let isOver = false;
  const body = text.slice(0, text.lastIndexOf('\n', text.length - 20) + 1);
  const again = (): void => {
    if (isOver) return;
    stage.tty.print(body);
    stage.tty.flush();
    stage.wire.whenDrained(again);
  };
  stage.busy(() => {
    isOver = true;
  });
  again();
}
