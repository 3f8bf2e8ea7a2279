import type { IntendedFile } from '../driver.ts';
import { quoted } from './linux-files.ts';

/** The files of one change, all beside the one that it changes, so that moving one there is a single step. */
export interface ChangeFiles {
  readonly path: string;
  /** What it is to be. */
  readonly next: string;
  /** What it was; absent when there was none. */
  readonly kept: string;
  /** There while the new file is being brought into effect: a cut-off there leaves it behind. */
  readonly stage: string;
  /** The process that takes the change back, as long as nobody confirmed it. */
  readonly timer: string;
  /** Whether there was a file before. */
  readonly existed: boolean;
}

export const filesOf = (path: string, id: string, existed: boolean): ChangeFiles => ({
  path,
  existed,
  next: `${path}.netwright-${id}.new`,
  kept: `${path}.netwright-${id}.kept`,
  stage: `${path}.netwright-${id}.stage`,
  timer: `${path}.netwright-${id}.timer`,
});

/** All that a change may leave beside its file, the parts of a cut-off step included. */
export const allOf = ({ next, kept, stage, timer }: ChangeFiles): readonly string[] => [
  next,
  `${next}.b64`,
  kept,
  `${kept}.b64`,
  `${kept}.back`,
  stage,
  timer,
];

const reloadOf = ({ reload }: IntendedFile): string => reload ?? 'true';

/**
 * Goes on when the connection that began it is cut: deaf to the hang-up, and with its words in the stage file, because
 * the terminal is gone then. Success removes that file, and a cut-off or a failure leaves it.
 */
const steadfast = (script: string, stage: string): string =>
  `(trap '' HUP; { ${script}; } >${stage} 2>&1 </dev/null && rm -f ${stage}); s=$?; cat ${stage} 2>/dev/null; test $s = 0`;

/** Puts the kept file back, or removes the new one where there was none, and brings that into effect. */
export const restoreScript = (files: ChangeFiles, file: IntendedFile): string => {
  const [path, kept] = [quoted(files.path), quoted(files.kept)];
  const back = files.existed ? `cp -p ${kept} ${kept}.back && mv -f ${kept}.back ${path}` : `rm -f ${path}`;
  return steadfast(`${back} && { ${reloadOf(file)}; }`, quoted(files.stage));
};

/** Moves the new file into place and brings it into effect. */
export const applyScript = (files: ChangeFiles, file: IntendedFile): string =>
  steadfast(`mv -f ${quoted(files.next)} ${quoted(files.path)} && { ${reloadOf(file)}; }`, quoted(files.stage));

/** A process of the host's own that restores after so many seconds unless the mark is gone by then. */
export const timerScript = (files: ChangeFiles, file: IntendedFile, seconds: number): string => {
  const timer = quoted(files.timer);
  const then = `sleep ${seconds}; test -e ${timer} || exit 0; ${restoreScript(files, file)}; rm -f ${timer}`;
  return `nohup $(command -v setsid) sh -c ${quoted(`echo $$ > ${timer}; ${then}`)} </dev/null >/dev/null 2>&1 & sleep 0.2; test -e ${timer}`;
};

/** Ends the timer. */
export const stopTimerScript = (files: ChangeFiles): string => {
  const timer = quoted(files.timer);
  return `if test -e ${timer}; then p=$(cat ${timer}); rm -f ${timer}; kill -- -$p 2>/dev/null || kill $p 2>/dev/null; fi; true`;
};

/** Prints `armed`, `staged` or both. */
export const marksScript = (files: ChangeFiles): string =>
  `test -e ${quoted(files.timer)} && kill -0 $(cat ${quoted(files.timer)}) 2>/dev/null && echo armed; test -e ${quoted(files.stage)} && echo staged; true`;
