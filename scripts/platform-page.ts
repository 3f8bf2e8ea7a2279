import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type {
  BackupCommand,
  Completeness,
  Exchange,
  LineRule,
  Platform,
  SecretRule,
  Step,
} from '../src/platforms/platform.ts';
import { applySecrets } from '../src/platforms/text-rules.ts';

/** docs/platforms/README.md: all platforms in a table. */
export function platformsPage(platforms: readonly Platform[]): string {
  const rows = platforms.map(
    ({ id, vendor, name, aliases = [], transaction, pipelining, verified }) =>
      `| [${id}](${id}.md) | ${vendor} ${name} | ${aliases.map(code).join(' ') || '-'} | ${transaction.method} | ${pipelining} | ${verified} |`,
  );
  return [
    '# Platforms',
    '',
    `${platforms.length} network operating systems, each declared as data in one file of \`src/platforms/catalogue/\`. Ids and`,
    "aliases are netmiko's, so that inventories carry over. `platform: auto` detects.",
    '',
    '| id | system | aliases | changes | pipelining | verified |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...ownPlatform,
  ].join('\n');
}

const ownPlatform = [
  '## A platform of your own',
  '',
  'A YAML file in the `platforms/` folder of a workspace is a platform as good as these, and is read again whenever it',
  'changes. It has the same fields; patterns are texts (`^…$`, or `/…/i` for a flag). With `extends` it states only what',
  'differs: mappings are joined, lists are replaced, and `append` adds to one. A file with the id of a platform above takes',
  'its place. `docs/schema/platform.json` lets an editor complete and check it. Mistakes are reported with file, line and',
  'column by `netwright platforms show <id>`.',
  '',
  '```yaml',
  '# yaml-language-server: $schema=../docs/schema/platform.json',
  'id: acme_switch',
  'extends: cisco_ios',
  'vendor: Acme',
  'name: AcmeOS',
  'open: [terminal length 0]',
  'failures:',
  "  append: ['^Bad command']",
  'backup:',
  '  commands:',
  '    - { run: show version, as: comment, keep: [^Version] }',
  '    - { run: show running-config, drop: [{ word: uptime, match: ^! uptime }] }',
  '  secrets:',
  '    append:',
  "      - { word: license-key, match: 'license-key (?<secret>\\S+)' }",
  '```',
  '',
];

/** A sample line, or the platform whose samples hold here too. */
type SecretSample = { readonly text: string; readonly gone: readonly string[] } | { readonly include: string };

/** A page with the same headings for every platform; examples come from the samples that the tests use. */
export function platformPage(platform: Platform, root: string): string {
  const sample = (file: string): unknown => {
    const path = join(root, 'test/platforms', platform.id, file);
    return existsSync(path) ? parse(readFileSync(path, 'utf8')) : undefined;
  };
  const prompts = (sample('prompts.yaml') ?? {}) as Record<string, readonly string[]>;
  const secrets = (sample('secrets.yaml') ?? []) as readonly SecretSample[];
  const { id, vendor, name, aliases = [], backup, transaction } = platform;
  const section = (title: string, lines: readonly string[]): string[] => [`## ${title}`, '', ...lines, ''];
  return [
    `# ${vendor} ${name}`,
    '',
    `\`platform: ${id}\`${aliases.length > 0 ? `, also known as ${aliases.map(code).join(', ')}` : ''}.`,
    '',
    ...section('Prompts and modes', [...modeTable(platform, prompts), '', configureSentence(platform)]),
    ...section('Logging in', loginLines(platform)),
    ...section('Backup commands', backup.commands.map(commandLine)),
    ...section('What is secret', secretLines(secrets, backup.secrets)),
    ...section(
      'What is volatile',
      ruleLines(backup.volatile, 'Nothing: the configuration has no line that changes by itself.'),
    ),
    ...section('What proves it complete', completenessLines(backup.complete)),
    ...section('Transactions', [
      `Changes are applied by ${methodWords[transaction.method]}; ${transaction.atomic ? 'all or nothing' : 'not atomically'}.`,
      `${transaction.confirmed ? 'The device takes an unconfirmed change back by itself.' : 'The device does not take a change back by itself.'}`,
      `${rollbackWords[transaction.rollback]} ${transaction.diff === 'native' ? 'The device compares.' : 'Netwright compares.'}`,
      ...(platform.save ? [`Saved with ${platform.save.map(stepCode).join(', ')}.`] : ['Nothing needs to be saved.']),
    ]),
    ...section('Detection', detectionLines(platform)),
    ...section('Notes', platform.notes?.map((note) => `- ${note}`) ?? ['None.']),
    ...section('Verified', [
      platform.verified === 'peer'
        ? 'Against the real system in `test/peers/`, and against its samples in the catalogue tests.'
        : `Against its samples in \`test/platforms/${id}/\`: prompts, secrets, volatile lines, a whole configuration and a session that the lab plays.`,
    ]),
  ].join('\n');
}

const methodWords: Readonly<Record<Platform['transaction']['method'], string>> = {
  'native candidate': "the device's own candidate configuration",
  session: 'a configuration session of the device',
  'configure replace': 'replacing the configuration with a file',
  checkpoint: 'a checkpoint to go back to',
  'line by line': 'typing line by line',
};
const rollbackWords: Readonly<Record<Platform['transaction']['rollback'], string>> = {
  exact: 'It can go back to exactly what was.',
  computed: 'Going back is computed from the difference.',
  none: 'There is no way back but another change.',
};

/** As code in Markdown, whatever backticks and bars it holds. */
function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
const cell = (text: string): string => text.replaceAll('|', '\\|');
const stepCode = (step: Step): string => code(typeof step === 'string' ? step : step.send || '(Enter)');

