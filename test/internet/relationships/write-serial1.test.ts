import { describe, expect, it } from 'vitest';
import { buildAsGraph, inferRelationships, relations, steps, writeSerial1 } from '#internet';
import { readAsRel } from '../../../src/internet/files/as-rel.ts';
import { openSource } from '../../../src/internet/source/open-source.ts';
import { pathTable } from './path-table.ts';

describe('relationships as text', () => {
  it('says providers on the left, peers as they are, the rest in comments, by step', () => {
    const is = (name: (typeof relations)[number]): number => relations.indexOf(name);
    const graph = buildAsGraph({
      count: 4,
      a: Uint32Array.of(1, 2, 3, 4),
      b: Uint32Array.of(2, 3, 4, 5),
      relation: Uint8Array.of(is('customer'), is('provider'), is('peer'), is('unknown')),
      step: Uint8Array.of(steps.indexOf('top-down'), steps.indexOf('fold'), steps.indexOf('remaining'), 0),
    });
    const text = [...writeSerial1(graph, { clique: [1, 2], sources: ['rib\nof today'], routeServers: [6695] })].join(
      '',
    );
    expect(text).toBe(
      [
        '# input clique: 1 2',
        '# IXP ASes: 6695',
        '# source: rib of today',
        '# <provider-as>|<customer-as>|-1',
        '# <peer-as>|<peer-as>|0',
        '# step: none (1)',
        '# unknown: 4|5',
        '# step: top-down (1)',
        '1|2|-1',
        '# step: fold (1)',
        '3|2|-1',
        '# step: remaining (1)',
        '3|4|0',
        '',
      ].join('\n'),
    );
  });

  it('is read back as it was', async () => {
    const inference = await inferRelationships(pathTable('1 10 20 2', '2 20 10 1', '3 10 20 2'), { clique: [10, 20] });
    const text = [...writeSerial1(inference, { clique: inference.clique })].join('');
    await using source = await openSource({ name: 'as-rel.txt', bytes: Buffer.from(text) }, {});
    const { links, clique } = await readAsRel(source);
    expect(clique).toEqual(inference.clique);
    const rows = Array.from(
      { length: links.count },
      (_, at) => `${links.a[at]} ${relations[links.relation[at]!]} ${links.b[at]}`,
    );
    expect(new Set(rows)).toContain('10 customer 1');
    expect(rows.length).toBe(inference.links.relation.filter((relation) => relation !== 0).length);
  });
});
