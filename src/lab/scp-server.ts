import type { ServerChannel } from 'ssh2';
import type { SimulatedDevice } from './device.ts';
import { DeviceDisk } from './device-disk.ts';

const ok = Buffer.from([0]);
const longestLine = 4_096;
const largestBytes = 64 * 1024 * 1024;

/** `scp -t name` (a file comes) or `scp -f name` (one is wanted); undefined for any other command. */
export function scpCommand(command: string): { readonly how: 'sink' | 'source'; readonly name: string } | undefined {
  const match = /^(?:\/usr\/bin\/)?scp((?: -[a-zA-Z]+)+)(?: --)? (.+)$/.exec(command.trim());
  if (match === null) return undefined;
  const [, flags = '', name = ''] = match;
  const how = /[ -]\w*t/.test(flags) ? 'sink' : /[ -]\w*f/.test(flags) ? 'source' : undefined;
  return how === undefined ? undefined : { how, name: name.replaceAll(/^['"]|['"]$/g, '') };
}

/** The far end of the old SCP protocol: one file, in or out. */
export function serveScp(device: SimulatedDevice, channel: ServerChannel, how: 'sink' | 'source', name: string): void {
  const finish = (status: number): void => {
    channel.exit(status);
    channel.end();
  };
  const refuse = (message: string): void => {
    channel.write(Buffer.from(`\x01scp: ${message}\n`));
    finish(1);
  };
  const disk = new DeviceDisk(device);
  if (how === 'source') {
    const bytes = disk.read(name);
    if (bytes === undefined) {
      refuse(`${name}: No such file or directory`);
      return;
    }
    send(channel, name, bytes, finish);
    return;
  }
  receive(
    channel,
    (filename, bytes) => {
      const target = disk.isFolder(name) || name.endsWith(':') ? `${name.replace(/\/$/, '')}/${filename}` : name;
      if (disk.write(target, bytes)) return undefined;
      return `${name}: No space left on device`;
    },
    finish,
  );
}

/** Each step waits for a zero byte of the client. */
function send(channel: ServerChannel, name: string, bytes: Buffer, finish: (status: number) => void): void {
  const steps = [
    () => channel.write(`C0644 ${bytes.length} ${name.split('/').at(-1)}\n`),
    () => channel.write(Buffer.concat([bytes, ok])),
    () => finish(0),
  ];
  channel.on('data', (answer: Buffer) => {
    for (const byte of answer) {
      if (byte !== 0) {
        finish(1);
        return;
      }
      steps.shift()?.();
    }
  });
}

function receive(
  channel: ServerChannel,
  keep: (filename: string, bytes: Buffer) => string | undefined,
  finish: (status: number) => void,
): void {
  let input = Buffer.alloc(0);
  let file: { readonly name: string; readonly size: number } | undefined;
  channel.write(ok);
  const fail = (message: string): void => {
    channel.write(Buffer.from(`\x01scp: ${message}\n`));
    finish(1);
  };
  channel.on('data', (chunk: Buffer) => {
    input = Buffer.concat([input, chunk]);
    for (;;) {
      if (file === undefined) {
        const end = input.indexOf(10);
        if (end < 0) {
          if (input.length > longestLine) fail('protocol error');
          return;
        }
        const line = input.subarray(0, end).toString('utf8');
        input = input.subarray(end + 1);
        const header = /^C\d{4} (\d+) (.+)$/.exec(line);
        if (header !== null && Number(header[1]) <= largestBytes) {
          file = { size: Number(header[1]), name: header[2]! };
          channel.write(ok);
        } else if (/^[TE]/.test(line)) channel.write(ok);
        else {
          fail('protocol error');
          return;
        }
        continue;
      }
      // The contents, and a zero byte that says that they are whole.
      if (input.length < file.size + 1) return;
      const wrong = keep(file.name, Buffer.from(input.subarray(0, file.size)));
      input = input.subarray(file.size + 1);
      file = undefined;
      if (wrong !== undefined) {
        fail(wrong);
        return;
      }
      channel.write(ok);
    }
  });
  channel.on('end', () => finish(0));
}
