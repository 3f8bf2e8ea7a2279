import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { Environment, Users } from '../../model/device.ts';
import { isObject, numberAt } from '../reading/json.ts';
import { withoutSecrets } from '../reading/sanitize.ts';
import { readTop } from '../reading/top.ts';
import { unreadable } from '../reading/unreadable.ts';
import { parse } from './shell-json.ts';

const accounts = 'getent passwd';
const groups = 'getent group sudo wheel';
const keyFiles = 'tail -v -n +1 ~root/.ssh/authorized_keys /home/*/.ssh/authorized_keys 2>/dev/null';

/** Accounts that a person can log in with. Level 15 is for root and for who may become root; keys are told to root. */
export const readUsers: ReadFacts<'get_users'> = async (ask) => {
  const [passwd, administrators, keys] = await Promise.all([
    ask.text(accounts),
    ask.text(groups, { optional: true }),
    ask.text(keyFiles),
  ]);
  for (const command of [groups, keyFiles]) ask.understood(command);
  const mayBecomeRoot = new Set(
    (administrators ?? '')
      .split('\n')
      .flatMap((line) => /^(?:sudo|wheel):[^:]*:\d+:(.+)$/.exec(line)?.[1]?.split(',') ?? []),
  );
  const users: Users = {};
  readLines(ask, accounts, passwd, (line) => {
    const [name, , uid, , , home, shell, ...rest] = line.split(':');
    if (name === undefined || home === undefined || shell === undefined || rest.length > 0) return false;
    const isPerson = uid === '0' || (Number(uid) >= 1000 && Number(uid) < 65_534);
    if (!isPerson || /\/(?:nologin|false|sync)$/.test(shell)) return true;
    const isRoot = uid === '0' || mayBecomeRoot.has(name);
    users[name] = { level: isRoot ? 15 : 1, password: '', sshkeys: keysIn(keys, home) };
    return true;
  });
  return users;
};

function keysIn(output: string, home: string): string[] {
  const heading = `==> ${home}/.ssh/authorized_keys <==\n`;
  const from = output.indexOf(heading);
  if (from === -1) return [];
  const [file = ''] = output.slice(from + heading.length).split(/^==> /m, 1);
  return file.split('\n').flatMap((line) => /\b((?:ssh|ecdsa|sk)-[\w@.-]{3,40} [\w+/=]{20,}.*)$/.exec(line)?.[1] ?? []);
}

/** The files that make the network, as backups keep them. There is neither candidate nor start-up. */
export const readConfig: ReadFacts<'get_config'> = async (ask, { retrieve, sanitized }) => {
  if (retrieve !== 'all' && retrieve !== 'running') return { running: '', candidate: '', startup: '' };
  const commands = ask.platform.backup.commands.filter((command) => command.as === 'configuration');
  const texts = await Promise.all(commands.map(async ({ run }) => await ask.text(run, { timeoutMs: 120_000 })));
  for (const { run } of commands) ask.understood(run);
  const running = texts.join('\n');
  return { running: sanitized ? withoutSecrets(running, ask.platform) : running, candidate: '', startup: '' };
};

/** Only the second time does `top` know the load of now. */
const top = "top -bn2 -d 0.5 | grep -E '^(%?Cpu|([KMG]iB )?Mem)' | tail -n 2";
const sensors = 'sensors -j 2>/dev/null';

/** Memory in kilobytes. Fans and temperatures are those of lm-sensors, where it is. */
export const readEnvironment: ReadFacts<'get_environment'> = async (ask) => {
  const [head, chips] = await Promise.all([ask.text(top), ask.text(sensors, { optional: true })]);
  const { usedCpu, totalRam, usedRam } = readTop(head);
  if (usedCpu === undefined || totalRam === undefined) throw unreadable(top, 'the head of `top`', head);
  for (const command of [top, sensors]) ask.understood(command);
  const found: Environment = {
    fans: {},
    temperature: {},
    power: {},
    cpu: { '0': { '%usage': usedCpu } },
    memory: { available_ram: totalRam, used_ram: usedRam ?? -1 },
  };
  readSensors(found, chips === undefined ? undefined : parse(sensors, chips));
  return found;
};

/** `{ "coretemp-isa-0000": { "Core 0": { "temp2_input": 40, "temp2_max": 80, "temp2_crit": 100 } } }` */
function readSensors(found: Environment, chips: unknown): void {
  for (const [chip, features] of Object.entries(isObject(chips) ? chips : {})) {
    for (const [feature, values] of Object.entries(isObject(features) ? features : {})) {
      if (!isObject(values)) continue;
      const [, kind] =
        Object.keys(values)
          .map((key) => /^(fan|temp)\d+_input$/.exec(key))
          .find(Boolean) ?? [];
      const of = (suffix: string, missing: number): number => {
        const key = Object.keys(values).find((one) => one.endsWith(suffix));
        return key === undefined ? missing : numberAt(values, key, missing);
      };
      const degrees = of('_input', 0);
      const name = `${chip} ${feature}`;
      if (kind === 'fan') found.fans[name] = { status: degrees > 0 };
      if (kind === 'temp') {
        const isCritical = degrees >= of('_crit', Infinity);
        const isHot = isCritical || degrees >= of('_max', Infinity);
        found.temperature[name] = { temperature: degrees, is_alert: isHot, is_critical: isCritical };
      }
    }
  }
}
