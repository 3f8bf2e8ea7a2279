import { Transform, type TransformCallback } from 'node:stream';

/** Ctrl-], as in telnet(1). */
const leave = 0x1d;

/** Passes keys on until the one that leaves; what was typed before it still goes out. */
export class LeaveKey extends Transform {
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const at = chunk.indexOf(leave);
    if (at < 0) {
      done(null, chunk);
      return;
    }
    if (at > 0) this.push(chunk.subarray(0, at));
    this.push(null);
    done();
  }
}
