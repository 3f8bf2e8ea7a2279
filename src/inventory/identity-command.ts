import { spawn } from 'node:child_process';
import { NetwrightError } from '#core';

const mostBytes = 65_536;

/**
 * What a command such as `pass show netwright` or `vault kv get -field=identity secret/netwright` prints. Its output is the
 * identity, so no part of it, and nothing that it says on stderr, gets into a message.
 *
 * @throws NetwrightError `NW_SECRETS_LOCKED` when it fails, prints too much or takes longer than `timeoutMs`.
 */
export function runIdentityCommand(command: string, env: NodeJS.ProcessEnv, timeoutMs: number): Promise<string> {
  const locked = (what: string): NetwrightError =>
    new NetwrightError('NW_SECRETS_LOCKED', `the command of NETWRIGHT_IDENTITY_COMMAND ${what}`, {
      hint: `run it by hand: ${command}`,
    });
  return new Promise((resolve, reject) => {
    // stdin stays the terminal: `pass` and others may have to ask for a PIN there.
    const child = spawn(command, { shell: true, env, stdio: ['inherit', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (error: NetwrightError): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      // A grandchild may hold the pipe open; nobody waits for it.
      child.stdout.destroy();
      child.unref();
      reject(error);
    };
    const timer = setTimeout(() => stop(locked(`did not end within ${timeoutMs} ms`)), timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostBytes) stop(locked(`printed more than ${mostBytes} bytes`));
      else chunks.push(chunk);
    });
    child.on('error', (error) => stop(locked(`cannot be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(locked(`ended with ${code === null ? `signal ${signal}` : `exit code ${code}`}`));
    });
  });
}
