#!/usr/bin/env node
import { CommanderError } from 'commander';
import { asNetwrightError, NetwrightError } from '#core';
import { interruption } from './interruption.ts';
import { createProgram } from './program.ts';
import { Runtime } from './runtime.ts';

/** How long something that was not closed may keep the process once the command is done. */
const lingerMs = 3000;

const { signal, release } = interruption(process);
const runtime = new Runtime({
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal,
});
// Known before the command line is read, so that its mistakes are told as JSON too.
runtime.configure({ ...(process.argv.includes('--json') && { json: true }) });

try {
  await createProgram(runtime).parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // Help that was not asked for: the verb is missing, and the help says so.
    if (error.code === 'commander.help') runtime.exitCode = 2;
    else if (error.exitCode !== 0) report(new NetwrightError('NW_USAGE', error.message.replace(/^error: /, '')));
  } else report(asNetwrightError(error));
} finally {
  try {
    await runtime[Symbol.asyncDispose]();
  } catch (error) {
    report(asNetwrightError(error));
  }
  release();
  process.exitCode = runtime.exitCode;
  leaveSoon();
}

/** Ends a process that something keeps alive, but not before a slow reader has taken all that was printed. */
function leaveSoon(): void {
  setTimeout(() => {
    if (process.stdout.writableLength > 0) leaveSoon();
    else process.exit();
  }, lingerMs).unref();
}

function report(error: NetwrightError): void {
  runtime.exitCode = error.exitCode;
  runtime.screen.error(error);
  if (error.code === 'NW_INTERNAL' && process.env['NETWRIGHT_DEBUG']) runtime.screen.note(String(error.stack));
}
