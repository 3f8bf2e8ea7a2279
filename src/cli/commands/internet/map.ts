import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import type { Atlas, LabelPart, MapFormat, PlanetPngOptions } from '#internet';
import { example } from '../../example.ts';
import { graphFlag, openAtlas } from '../../internet-graph.ts';
import { deliver, formats, type MapContent, targetOf } from '../../map-output.ts';
import type { Runtime } from '../../runtime.ts';

const labels = ['asn', 'name', 'country'] as const satisfies readonly LabelPart[];

export function internetMapCommand(runtime: Runtime) {
  return new Command('map')
    .description(
      'Draw a country, some ASes, the planet, or the IPv4 space: a picture, a page, or text for other programs.',
    )
    .option('--country <code>', 'the ASes of a country and who sells to them')
    .option('--asns <list>', 'these ASes with their providers, customers and peers: 8452,24835', asnList)
    .option('--world', 'every AS and every link')
    .option('--hilbert', 'the IPv4 space on a Hilbert curve, as PNG or HTML')
    .option('-o, --output <file>', 'where to write; its ending says the format (default: to stdout as JSON)')
    .addOption(new Option('--format <format>', 'of a map on stdout, or of a file with another ending').choices(formats))
    .addOption(
      new Option(
        '--layout <layout>',
        'layered, polar, force or country; polar, country or hierarchical for the planet',
      ).choices(['layered', 'polar', 'force', 'country', 'hierarchical'] as const),
    )
    .addOption(
      new Option('--by <what>', 'what colours the IPv4 space').choices(['country', 'as'] as const).default('country'),
    )
    .addOption(new Option('--theme <theme>', 'colours').choices(['light', 'dark'] as const))
    .option('--dark', 'light on dark')
    .option('--background <color>', 'behind everything')
    .option('--node-color <color>', 'of ASes without a role of their own')
    .option('--upstream-color <color>', 'of providers outside')
    .option('--downstream-color <color>', 'of customers')
    .option('--operator-color <color>', 'of all providers, instead of a hue each')
    .option('--node-size <factor>', '0.5 to 3 times the usual size', factor)
    .addOption(new Option('--label <parts>', 'what stands in labels (default: asn,name,country)').argParser(labelList))
    .option('--most <n>', 'how many ASes to draw one by one (default: 500)', positive)
    .option(
      '--size <pixels>',
      'of a side of the planet as PNG, or of its edges as SVG, 256 to 8192 (default: 4096, 2048)',
      positive,
    )
    .option('--credit <text>', 'a line for where the data are from')
    .option(...graphFlag)
    .addHelpText(
      'after',
      example(
        'internet map --country eg --dark -o egypt.svg',
        'internet map --asns 8452,24835 --layout polar -o pair.html',
        'internet map --world -o planet.png',
        'internet map --world -o planet.html',
        'internet map --hilbert --by country -o ipv4.png',
      ),
    )
    .action(async (flags) => {
      const { country, asns, world, hilbert } = flags;
      const asked = [country, asns, world, hilbert].filter((one) => one !== undefined).length;
      if (asked !== 1) {
        throw new NetwrightError('NW_USAGE', 'expected one of --country, --asns, --world and --hilbert', {
          hint: 'netwright internet map --country eg -o egypt.svg',
        });
      }
      const target = targetOf(runtime, flags.output, flags.format);
      const atlas = await openAtlas(runtime, flags);
      const theme = flags.theme ?? (flags.dark || world || hilbert ? 'dark' : 'light');
      const credit = flags.credit ?? creditOf(atlas);
      const { drawHilbertHtml, drawHilbertPng, drawMap, findCountry, mapOfAsns, mapOfCountry } = await import(
        '#internet'
      );
      if (hilbert) {
        if (target.format !== 'png' && target.format !== 'html')
          throw notDrawn(target.format, 'the IPv4 space', 'png or html');
        const options = { by: flags.by, theme, credit };
        const bytes =
          target.format === 'png'
            ? await drawHilbertPng(atlas, options)
            : Buffer.from(await drawHilbertHtml(atlas, options));
        return await deliver(runtime, target, bytes, { by: flags.by });
      }
      if (world) {
        const layout = flags.layout ?? 'polar';
        if (layout === 'layered' || layout === 'force') {
          throw new NetwrightError('NW_USAGE', `--layout ${layout}: the planet has polar, country and hierarchical`);
        }
        const { size } = flags;
        if (size !== undefined && (size < 256 || size > 8192)) {
          throw new NetwrightError('NW_USAGE', `--size ${size}: expected 256 to 8192`);
        }
        const options = { layout, theme, credit, ...(size !== undefined && { size }), signal: runtime.signal };
        const content = await drawWorld(atlas, target.format, options);
        return await deliver(runtime, target, content, {
          ases: atlas.graph.asns.length,
          links: atlas.graph.links.count,
        });
      }
      const { layout = 'layered' } = flags;
      if (layout === 'hierarchical') throw new NetwrightError('NW_USAGE', '--layout hierarchical is for --world');
      const options = { credit, ...(flags.most !== undefined && { most: flags.most }) };
      const map =
        country === undefined ? mapOfAsns(atlas, asns!, options) : mapOfCountry(atlas, findCountry(country), options);
      const colors = {
        ...(flags.background !== undefined && { background: flags.background }),
        ...(flags.nodeColor !== undefined && { node: flags.nodeColor }),
        ...(flags.upstreamColor !== undefined && { upstream: flags.upstreamColor }),
        ...(flags.downstreamColor !== undefined && { downstream: flags.downstreamColor }),
        ...(flags.operatorColor !== undefined && { operator: flags.operatorColor }),
      };
      const bytes = await drawMap(map, {
        format: target.format,
        layout,
        theme,
        colors,
        ...(flags.nodeSize !== undefined && { nodeSize: flags.nodeSize }),
        ...(flags.label !== undefined && { label: flags.label }),
        signal: runtime.signal,
      });
      await deliver(runtime, target, bytes, { title: map.title, ases: map.ases.length, links: map.links.length });
      for (const note of map.notes) runtime.screen.note(runtime.screen.errorColors.dim(note));
    });
}

