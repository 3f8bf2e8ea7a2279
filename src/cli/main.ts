#!/usr/bin/env node
import { runCommandLine } from './command-line.ts';
import { interruption } from './interruption.ts';
import { npmScript } from './npm-script.ts';

/** How long something that was not closed may keep the process once the command is done. */
const lingerMs = 3000;

const { stdin, stdout, stderr, env } = process;
const { signal, release } = interruption(process);
// Paths are meant from where they were typed, not from where npm runs its scripts.
const cwd = npmScript(env).typedIn ?? process.cwd();
process.exitCode = await runCommandLine(process.argv.slice(2), { stdin, stdout, stderr, env, cwd, signal });
release();
leaveSoon();

/** Ends a process that something keeps alive, but not before a slow reader has taken all that was printed. */
function leaveSoon(): void {
  setTimeout(() => {
    if (process.stdout.writableLength > 0) leaveSoon();
    else process.exit();
  }, lingerMs).unref();
}
