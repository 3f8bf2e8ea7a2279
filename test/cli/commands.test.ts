import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { Runtime } from '../../src/cli/runtime.ts';
import { filesWith, Netwright } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

let home: string;
let netwright: Netwright;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-commands-'));
  netwright = new Netwright(home);
});
afterAll(async () => {
  await rm(home, { recursive: true });
});

describe('help', () => {
  it('of every command says what it does, and shows an example', () => {
    const { stdin, stdout, stderr, env } = process;
    const signal = new AbortController().signal;
    const program = createProgram(new Runtime({ stdin, stdout, stderr, env, cwd: '/', signal }));
    const leaves = (command: CommandUnknownOpts, name: string): [string, CommandUnknownOpts][] => [
      ...(command.commands.length === 0 || command.name() === 'history'
        ? [[name, command] as [string, CommandUnknownOpts]]
        : []),
      ...command.commands.flatMap((child) => leaves(child, `${name} ${child.name()}`)),
    ];
    const all = leaves(program, 'netwright');
    expect(all.length).toBeGreaterThan(25);
    for (const [name, command] of all) {
      let help = '';
      command
        .configureOutput({
          writeOut: (text) => {
            help += text;
          },
        })
        .outputHelp();
      expect(command.description(), name).not.toBe('');
      expect(help, name).toMatch(new RegExp(`\\$ ${name}`));
    }
  });

  it.each([
    ['facts', 'netwright facts --help'],
    ['internt', 'netwright --help'],
    ['change plan --nope', 'netwright change plan --help'],
    ['history import', 'netwright history import --help'],
    ['inventory list --set x', 'netwright inventory list --help'],
  ])('is named where `netwright %s` makes no sense', async (words, hint) => {
    const { error } = (await netwright.call([...words.split(' '), '--json'])).json();
    expect(error).toMatchObject({ code: 'NW_USAGE', hint });
  });

  it('comes at once: none of the rooms is loaded for it', async () => {
    const { stdout, code } = await netwright.spawn(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('netwright demo');
    const loaded = execFileSync(
      process.execPath,
      [
        '--conditions=source',
        '--input-type=module',
        '-e',
        probe(resolve(import.meta.dirname, '../../src/cli/program.ts')),
      ],
      { encoding: 'utf8', cwd: resolve(import.meta.dirname, '../..') },
    );
    expect(loaded.trim().split('\n').toSorted()).toEqual(['cli', 'core']);
  });

  it('names the version', async () => {
    const { stdout: version } = await netwright.call(['--version']);
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
    const asJson = async (...words: string[]): Promise<unknown> => JSON.parse((await netwright.call(words)).stdout);
    expect(await asJson('--json', '--version')).toEqual({ version: version.trim() });
    expect(await asJson('backup', '--json', '--help')).toEqual({
      help: expect.stringMatching(/^Usage: netwright backup[\s\S]*Examples:/),
    });
  });
});

/** A program that prints which rooms of ours are loaded with a file. */
const probe = (file: string): string => `
  import { registerHooks } from 'node:module';
  const rooms = new Set();
  registerHooks({ load(url, context, next) {
    const room = /\\/src\\/([a-z]+)\\//.exec(url)?.[1];
    if (room && !url.includes('node_modules')) rooms.add(room);
    return next(url, context);
  } });
  await import(${JSON.stringify(file)});
  console.log([...rooms].join('\\n'));
`;

describe('demo', () => {
  it('shows two backups and exactly what changed, and leaves a workspace that answers', async () => {
    const folder = join(home, 'demo');
    // As `npm start` runs it: what it says to try next is to work in any folder.
    const packageFolder = resolve(import.meta.dirname, '../..');
    const { code, stdout, stderr } = await netwright.spawn(['demo', '--once', '-n', '6', '-w', 'demo'], {
      cwd: packageFolder,
      env: {
        npm_package_name: 'netwright',
        npm_package_json: join(packageFolder, 'package.json'),
        INIT_CWD: home,
      },
    });
    expect(stderr).not.toContain('NW_');
    expect(code).toBe(0);
    expect(stdout.match(/^ +new +\S+/gm)).toHaveLength(6);
    expect(stderr).toMatch(/^6 devices done, 6 new, commit [\da-f]{8} in /m);
    expect(stderr).toMatch(/^6 devices done, 3 changed, commit /m);
    const changed = [...stdout.matchAll(/^ +changed +(\S+)/gm)].map((match) => match[1]!);
    expect(changed).toHaveLength(3);
    const diffed = [...stdout.matchAll(/^\+\+\+ ([^@]+)@/gm)].map((match) => match[1]!);
    expect(diffed.toSorted()).toEqual(changed.toSorted());
    // What it says to try next works when it is pasted.
    expect(stdout).toContain(
      `\n   cd ${folder}\n   netwright() { npm --prefix ${packageFolder} run -s netwright -- "$@"; }\n`,
    );
    const commands = [...stdout.matchAll(/^ +netwright (\S.*?) +# /gm)].map((match) => match[1]!);
    expect(commands.length).toBeGreaterThanOrEqual(5);
    // A terminal of 80 columns has room for what it says to try; paths are as long as they are.
    for (const line of stdout.split('\n').filter((one) => !one.includes(home) && !one.includes(packageFolder)))
      expect(line.length, line).toBeLessThanOrEqual(80);
    for (const command of commands) {
      const words = command.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1'));
      const ended = await netwright.call(words, { cwd: folder });
      expect([command, ended.code, ended.stdout === '']).toEqual([command, 0, false]);
    }
  });

  it('with --json prints records', async () => {
    const ended = await netwright.call(['demo', '--once', '-n', '3', '--json', '-w', join(home, 'demo-json')]);
    expect(ended.code).toBe(0);
    expect(ended.lines().at(-1).changed).toHaveLength(3);
  });
});

describe('lab', () => {
  it('up makes a workspace, stays, and ends with Ctrl-C', async () => {
    const folder = join(home, 'lab');
    const ended = await netwright.spawn(['lab', 'up', '-n', '2', '--platforms', 'cisco_ios', '--into', folder], {
      onOutput: (text, kill) => {
        if (text.includes('workspace ')) kill('SIGINT');
      },
    });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('cisco_ios');
    // Who logs in by hand needs all that the devices ask for.
    expect(ended.stdout).toMatch(/^user netwright, password \S+, enable \S+$/m);
    expect((await netwright.call(['inventory', 'list', '-w', folder, '--json'])).json()).toHaveLength(2);
  });

  it('says what it can play, and what it cannot', async () => {
    const { faults, platforms } = (await netwright.call(['lab', 'list', '--json'])).json();
    expect(faults).toContain('mute');
    expect(platforms.cisco_ios).toBe('Cisco');
    const error = (await netwright.call(['lab', 'up', '--vendors', 'Juniperr', '--json'])).json().error;
    expect(error.message).toContain('Did you mean "Juniper"?');
    // Both together are all of both.
    const both = ['lab', 'up', '--platforms', 'cisco_iso', '--vendors', 'Juniper', '--json'];
    const ended = await netwright.call(both, { signal: AbortSignal.timeout(5_000) });
    expect(ended.json().error.message).toContain('cisco_iso');
  });
});

describe('platforms', () => {
  it('are listed and shown without a workspace', async () => {
    const list = (await netwright.call(['platforms', 'list', '--json'])).json();
    expect(list.map(({ id }: { id: string }) => id)).toContain('cisco_ios');
    const shown = (await netwright.call(['platforms', 'show', 'cisco_ios', '--json'])).json();
    expect(shown.modes.privileged.prompt).toContain('#');
    expect((await netwright.call(['platforms', 'show', 'cisco_ios'])).stdout).toContain('privileged');
    const unknown = await netwright.call(['platforms', 'show', 'cisco_iso', '--json']);
    expect(unknown.json().error).toMatchObject({ code: 'NW_PLATFORM_UNKNOWN' });
  });
});

describe('init and import', () => {
  it('makes a workspace, and takes over devices and logins of others', async () => {
    const folder = join(home, 'network');
    expect((await netwright.call(['init', folder, '--json'])).json().written).toContain('netwright.yaml');
    await writeFile(join(home, 'router.db'), 'r1;cisco;up\nr2;juniper;up\n');
    await writeFile(
      join(home, 'cloginrc'),
      'add user * noc\nadd password * {correct horse} {battery staple}\nadd method * ssh\n',
    );
    const args = ['inventory', 'import', 'rancid', join(home, 'router.db'), '--cloginrc', join(home, 'cloginrc')];
    const ended = await netwright.call([...args, '-w', folder, '--json']);
    expect(ended.code).toBe(0);
    const { file, credentials, devices, switchedOff } = ended.json();
    expect(credentials).toHaveLength(1);
    expect([devices, switchedOff]).toEqual([2, 0]);
    expect(await readFile(file, 'utf8')).toContain('r1');
    // Not twice without being told to.
    expect((await netwright.call([...args, '-w', folder, '--json'])).json().error.code).toBe('NW_USAGE');
    const list = await netwright.call(['inventory', 'list', '-w', folder, '--set', `inventory=${file}`, '--json']);
    expect(list.json().map(({ name }: { name: string }) => name)).toEqual(['r1', 'r2']);
    expect((await netwright.call(['secret', 'list', '-w', folder, '--json'])).json()).toHaveLength(1);
    // Keys and passwords that Ansible asks for are not in its inventory.
    await writeFile(join(home, 'hosts'), 'r1 ansible_user=student\n');
    const bare = await netwright.call(['inventory', 'import', 'ansible', join(home, 'hosts'), '-w', folder]);
    expect(bare.stdout).toMatch(/imported-ansible\.yaml: 1 device\n1 credential kept: student\n/);
    expect(bare.stderr).toContain('nothing to log in with: netwright secret set student --password-stdin');
    expect(await filesWith(folder, ['correct horse', 'battery staple'])).toEqual([]);
    // Group after group into a folder: no file says anything for the devices of another.
    const group = async (name: string) => {
      const into = ['--group', name, '-o', join(folder, 'devices', `${name}.yaml`), '--set', 'inventory=devices'];
      await writeFile(join(home, 'router.db'), `${name}1;cisco;up\n${name}2;cisco;up\n`);
      return await netwright.call([...args, ...into, '-w', folder]);
    };
    await group('cairo');
    expect((await group('giza')).stdout).toContain('it is a part of the inventory now');
    const check = await netwright.call(['inventory', 'check', '-w', folder, '--set', 'inventory=devices', '--json']);
    expect(check.json()).toMatchObject({ devices: 4, problems: [] });
    const bad = await netwright.call(['inventory', 'import', 'csv', join(home, 'nowhere.csv'), '-w', folder, '--json']);
    expect(bad.json().error.code).toBe('NW_IMPORT_INVALID');
  });

  it('asks NetBox for the statuses and with the filters that are given', async () => {
    const folder = join(home, 'netbox');
    await netwright.call(['init', folder]);
    const asked: URLSearchParams[] = [];
    const server = createServer((request, response) => {
      asked.push(new URL(request.url!, 'http://localhost').searchParams);
      const device = { id: 7, name: 'r7', primary_ip4: { address: '192.0.2.7/32' }, platform: { slug: 'acme-nos' } };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ results: [device], next: null }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const importing = async (...flags: string[]) =>
        await netwright.call(['inventory', 'import', 'netbox', url, '-w', folder, '--force', ...flags], {
          env: { NETBOX_TOKEN: '0123456789abcdef' },
        });
      const ended = await importing('--status', 'active,staged', '--filter', 'site=cairo', '--filter', 'tag=backup');
      expect(ended.code).toBe(0);
      expect(asked[0]?.getAll('status')).toEqual(['active', 'staged']);
      expect([asked[0]?.get('site'), asked[0]?.get('tag')]).toEqual(['cairo', 'backup']);
      // Said once that it is a warning.
      expect(ended.stderr.match(/warning/g)).toHaveLength(1);
      await importing('--status', 'all');
      expect(asked.at(-1)?.has('status')).toBe(false);
      expect((await importing('--filter', 'cairo')).code).toBe(2);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });

  it('takes over the history of Oxidized', async () => {
    const folder = join(home, 'network-history');
    await netwright.call(['init', folder]);
    const repository = join(home, 'oxidized');
    await mkdir(repository);
    const git = (...words: string[]): void => {
      execFileSync('git', ['-C', repository, '-c', 'user.name=Oxidized', '-c', 'user.email=o@x', ...words]);
    };
    git('init', '-q');
    for (const text of ['hostname r1\nend\n', 'hostname r1\nip routing\nend\n']) {
      await writeFile(join(repository, 'r1'), text);
      git('add', '.');
      git('commit', '-q', '-m', 'update r1');
    }
    const ended = await netwright.call(['history', 'import', 'oxidized', repository, '-w', folder, '--json']);
    expect(ended.json()).toMatchObject({ versions: 2, devices: 1 });
    expect((await netwright.call(['history', 'r1', '-w', folder, '--json'])).json()).toHaveLength(2);
    expect((await netwright.call(['diff', 'r1', '-w', folder])).stdout).toContain('+ip routing');
  });
});

it('config explain names the origin of every value', async () => {
  const folder = join(home, 'explained');
  await netwright.call(['init', folder]);
  const ended = await netwright.call(['config', 'explain', 'run', '--json', '--set', 'run.retries=3'], {
    cwd: folder,
    env: { NETWRIGHT_RUN_PER_SITE: '5', NETWRIGHT_RUN_PERSITE: '6' },
  });
  const settings = ended.json().settings as { key: string; value: unknown; origin: string }[];
  expect(settings.find(({ key }) => key === 'run.retries')).toMatchObject({ value: 3, origin: '--set run.retries' });
  expect(settings.find(({ key }) => key === 'run.perSite')).toMatchObject({
    value: 5,
    origin: 'NETWRIGHT_RUN_PER_SITE',
  });
  expect(ended.stderr).toContain('NETWRIGHT_RUN_PERSITE in the environment is no setting. Did you mean');
  expect((await netwright.call(['config', 'explain'], { cwd: folder })).stdout).toContain('backup.commit');
});
