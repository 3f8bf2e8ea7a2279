import { setImmediate } from 'node:timers/promises';
import { CommanderError } from 'commander';
import { asNetwrightError, errorCodes, NetwrightError } from '#core';
import { createProgram } from './program.ts';
import { Runtime, type RuntimeOptions } from './runtime.ts';

/**
 * Runs one command line, from the words behind the program's name to the exit code. Never rejects: whatever fails is
 * told on stderr, and with `--json` on stdout too.
 */
export async function runCommandLine(words: readonly string[], options: RuntimeOptions): Promise<number> {
  const runtime = new Runtime(options);
  const report = (error: NetwrightError): void => {
    runtime.exitCode = error.exitCode;
    runtime.screen.error(withHelp(error, runtime.commandPath));
    if (error.code === 'NW_INTERNAL' && options.env['NETWRIGHT_DEBUG']) runtime.screen.note(String(error.stack));
  };
  // Known before the command line is read, so that its mistakes are told as JSON too.
  runtime.configure({ ...(words.includes('--json') && { json: true }) });
  try {
    await createProgram(runtime).parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help that was not asked for: the verb is missing, and the help says so. What else is wrong is a NetwrightError.
      if (error.code === 'commander.help') runtime.exitCode = 2;
      // On stderr, where a program does not read.
      if (error.code === 'commander.help' && runtime.screen.isJson)
        report(new NetwrightError('NW_USAGE', 'expected a command'));
    } else report(asNetwrightError(error));
  } finally {
    try {
      await runtime[Symbol.asyncDispose]();
    } catch (error) {
      report(asNetwrightError(error));
    }
  }
  // A file that takes nothing says so a moment after it was written to.
  await setImmediate();
  const { outputFailure } = runtime.screen;
  if (outputFailure) report(outputFailure);
  return runtime.exitCode;
}

/** Where nothing better is known for a wrong use, the help of that very command is. */
function withHelp(error: NetwrightError, commandPath: string): NetwrightError {
  if (error.code !== 'NW_USAGE' || error.hint !== errorCodes.NW_USAGE.remedy) return error;
  const { message, details } = error;
  return new NetwrightError('NW_USAGE', message, { details, hint: `${commandPath} --help`, cause: error });
}
