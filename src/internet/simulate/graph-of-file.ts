import { readAsRel } from '../files/as-rel.ts';
import type { AsGraph } from '../graph/as-graph.ts';
import { asGraphInSlices } from '../graph/build-graph.ts';
import { runSliced } from '../relationships/slices.ts';
import { type OpenSourceOptions, openSource, type SourceInput } from '../source/open-source.ts';

/**
 * The graph of a relationship file (CAIDA serial-1 or serial-2, packed or not), to simulate on.
 * @throws NetwrightError `NW_INTERNET_FILE` or `NW_INTERNET_FORMAT` when it cannot be read as one.
 */
export async function graphOfFile(input: SourceInput, options: OpenSourceOptions = {}): Promise<AsGraph> {
  await using source = await openSource(input, options);
  const { links } = await readAsRel(source);
  return await runSliced(asGraphInSlices(links), options.signal === undefined ? {} : { signal: options.signal });
}
