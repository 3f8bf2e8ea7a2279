import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockWorkspace } from '#store';
import { askHidden } from '../../src/cli/ask-hidden.ts';
import { firstLines } from '../../src/cli/first-lines.ts';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';
import { expectError, filesWith } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

let lab: LabWorkspace;
/** Devices by what is wrong with them. */
let faulty: Record<string, string>;
let healthy: string;

beforeAll(async () => {
  lab = await labWorkspace({
    devices: 12,
    platforms: ['cisco_ios'],
    telnetShare: 0,
    seed: 3,
    faults: {
      'wrong-password': 0.084,
      refused: 0.084,
      'no-prompt': 0.084,
      'changed-key': 0.084,
      mute: 0.084,
      reset: 0.084,
    },
  });
  faulty = Object.fromEntries(
    lab.lab.devices.flatMap(({ fault, name }) => (fault === undefined ? [] : [[fault, name]])),
  );
  healthy = lab.lab.devices.find(({ fault }) => fault === undefined)!.name;
});
afterAll(async () => {
  const said = lab.netwright.said.join('\n');
  for (const credential of lab.credentials) expect(said).not.toContain(credential);
  expect(await filesWith(lab.netwright.home, lab.credentials)).toEqual([]);
  await lab[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await lab.inventory();
});

/** The error of one device. */
async function errorOf(device: string): Promise<{ code: string; message: string; hint: string }> {
  const ended = await lab.call(['run', 'show clock', '-s', device, '--json', '--retries', '0']);
  expect(ended.code).toBe(1);
  const [{ error }] = ended.lines();
  expect(error.message).toContain(device);
  expect(error.hint).not.toBe('');
  return error;
}

describe('a device', () => {
  it('that refuses the password', async () => {
    expect((await errorOf(faulty['wrong-password']!)).code).toBe('NW_AUTH_FAILED');
  });

  it('on whose port nothing listens', async () => {
    const error = await errorOf(faulty['refused']!);
    expect(error.code).toBe('NW_CONNECT_REFUSED');
    expect(error.message).toMatch(/\): nothing listens on that port \(ECONNREFUSED\)$/);
  });

  it('that cannot be reached', async () => {
    // No TCP goes to a multicast group: the kernel says that there is no way, and sends nothing.
    await lab.inventory({ [healthy]: { address: '224.0.0.1' } });
    const error = await errorOf(healthy);
    expect(error.code).toBe('NW_CONNECT_UNREACHABLE');
    expect(error.message).not.toContain('0.0.0.0');
  });

  it('that accepts the connection and says nothing', async () => {
    expect((await errorOf(faulty['mute']!)).code).toBe('NW_SSH_TIMEOUT');
  });

  it('that hangs up after the login', async () => {
    expect((await errorOf(faulty['reset']!)).code).toBe('NW_CONNECTION_LOST');
  });

  it('whose prompt never comes: the message shows the last line', async () => {
    const error = await errorOf(faulty['no-prompt']!);
    expect(error.code).toBe('NW_PROMPT_NOT_FOUND');
    expect(error.message).toMatch(/last line|nothing came/);
  });

  it('that is not done in time: what was said until then is kept', async () => {
    const name = faulty['no-prompt']!;
    await lab.inventory({ [name]: { connection: { promptTimeoutMs: 30_000 } } });
    const words = ['run', 'show clock', '-s', name, '--retries', '0', '--job-timeout', '2s'];
    const ended = await lab.call(words);
    expect(ended.stderr).toContain('NW_JOB_TIMEOUT');
    const id = /\[transcript (\w+)\]/.exec(ended.stderr)?.[1];
    expect((await lab.call(['transcript', 'show', id!])).stdout).toContain('NW_JOB_TIMEOUT');
  });

  it('whose name does not resolve', async () => {
    await lab.inventory({ [healthy]: { address: 'no-such-host.invalid' } });
    const error = await errorOf(healthy);
    expect(error.code).toBe('NW_ADDRESS_NOT_FOUND');
    expect(error.message).toMatch(/\): the name (has no address|could not be looked up: .+) \(E\w+\)$/);
  });

  it('that the inventory takes for another system', async () => {
    await lab.inventory({ [healthy]: { platform: 'linux', connection: { promptTimeoutMs: 4000 } } });
    const error = await errorOf(healthy);
    expect(error.code).toBe('NW_PROMPT_NOT_FOUND');
    expect(error.message).toMatch(/last line "[^"]+[>#]"/);
  });

  it('that refuses a command', async () => {
    const ended = await lab.call(['run', 'show frobnication', '-s', healthy, '--json']);
    expect(ended.code).toBe(1);
    expect(ended.lines()[0].error.code).toBe('NW_COMMAND_REJECTED');
  });

  it('with which no algorithm is shared: the message names both lists', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    const server = new ssh2.Server({ hostKeys: [privateKey], algorithms: { kex: ['diffie-hellman-group1-sha1'] } });
    server.on('connection', (client) => client.on('error', () => {}));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const { port } = server.address() as AddressInfo;
      await lab.inventory({ [healthy]: { port, connection: { algorithms: 'modern' } } });
      const error = await errorOf(healthy);
      expect(error.code).toBe('NW_SSH_NO_COMMON_ALGORITHM');
      expect(error.message).toContain('diffie-hellman-group1-sha1');
      expect(error.message).toContain('curve25519-sha256');
    } finally {
      await new Promise((done) => server.close(done));
    }
  });

  it('that speaks no SSH', async () => {
    const server = createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end('220 mail.example.net ESMTP\r\n'),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      await lab.inventory({ [healthy]: { port: (server.address() as AddressInfo).port } });
      expect((await errorOf(healthy)).code).toMatch(/^NW_(SSH_PROTOCOL|CONNECTION_LOST)$/);
    } finally {
      await new Promise((done) => server.close(done));
    }
  });

  it('whose host key is unknown, when that is strict: trusted after `inventory trust`', async () => {
    const device = lab.lab.devices.findLast(({ fault }) => fault === undefined)!.name;
    await lab.inventory({ [device]: { connection: { hostKeys: 'strict' } } });
    expect((await errorOf(device)).code).toBe('NW_SSH_HOST_KEY_UNKNOWN');
    const unasked = await lab.call(['inventory', 'trust', device, '--json']);
    expectError(unasked, 'NW_USAGE', 2);
    const wrong = await lab.call(['inventory', 'trust', device, '--json', '--fingerprint', 'SHA256:AAAA']);
    expectError(wrong, 'NW_SSH_HOST_KEY_CHANGED', 77);
    const trusted = await lab.call(['inventory', 'trust', device, '--yes', '--json']);
    expect(trusted.json()).toMatchObject({ device, accepted: true, fingerprint: expect.stringMatching(/^SHA256:/) });
    // Also of a key that is known: the one on the console is another.
    const other = await lab.call(['inventory', 'trust', device, '--json', '--fingerprint', 'SHA256:abc']);
    expect(expectError(other, 'NW_SSH_HOST_KEY_CHANGED', 77).message).toContain(trusted.json().fingerprint);
    const same = ['inventory', 'trust', device, '--json', '--fingerprint', trusted.json().fingerprint];
    expect((await lab.call(same)).json()).toMatchObject({ accepted: false, known: true });
    expect((await lab.call(['run', 'show clock', '-s', device])).code).toBe(0);
  });

  it('whose host key changed: refused loudly, until it is trusted', async () => {
    const device = faulty['changed-key']!;
    expect((await lab.call(['run', 'show clock', '-s', device])).code).toBe(0);
    expect((await errorOf(device)).code).toBe('NW_SSH_HOST_KEY_CHANGED');
    expect((await errorOf(device)).code).toBe('NW_SSH_HOST_KEY_CHANGED');
    expect((await lab.call(['inventory', 'trust', device, '--yes'])).code).toBe(0);
    expect((await lab.call(['run', 'show clock', '-s', device])).code).toBe(0);
  });
});

