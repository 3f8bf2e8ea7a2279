import type { CodeModel } from '#codemap';
import { madeModel } from '../layout/made-models.ts';

/** Names that try to get out of every format; no language would allow them, a damaged or made-up model may. */
export const hostileNames = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>',
  "'); alert(3); ('",
  '\u0024{alert(4)}',
  '<!--',
  ']]>',
  'a\\"; shape=star; b="',
  'two\nlines --> n0',
  '@enduml',
  '%%{init: {}}%%',
  '{{ }} `tick` #quot; &amp; ~T~',
  'control \u0000\u0007 half \ud800',
  '\u2028separator',
  'מחלקה 类 🙂',
  'javascript:alert(5)',
  'A'.repeat(400),
];

export function hostileModel(): CodeModel {
  const made = hostileNames.map((name, index) => ({
    name,
    folder: index % 3 === 0 ? `${hostileNames[index % 5]!.replaceAll('/', '|')}/` : '',
    parents: index === 0 ? [] : [Math.floor(index / 3)],
    holds: index % 4 === 0 ? [0] : [],
  }));
  const model = madeModel(made, ['lib.<b>Outside</b>']);
  return {
    ...model,
    name: hostileNames[0]!,
    factories: [
      {
        id: `t#${hostileNames[1]}`,
        name: hostileNames[1]!,
        module: hostileNames[2]!,
        at: { file: hostileNames[2]!, line: 1 },
        entries: model.classes.map(({ id, name, at }) => ({ key: name, target: id, at })),
      },
    ],
    classes: model.classes.map((one) => ({
      ...one,
      summary: hostileNames[0]!,
      members: one.members.map((member) => ({ ...member, type: hostileNames[1]!, parameters: hostileNames[0]! })),
    })),
  };
}
