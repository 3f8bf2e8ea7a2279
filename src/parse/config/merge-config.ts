import { NetwrightError } from '#core';
import type { ConfigTree } from './config-tree.ts';
import { dialectOf } from './dialects/index.ts';

/**
 * What a configuration becomes when these lines are typed in the configuration mode, from its top: negations remove,
 * lines of which a section holds one replace each other, sections are entered and left as the system does it.
 * @throws NetwrightError `NW_CONFIG_SYNTAX` with the line; `NW_NOT_SUPPORTED` where the dialect has no commands.
 */
export function mergeConfig(running: ConfigTree, lines: string, options: { file?: string } = {}): ConfigTree {
  const dialect = dialectOf(running.dialect);
  if (dialect.type === undefined)
    throw new NetwrightError('NW_NOT_SUPPORTED', `${dialect.name} text takes no lines; replace it as a whole`);
  return { dialect: running.dialect, nodes: dialect.type(running.nodes, lines, options.file ?? 'lines') };
}

/**
 * The lines to type, in order, that make the running configuration the intended one; none when they are equal. An
 * element is one command; a banner is one element with line ends in it. The rollback is the reverse call.
 * `mergeConfig(running, remediate(running, intended).join('\n'))` equals `intended` under the rules of the dialect.
 * @throws NetwrightError `NW_CONFIG_UNREACHABLE` when no lines of the dialect lead there.
 */
export function remediate(running: ConfigTree, intended: ConfigTree): readonly string[] {
  const dialect = dialectOf(running.dialect);
  if (intended.dialect !== running.dialect)
    throw new NetwrightError(
      'NW_NOT_SUPPORTED',
      `a ${running.dialect} configuration cannot become a ${intended.dialect} one`,
    );
  if (dialect.remedy === undefined)
    throw new NetwrightError('NW_NOT_SUPPORTED', `${dialect.name} text takes no lines; replace it as a whole`);
  return dialect.remedy(running.nodes, intended.nodes);
}
