import { severities } from './policy.ts';

const text = (description: string) => ({ type: 'string', minLength: 1, description });
const patterns = (description: string) => ({
  description,
  anyOf: [{ $ref: '#/$defs/pattern' }, { type: 'array', minItems: 1, items: { $ref: '#/$defs/pattern' } }],
});
const texts = (description: string) => ({
  description,
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
  ],
});

const body = {
  section: texts('Applied to every section with such a header: "interface *"; a list leads deeper, outermost first.'),
  except: texts('Headers of sections that are left alone: "interface Loopback*".'),
  having: patterns('Only sections that hold all of these.'),
  required: patterns('Lines or sections that have to be there.'),
  forbidden: patterns('Lines or sections that must not be there.'),
  ordered: patterns('Lines that have to be there in this order; others may stand between them.'),
};

const factsList = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    minProperties: 1,
    additionalProperties: { anyOf: [{ type: 'object' }, { type: 'array' }, { type: 'string' }] },
  },
};

const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: {
    id: text('A short name, one of a kind in the file.'),
    title: text('What the rule is for, in a sentence.'),
    severity: { enum: [...severities], default: 'medium', description: 'How bad it is when the rule does not hold.' },
    for: text('A select expression: "platform:cisco_ios and role:edge". Default every device.'),
    ...body,
    platforms: {
      type: 'object',
      description:
        'Other lines for some platforms, by id or glob: "cisco_*". They take the place of those of the rule.',
      additionalProperties: { type: 'object', additionalProperties: false, properties: body },
    },
    facts: { ...factsList, description: 'Getters and what they are to answer, as in validation files of NAPALM.' },
  },
};

const search = (key: 'match' | 'like', description: string) => ({
  type: 'object',
  additionalProperties: false,
  required: [key],
  properties: { [key]: text(description), except: patterns('Lines that do not count although they look like it.') },
});

const policy = {
  type: 'object',
  additionalProperties: false,
  required: ['rules'],
  properties: {
    title: text('What the policy is for.'),
    rules: { type: 'array', minItems: 1, items: rule },
  },
};

/** What docs/schema/policy.json holds, for editors. */
export function policyJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Policy for netwright check',
    anyOf: [policy, { ...factsList, description: 'A validation file of NAPALM.' }],
    $defs: {
      pattern: {
        anyOf: [
          { type: 'string', minLength: 1, description: 'A line, or a section with what it holds at least.' },
          search('match', 'A regular expression (Python), looked for in every line, at every depth.'),
          search('like', 'A glob for a whole line, at every depth: "ntp server *".'),
          {
            type: 'object',
            additionalProperties: false,
            required: ['any of'],
            properties: { 'any of': { type: 'array', minItems: 1, items: { $ref: '#/$defs/pattern' } } },
          },
        ],
      },
    },
  };
}

export const policyKeys = Object.keys(policy.properties);
export const ruleKeys = Object.keys(rule.properties);
export const bodyKeys = Object.keys(body);
