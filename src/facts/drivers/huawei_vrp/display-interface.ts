import type { Ask } from '../../ask.ts';
import { type Block, blocksIn } from '../reading/blocks.ts';

/** The clock may be printed before anything else (VRP 8). */
export const preface = /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|[*!^]down: |\([a-zA-Z]\): |PHY: |Brief information )/;

const head = /^ ?([A-Za-z0-9][\w./:-]{1,80}) current state ?: ?(.{0,120})$/;
/** Comware 7 puts the name on a line of its own. */
const splitHead = /^( ?[A-Za-z][\w./:-]{1,80})[ \t\r]*\n ?Current state ?: ?/gm;

/** Splits what `display interface` and `display ip interface` print, of VRP and of Comware alike. */
export const interfaceBlocks = (ask: Ask, command: string, output: string): Block[] =>
  blocksIn(ask, command, output.replace(splitHead, '$1 current state : '), head, preface);

/** Whether it is switched on: the state is `UP`, `DOWN`, `Administratively DOWN`, `DOWN ( Administratively )`. */
export const isEnabled = ({ head: [, , state = ''] }: Block): boolean => !/admin|\*down/i.test(state);