function modeTable(platform: Platform, prompts: Readonly<Record<string, readonly string[]>>): string[] {
  const rows = Object.entries(platform.modes).map(([name, mode]) => {
    const ways = Object.entries(mode.to ?? {}).map(
      ([next, steps]) => `${next}: ${(steps ?? []).map(stepCode).join(', ') || '(nothing)'}`,
    );
    const example = prompts[name]?.[0];
    return `| ${name} | ${example === undefined ? '' : cell(code(example))} | ${cell(ways.join('; '))} |`;
  });
  return ['| mode | prompt, for example | ways to other modes |', '|---|---|---|', ...rows];
}

const configureSentence = ({ home, configure }: Platform): string =>
  `Commands are run in \`${home}\`. ${configure === undefined ? 'There is no configuration mode.' : `Configuration lines go to \`${configure}\`.`}`;

function loginLines(platform: Platform): string[] {
  const lines = (platform.login ?? []).map(exchangeLine);
  if (platform.userSuffix !== undefined) lines.push(`- ${code(platform.userSuffix)} is appended to the user name.`);
  const typed = [...(platform.open ?? [])].map((step) => {
    const isOptional = typeof step !== 'string' && step.optional === true;
    return `${stepCode(step)}${isOptional ? ' (where it is known)' : ''}`;
  });
  if (typed.length > 0) lines.push(`- Typed first: ${typed.join(', ')}.`);
  if (platform.close?.length) lines.push(`- Typed last: ${platform.close.map(stepCode).join(', ')}.`);
  if (platform.loginsPerSecond !== undefined) lines.push(`- At most ${platform.loginsPerSecond} new logins a second.`);
  lines.push(`- Pipelining: ${pipeliningWords[platform.pipelining]}.`);
  return lines;
}

const pipeliningWords = {
  none: 'none, each command waits for its prompt',
  open: 'the preparation goes out in one burst, commands wait for their prompts',
  full: 'preparation and commands go out in one burst',
};

const exchangeLine = ({ see, answer, newline }: Exchange): string => {
  const typed =
    typeof answer === 'string'
      ? answer === ''
        ? 'Enter'
        : code(answer === ' ' ? 'space' : answer)
      : `the ${answer.secret} of the credential`;
  return `- Asked ${code(String(see))}, it types ${typed}${newline === false ? ' (no Enter)' : ''}.`;
};

function commandLine({ run, as, keep, drop, optional, timeoutMs }: BackupCommand): string {
  const facts = [
    as === 'configuration' ? 'the configuration' : 'as a comment',
    ...(optional ? ['left out where it is refused'] : []),
    ...(keep ? [`only lines that match ${keep.map((one) => code(String(one))).join(', ')}`] : []),
    ...(drop ? [`without lines that match ${drop.map(ruleCode).join(', ')}`] : []),
    ...(timeoutMs === undefined ? [] : [`up to ${timeoutMs / 1000} s`]),
  ];
  return `- ${code(run)}: ${facts.join('; ')}.`;
}

const ruleCode = ({ word, match }: LineRule): string => code(match === undefined ? word : String(match));
const ruleLines = (rules: readonly LineRule[], none: string): string[] =>
  rules.length === 0 ? [none] : rules.map((rule) => `- ${ruleCode(rule)}`);

/** Examples say more than patterns: the sample lines as they are stored. */
function secretLines(samples: readonly SecretSample[], rules: readonly SecretRule[]): string[] {
  if (rules.length === 0) return ['Nothing that the configuration shows.'];
  const alike = samples.flatMap((sample) => ('include' in sample ? [sample.include] : []));
  const lines = samples
    .filter((sample) => 'text' in sample)
    .filter(({ gone }) => gone.length > 0)
    .flatMap(({ text }) => applySecrets(text, rules, () => '<secret>').split('\n'))
    .filter((line) => line.includes('<secret>'));
  const blocks = rules.filter((rule) => rule.kind === 'block');
  return [
    'Replaced by a mark that is the same for the same value, for example:',
    '',
    ...(lines.length > 0 ? ['```text', ...new Set(lines), '```'] : []),
    ...alike.map((id) => `${lines.length > 0 ? '\nAlso all' : 'All'} that is secret on [${id}](${id}.md).`),
    ...(blocks.length > 0
      ? ['', ...blocks.map(({ from, to }) => `- Everything between ${code(String(from))} and ${code(String(to))}.`)]
      : []),
    ...(rules.some(({ resalted }) => resalted)
      ? ['', 'Values that the device encrypts anew at each read get a mark that does not depend on them.']
      : []),
  ];
}

function completenessLines({ end, balanced, nested, prompt }: Completeness): string[] {
  return [
    ...(end ? [`- The last line matches ${end.map((one) => code(String(one))).join(' or ')}.`] : []),
    ...(balanced ? ['- Every opening brace has its closing one.'] : []),
    ...(nested ?? []).map(({ open, close }) => `- Every ${code(String(open))} is closed by ${code(String(close))}.`),
    ...(prompt ? ['- The prompt came back; a configuration that shrank much is held back all the same.'] : []),
  ];
}

function detectionLines({ detect }: Platform): string[] {
  if (detect === undefined) return ['Not detected: name it in the inventory.'];
  return [
    ...(detect.greeting ? [`- The SSH greeting matches ${code(String(detect.greeting))}.`] : []),
    ...(detect.prompt ? [`- The first prompt or the text before it matches ${code(String(detect.prompt))}.`] : []),
    ...(detect.probes ?? []).map(
      ({ run, match, priority }) => `- ${code(run)} prints ${code(String(match))} (priority ${priority}).`,
    ),
  ];
}
