import type { ConfigNode, ConfigTree } from '#parse';
import { applySecrets, type Platform, type SecretRule } from '#platforms';

/**
 * Gives an intended configuration the running one's words for secrets that the device encrypts anew at each read
 * (FortiOS): whether the secret is another one cannot be told from them, so what is only salted differently is no
 * change. Another secret has to be given in the clear.
 */
export function withRunningSalt(intended: ConfigTree, running: ConfigTree, { backup }: Platform): ConfigTree {
  const rules = backup.secrets.filter((rule) => rule.resalted === true);
  return rules.length === 0 ? intended : { ...intended, nodes: aligned(intended.nodes, running.nodes, rules) };
}

function aligned(
  nodes: readonly ConfigNode[],
  running: readonly ConfigNode[],
  rules: readonly SecretRule[],
): readonly ConfigNode[] {
  const known = new Map(running.map((node) => [masked(node.text, rules), node]));
  return nodes.map((node) => {
    const same = known.get(masked(node.text, rules));
    if (same === undefined) return node;
    return { ...node, text: same.text, children: aligned(node.children, same.children, rules) };
  });
}

const masked = (text: string, rules: readonly SecretRule[]): string => applySecrets(text, rules, () => '<secret>');