const notDrawn = (format: string, what: string, instead: string): NetwrightError =>
  new NetwrightError('NW_USAGE', `${what} is not drawn as ${format}: expected ${instead}`);

/** The planet in any format: a picture, a page, or text piece by piece. */
async function drawWorld(atlas: Atlas, format: MapFormat, options: PlanetPngOptions): Promise<MapContent> {
  const { drawPlanetHtml, drawPlanetPng, drawPlanetSvg, planetText } = await import('#internet');
  switch (format) {
    case 'png':
      return await drawPlanetPng(atlas, options);
    case 'svg':
      return Buffer.from(await drawPlanetSvg(atlas, options));
    case 'html':
      return Buffer.from(await drawPlanetHtml(atlas, options));
    case 'dot':
    case 'gexf':
    case 'json':
      return planetText(atlas, { ...options, format });
  }
}

/** What the picture says of its data when nothing else is said: the sources, and their day. */
export function creditOf({ sources }: Pick<Atlas, 'sources'>): string {
  const named = sources.slice(0, 3).map(({ name }) => name);
  const more = sources.length - named.length;
  return `from ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function asnList(text: string): number[] {
  return text.split(/[\s,]+/).flatMap((part) => {
    if (part === '') return [];
    const found = /^(?:as)?(\d{1,10})$/i.exec(part)?.[1];
    const dotted = /^(?:as)?(\d{1,5})\.(\d{1,5})$/i.exec(part);
    const asn =
      found !== undefined
        ? Number(found)
        : dotted === null
          ? Number.NaN
          : Number(dotted[1]) * 65_536 + Number(dotted[2]);
    if (!(asn > 0 && asn < 4_294_967_296))
      throw new InvalidArgumentError(`${part}: expected AS numbers such as 8452,24835`);
    return [asn];
  });
}

function factor(text: string): number {
  const value = Number(text);
  if (!(value >= 0.5 && value <= 3)) throw new InvalidArgumentError(`${text}: expected 0.5 to 3`);
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`${text}: expected a whole number above 0`);
  return value;
}

function labelList(text: string): LabelPart[] {
  return text.split(',').map((part) => {
    const found = labels.find((one) => one === part.trim());
    if (found === undefined) throw new InvalidArgumentError(`${part}: expected ${labels.join(', ')}`);
    return found;
  });
}