it('failures of a backup are counted, kept apart from what went well, and named', async () => {
  const ended = await lab.call(['backup', '--retries', '0', '--json']);
  expect(ended.code).toBe(1);
  const { report } = ended.lines().at(-1);
  expect(report.total).toBe(12);
  expect(report.failed).toBeGreaterThanOrEqual(5);
  const human = await lab.spawn(['backup', '--retries', '0']);
  expect(human.code).toBe(1);
  expect(human.stderr).toContain('NW_AUTH_FAILED');
  expect(human.stderr).toMatch(/\d devices done, \d failed/);
});

describe('what the user wrote', () => {
  it('a command that is none, or makes no sense', async () => {
    expectError(await lab.spawn(['bakcup', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['run', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['run', 'x', '--concurrency', '0', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['run', 'x', '--serial', '0%', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['run', 'x', '--frob', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['search', '', '--json']), 'NW_USAGE', 2);
    expect((await lab.call(['bakcup'])).stderr).toContain('Did you mean backup?');
    const bare = await lab.call(['inventory']);
    expect([bare.code, bare.stdout]).toEqual([2, '']);
  });

  it('no verb: JSON says so, too', async () => {
    for (const words of [[], ['inventory']]) {
      const ended = await lab.call([...words, '--json']);
      expect(expectError(ended, 'NW_USAGE', 2).message).toBe('expected a command');
      expect(ended.stderr).toContain('Usage: netwright');
    }
  });

  it('a select expression that cannot be read, or matches nothing', async () => {
    expectError(await lab.call(['run', 'x', '-s', 'site:', '--json']), 'NW_SELECT_INVALID', 2);
    expectError(await lab.call(['run', 'x', '-s', 'site:atlantis', '--json']), 'NW_SELECT_EMPTY', 2);
  });

  it('a device that is unknown', async () => {
    expectError(await lab.call(['inventory', 'show', `${healthy}x`, '--json']), 'NW_DEVICE_UNKNOWN', 2);
  });

  it('mistakes in the inventory: all of them, with their lines', async () => {
    await lab.inventory({}, { bad1: { address: '192.0.2.1', platform: 'arista_eoss' }, bad2: { adress: 'x' } });
    const check = await lab.call(['inventory', 'check']);
    expect(check.code).toBe(2);
    expect(check.stdout).toMatch(/inventory\.yaml:\d+:\d+: .*arista_eoss.*Did you mean "arista_eos"/);
    expect(check.stdout).toMatch(/inventory\.yaml:\d+:\d+: .*adress.*Did you mean "address"/);
    expect((await lab.call(['inventory', 'check', '--json'])).json().problems.length).toBeGreaterThanOrEqual(2);
    expectError(await lab.call(['run', 'show clock', '--json']), 'NW_INVENTORY_INVALID', 2);
  });

  it('a credential that is not kept', async () => {
    await lab.inventory({ [healthy]: { credential: 'other' } });
    expect((await errorOf(healthy)).code).toBe('NW_CREDENTIAL_MISSING');
  });

  it('mistakes in netwright.yaml, the environment and flags: each where it is', async () => {
    const file = join(lab.folder, 'netwright.yaml');
    const before = await readFile(file, 'utf8');
    try {
      await writeFile(file, `${before}\nbakcup:\n  commit: run\n`);
      const error = expectError(await lab.call(['run', 'x', '--json']), 'NW_CONFIG_INVALID', 2);
      expect(error.message).toMatch(/^netwright\.yaml:\d+: unknown key "bakcup"\. Did you mean "backup"\?$/);
    } finally {
      await writeFile(file, before);
    }
    const variable = await lab.call(['run', 'x', '--json'], { env: { NETWRIGHT_RUN_RETRIES: 'many' } });
    expect(expectError(variable, 'NW_CONFIG_INVALID', 2).message).toBe(
      'NETWRIGHT_RUN_RETRIES: expected an integer, got "many"',
    );
    expectError(await lab.call(['run', 'x', '--set', 'run.retires=2', '--json']), 'NW_CONFIG_INVALID', 2);
  });
});

describe('a workspace', () => {
  it('that is not there, or there already', async () => {
    expectError(await lab.netwright.call(['backup', '--json']), 'NW_WORKSPACE_NOT_FOUND', 2);
    expectError(await lab.netwright.call(['init', lab.folder, '--json']), 'NW_WORKSPACE_EXISTS', 2);
  });

  it('of a newer version is left alone', async () => {
    const file = join(lab.folder, 'netwright.yaml');
    const before = await readFile(file, 'utf8');
    try {
      await writeFile(file, 'version: 2\nnovelty: true\n');
      expectError(await lab.call(['backup', '--json']), 'NW_WORKSPACE_NEWER', 78);
      expect(await readFile(file, 'utf8')).toBe('version: 2\nnovelty: true\n');
    } finally {
      await writeFile(file, before);
    }
  });

  it('whose secrets file is damaged: nothing is overwritten', async () => {
    const file = join(lab.folder, 'secrets.age');
    const before = await readFile(file);
    const damaged = Buffer.from(before);
    damaged[damaged.length - 40]! ^= 1;
    try {
      for (const content of [damaged, before.subarray(0, before.length / 2), Buffer.from('no secrets\n')]) {
        await writeFile(file, content);
        expectError(await lab.call(['secret', 'list', '--json']), 'NW_SECRETS_CORRUPT', 65);
        const set = await lab.call(['secret', 'set', 'x', '--user', 'x', '--password-stdin', '--json'], {
          stdin: 'long-enough\n',
        });
        expectError(set, 'NW_SECRETS_CORRUPT', 65);
        expect(await readFile(file)).toEqual(Buffer.from(content));
      }
    } finally {
      await writeFile(file, before);
    }
  });

  it('that is backed up twice at once: the second says so, or waits', async () => {
    const held = await lockWorkspace(join(lab.folder, '.netwright', 'lock'), { what: 'backup of all devices' });
    const second = await lab.call(['backup', '-s', healthy, '--json']);
    expect(expectError(second, 'NW_WORKSPACE_BUSY', 75).message).toContain(`process ${process.pid}`);
    const third = lab.call(['backup', '-s', healthy, '--wait', '--json']);
    let hasEnded = false;
    void third.then(() => (hasEnded = true));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(hasEnded).toBe(false);
    held.release();
    expect((await third).code).toBe(0);
  });
});

describe('secret set', () => {
  it('takes values from stdin, line by line in the order of the flags, and never as words', async () => {
    const stdin = 'correct horse\nbattery  staple \n';
    const set = await lab.spawn(['secret', 'set', 'two', '-u', 'noc', '--password-stdin', '--enable-stdin', '--json'], {
      stdin,
    });
    expect(set.json()).toMatchObject({ name: 'two', user: 'noc', has: ['password', 'enable'] });
    const list = await lab.call(['secret', 'list']);
    expect(list.stdout).toMatch(/two +noc +password, enable/);
    expectError(
      await lab.call(['secret', 'set', 'two', '-u', 'noc', '--password-stdin', '--enable-stdin', '--json'], {
        stdin: 'one\n',
      }),
      'NW_USAGE',
      2,
    );
    expectError(await lab.call(['secret', 'set', 'new', '-u', 'noc', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['secret', 'set', 'two', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['secret', 'set', 'two', '-u', 'noc', '--password', 'x', '--json']), 'NW_USAGE', 2);
    expect((await lab.call(['secret', 'rotate', '--json'])).json().recipient).toMatch(/^age1/);
    // Only what is given changes.
    const changed = await lab.call(['secret', 'set', 'two', '--enable-stdin', '--json'], { stdin: 'lorem ipsum\n' });
    expect(changed.json()).toMatchObject({
      user: 'noc',
      has: ['password', 'enable'],
      changed: ['enable'],
      kept: ['user', 'password'],
    });
    const without = await lab.call(['secret', 'set', 'two', '--remove', 'enable']);
    expect(without.stdout).toBe('Credential two is kept, without enable now; as before: user, password\n');
    const wrong = await lab.call(['secret', 'set', 'two', '--remove', 'enabel', '--json']);
    expect(expectError(wrong, 'NW_USAGE', 2).message).toContain('Did you mean "enable"');
    expect((await lab.call(['secret', 'remove', 'two'])).code).toBe(0);
    expect((await lab.call(['secret', 'list', '--json'])).json().map(({ name }: { name: string }) => name)).toEqual([
      'lab',
    ]);
    expect(await filesWith(lab.netwright.home, ['correct horse', 'battery  staple', 'lorem ipsum'])).toEqual([]);
  });
});

describe('secret set --key', () => {
  it('takes a private key, and neither its public half nor a certificate', async () => {
    const set = async (name: string, text: string) => {
      await writeFile(join(lab.folder, name), text);
      return await lab.call(['secret', 'set', 'keys', '-u', 'noc', '--key', join(lab.folder, name), '--json']);
    };
    const half = expectError(await set('id.pub', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 noc@example.net\n'), 'NW_USAGE', 2);
    expect(half.hint).toMatch(/public half; give --key .*\/id$/);
    expectError(await set('cert.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n'), 'NW_USAGE', 2);
    expect((await set('key.ppk', 'PuTTY-User-Key-File-3: ssh-ed25519\n')).code).toBe(0);
    expect((await lab.call(['secret', 'remove', 'keys'])).code).toBe(0);
  });
});

describe('Ctrl-C', () => {
  it('ends the wait for a password that does not come', async () => {
    const controller = new AbortController();
    const stdin = new PassThrough();
    // Of a terminal no more is used than a stream has.
    const lines = firstLines(stdin as unknown as NodeJS.ReadStream, 2, controller.signal);
    stdin.write('one\n');
    setTimeout(() => controller.abort(), 20);
    await expect(lines).rejects.toMatchObject({ code: 'NW_CANCELLED' });
    // It has given up before it touches the terminal.
    const asked = askHidden(stdin as unknown as NodeJS.ReadStream, stdin, 'Password: ', controller.signal);
    await expect(asked).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });

  it('once ends a run cleanly, with what was done', async () => {
    // The other one would keep it longer than this test may take.
    await lab.inventory({ [faulty['mute']!]: { connection: { connectTimeoutMs: 40_000 } } });
    const select = `${healthy} or ${faulty['mute']}`;
    let isStopped = false;
    const ended = await lab.spawn(['run', 'show clock', '-s', select, '--json', '--retries', '9'], {
      onOutput: (text, kill) => {
        if (!text.includes('"ok":true') || isStopped) return;
        isStopped = true;
        kill('SIGINT');
      },
    });
    expect(ended.code).toBe(130);
    expect(ended.lines().map(({ device, ok, error }) => [device, ok, error?.code])).toEqual([
      [healthy, true, undefined],
      [faulty['mute'], false, 'NW_CANCELLED'],
    ]);
    expect(ended.stderr).toContain('1 device done, 1 not done');
  });
});
