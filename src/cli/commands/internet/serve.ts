import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { example } from '../../example.ts';
import { graphFile, graphFlag, openAtlas } from '../../internet-graph.ts';
import type { Runtime } from '../../runtime.ts';
import { untilAborted } from '../../until-aborted.ts';
import { creditOf } from './map.ts';

export function internetServeCommand(runtime: Runtime) {
  return new Command('serve')
    .description(
      'Open the planet in a browser of this machine: every AS and link, to pan, zoom, search and select. A newer graph file is taken over while it runs.',
    )
    .option('--port <number>', 'on 127.0.0.1 (default: one that is free)', portNumber)
    .addOption(new Option('--theme <theme>', 'colours').choices(['dark', 'light'] as const).default('dark'))
    .option('--credit <text>', 'a line for where the data are from')
    .option(...graphFlag)
    .addHelpText('after', example('internet serve', 'internet serve -g planet.nwgraph --port 8087'))
    .action(async (flags) => {
      const { screen, signal } = runtime;
      const file = await graphFile(runtime, flags);
      const { servePlanet } = await import('#internet');
      const feed = { file, open: async () => await openAtlas(runtime, flags) };
      await using server = await servePlanet(feed, {
        theme: flags.theme,
        credit: flags.credit ?? ((source) => creditOf(source)),
        signal,
        onProblem: (error) => screen.note(`${file}: ${messageOf(error)}; the graph before it is still shown`),
        ...(flags.port !== undefined && { port: flags.port }),
      });
      screen.document({ url: server.url });
      screen.print(`The planet is at ${screen.colors.bold(server.url)} (Ctrl-C ends it)`);
      await server.ready.catch((error: unknown) => {
        // Whoever ends it before the map is drawn ends it all the same.
        if (!signal.aborted) throw error;
      });
      await untilAborted(signal);
    });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError(`${text}: expected 1 to 65535`);
  return port;
}
