import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { example } from '../../example.ts';
import { graphFlag, openAtlas } from '../../internet-graph.ts';
import type { Runtime } from '../../runtime.ts';
import { untilAborted } from '../../until-aborted.ts';
import { creditOf } from './map.ts';

export function internetServeCommand(runtime: Runtime) {
  return new Command('serve')
    .description('Open the planet in a browser of this machine: every AS and link, to pan, zoom, search and select.')
    .option('--port <number>', 'on 127.0.0.1 (default: one that is free)', portNumber)
    .addOption(new Option('--theme <theme>', 'colours').choices(['dark', 'light'] as const).default('dark'))
    .option('--credit <text>', 'a line for where the data are from')
    .option(...graphFlag)
    .addHelpText('after', example('internet serve', 'internet serve -g planet.nwgraph --port 8087'))
    .action(async (flags) => {
      const { screen, signal } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { servePlanet } = await import('#internet');
      await using server = await servePlanet(atlas, {
        theme: flags.theme,
        credit: flags.credit ?? creditOf(atlas),
        ...(flags.port !== undefined && { port: flags.port }),
      });
      screen.document({ url: server.url });
      screen.print(`The planet is at ${screen.colors.bold(server.url)} (Ctrl-C ends it)`);
      await untilAborted(signal);
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError(`${text}: expected 1 to 65535`);
  return port;
}
