import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CodeModel, explain, readCode } from '#codemap';
import { peer } from '../peers.ts';
import { dottedNames } from './names.ts';
import { distPackages } from './pyreverse.ts';

interface RunningNetmiko {
  readonly version: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly transfer: Readonly<Record<string, string>>;
  readonly orders: Readonly<Record<string, readonly string[]>>;
  readonly vars: Readonly<Record<string, readonly string[]>>;
}

const source = peer('netmiko');

describe.skipIf(source.isMissing)('netmiko, read beside netmiko running', () => {
  let model: CodeModel;
  let running: RunningNetmiko;
  let dotted: (id: string) => string;

  beforeAll(async () => {
    model = await readCode({ package: 'netmiko', searchFolders: [distPackages] });
    // The running Python names the builtins' module, which code never does.
    const names = dottedNames(model);
    dotted = (id) => (id === 'outside:object' ? 'builtins.object' : names(id));
    const script = join(import.meta.dirname, 'running_netmiko.py');
    running = JSON.parse(execFileSync('/usr/bin/python3', [script], { encoding: 'utf8' })) as RunningNetmiko;
  }, 60_000);

  const table = (name: string) =>
    Object.fromEntries(
      model.factories
        .find((one) => one.name === name)!
        .entries.map((entry) => [entry.key, dotted(entry.target)] as const),
    );

  it('resolves every key to the very class', () => {
    expect(Object.keys(running.keys)).toHaveLength(187);
    expect(table('CLASS_MAPPER')).toEqual(running.keys);
    expect(table('FILE_TRANSFER_MAP')).toEqual(running.transfer);
  });

  it('has the method resolution order of every mapped class', () => {
    expect(Object.keys(running.orders)).toHaveLength(84);
    for (const [key, name] of Object.entries(running.keys)) {
      const { mro, mroProblem } = explain(model, 'ConnectHandler', key);
      expect(mroProblem).toBeUndefined();
      expect(mro.map((one) => dotted(one.id))).toEqual(running.orders[name]);
    }
  });

  it('says who defines and overrides each name of cisco_ios', () => {
    const { members, mro } = explain(model, 'ConnectHandler', 'cisco_ios');
    const ours = Object.fromEntries(
      mro
        .filter((one) => one.at !== undefined)
        .map((one) => [
          dotted(one.id),
          members.filter((row) => row.definedBy.some((each) => each.class === one.id)).map((row) => row.name),
        ]),
    );
    expect(ours).toEqual(running.vars);
    expect(members.find((row) => row.name === 'save_config')?.definedBy).toHaveLength(3);
    expect(members.find((row) => row.name === 'session_preparation')?.definedBy).toHaveLength(2);
  });

  it('tells the way from ConnectHandler to the class with lines that say so', async () => {
    const { path, switches } = explain(model, 'ConnectHandler', 'cisco_ios');
    const { readFileSync } = await import('node:fs');
    const lines = path.map(({ at }) =>
      readFileSync(`${model.root}/${at.file}`, 'utf8').split('\n')[at.line - 1]!.trim(),
    );
    expect(lines).toEqual([
      'if kwargs["device_type"] not in platforms:',
      'ConnectionClass = ssh_dispatcher(kwargs["device_type"])',
      'return CLASS_MAPPER[device_type]',
      '"cisco_ios": CiscoIosSSH,',
      'new_mapper[k] = v',
      'return ConnectionClass(*args, **kwargs)',
      'class CiscoIosSSH(CiscoIosBase):',
    ]);
    expect(switches.map((one) => one.says)).toEqual([
      'redispatch turns an object into any class of CLASS_MAPPER: obj.__class__ = new_class',
    ]);
  });
});
