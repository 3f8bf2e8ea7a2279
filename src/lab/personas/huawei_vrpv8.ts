import type { Complaint, Persona } from '../persona.ts';
import { parseTree } from '../section-tree.ts';
import { vrp8Transactions } from '../transactions/vrp8.ts';
import { volatile } from '../volatile.ts';
import { vrpAnswers } from './answers/vrp-answers.ts';
import { huawei_vrp } from './huawei_vrp.ts';
import { huaweiRefusals, huaweiShutsOff } from './huawei-refusals.ts';

/** BGP peers need a number before they can be put in force. */
function check(text: string): Complaint[] {
  const tree = parseTree(text, huawei_vrp.edit);
  return tree.flatMap(({ line, below }) => {
    if (!line.startsWith('bgp ')) return [];
    const peers = new Set(below.flatMap((inner) => /^peer (\S+)/.exec(inner.line)?.[1] ?? []));
    return [...peers]
      .filter((peer) => !below.some((inner) => inner.line.startsWith(`peer ${peer} as-number `)))
      .map((peer) => ({
        path: [line],
        line: `peer ${peer}`,
        says: `The AS number of the peer ${peer} has not been configured.`,
      }));
  });
}

/** VRP V200R019 of a CloudEngine 6857: what is typed waits for `commit`. */
export const huawei_vrpv8: Persona = {
  ...huawei_vrp,
  id: 'huawei_vrpv8',
  modes: {
    user: { prompt: ({ host }) => `<${host}>` },
    system: {
      prompt: ({ host, section, isDirty }) => `[${isDirty ? '*' : '~'}${host}${section === '' ? '' : `-${section}`}]`,
      edits: true,
      candidate: true,
      leaves: 'user',
    },
  },
  commands: [
    ...vrp8Transactions,
    ...vrpAnswers('vrp8'),
    ...huawei_vrp.commands.filter(
      ({ words, in: modes }) =>
        words !== 'system-view' &&
        words !== 'return' &&
        words !== 'display version' &&
        words !== 'display current-configuration' &&
        words !== 'display current-configuration *' &&
        !(words === 'quit' && modes?.includes('system') === true),
    ),
    {
      words: 'display version',
      in: ['user', 'system'],
      print: () =>
        `Huawei Versatile Routing Platform Software\nVRP (R) software, Version 8.191 (CE6857EI V200R019C10SPC800)\nCopyright (C) 2012-2020 Huawei Technologies Co., Ltd.\nHUAWEI CE6857-48S6CQ-EI uptime is ${volatile('uptime')}\n\nCE6857-48S6CQ-EI(Master) 1 : uptime is ${volatile('uptime')}\n`,
    },
    {
      words: 'display current-configuration',
      in: ['user', 'system'],
      run: ({ device }) => ({ text: device.show(), isConfiguration: true }),
    },
  ],
  config: {
    ...huawei_vrp.config,
    before: () =>
      `!Software Version V200R019C10SPC800\n!Last configuration was updated at ${volatile('iso')} by netwright\n#\n`,
  },
  files: { kind: 'flat', prefix: 'flash:/', totalBytes: 1_000_000_000, usedBytes: 300_000_000 },
  transfers: { sftp: 'always', scp: 'never' },
  check,
  shutsOff: huaweiShutsOff(/^interface Vlanif1$/),
  edit: { ...huawei_vrp.edit, refuses: huaweiRefusals, ordered: /^acl / },
};
