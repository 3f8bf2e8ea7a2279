/** What each recorded case was asked with, and which part of the answer its expectation speaks of. */
export interface Question {
  readonly args: Record<string, string | boolean>;
  readonly part: (value: unknown) => unknown;
}

const whole = (value: unknown): unknown => value;
const one = (args: Record<string, string | boolean>): readonly Question[] => [{ args, part: whole }];
const field = (name: string) => (value: unknown) => (value as Record<string, unknown>)[name];

/**
 * The `filtered` cases ask for running, start-up and candidate in turn: each answer holds that one alone, as the last
 * one does in the expectation; where the expectation holds all three, each is compared with its own.
 */
function filtered(sanitized: boolean, expected: unknown): readonly Question[] {
  const filled = Object.entries(expected as object).flatMap(([name, text]) => (text === '' ? [] : [name]));
  return filled.length > 1
    ? ['running', 'startup', 'candidate'].map((retrieve) => ({ args: { retrieve, sanitized }, part: field(retrieve) }))
    : one({ retrieve: filled[0] ?? 'candidate', sanitized });
}

export function fixtureArgs(name: string, expected: unknown): readonly Question[] {
  switch (name) {
    case 'get_arp_table_with_vrf':
      return one({ vrf: 'TEST' });
    case 'get_route_to':
      return one({ destination: '1.0.4.0/24', protocol: 'bgp' });
    case 'get_route_to_longer':
      return one({ destination: '1.0.4.0/24', protocol: 'bgp', longer: true });
    case 'get_config_sanitized':
      return one({ sanitized: true });
    case 'get_config_filtered':
      return filtered(false, expected);
    case 'get_config_sanitized_filtered':
      return filtered(true, expected);
    default:
      return one({});
  }
}
