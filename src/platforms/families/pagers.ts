import type { Exchange } from '../platform.ts';

/** More pages than any configuration has: the pager is answered until the output ends. */
export const everyPage = 1_000_000;

/** `--More--` and its many spellings at the end of what came, answered with a space. */
export const morePager: Exchange = {
  see: /-{1,3} ?\(?[Mm](?:ore|ORE)\)? ?-{1,3}[ ]*$/,
  answer: ' ',
  newline: false,
  times: everyPage,
};
