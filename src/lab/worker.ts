import type { LabReply, LabRequest } from './control.ts';
import { LabHost } from './host.ts';

/** Entry of a server process of the lab: does what the parent asks over IPC and ends with it. */
let host: LabHost | undefined;

async function perform(request: LabRequest): Promise<unknown> {
  if (request.ask === 'start') {
    host = new LabHost(request.options, request.first, request.step);
    return await host.start();
  }
  if (host === undefined) throw new Error('the server process was not started');
  if (request.ask === 'change') return host.change(request.index);
  if (request.ask === 'config') return host.runningConfig(request.index);
  if (request.ask === 'control') return host.control(request.index, request.call);
  await host.stop();
  return undefined;
}

process.on('message', (request: LabRequest) => {
  const reply = (answer: LabReply): void => {
    process.send?.(answer, undefined, undefined, () => {
      if (request.ask === 'stop') process.disconnect?.();
    });
  };
  perform(request).then(
    (ok) => reply({ id: request.id, ok }),
    (error: unknown) => reply({ id: request.id, error: error instanceof Error ? error.message : String(error) }),
  );
});
// However the parent ends, so does this process.
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when the lab stops.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
