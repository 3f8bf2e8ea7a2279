import ssh2 from 'ssh2';
import type { LabDevice } from '#lab';

/**
 * The floor under a conversation: ssh2 alone, told what to type and where the output ends, with none of what makes a
 * conversation dependable. Resolves with the bytes read.
 */
export function readWithBareSsh2(device: LabDevice, commands: readonly string[], lastPrompt: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('error', reject);
    client.on('ready', () => {
      client.shell({ cols: 511, rows: 1000, term: 'vt100' }, (error, shell) => {
        if (error) {
          reject(error);
          return;
        }
        const chunks: Buffer[] = [];
        let prompts = 0;
        shell.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          if (!lastPrompt.test(chunk.toString('latin1', Math.max(0, chunk.length - 64)))) return;
          prompts += 1;
          if (prompts === 1) shell.write(commands.map((one) => `${one}\n`).join(''));
          else if (Buffer.concat(chunks).toString('latin1').split(commands.at(-1)!).length > 1) client.end();
        });
        client.on('close', () => resolve(Buffer.concat(chunks).toString('utf8').length));
      });
    });
    client.connect({
      host: device.host,
      port: device.port,
      username: device.user,
      password: device.password,
      hostVerifier: () => true,
    });
  });
}
