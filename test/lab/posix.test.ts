import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScript, SyntaxFault, Unfinished } from '../../src/lab/posix/syntax.ts';
import { benchOf } from './transactions/terminal.ts';

describe('the shell of a host', () => {
  const fresh = benchOf('linux', 10);

  it.each([
    ['echo a; echo b', 'a\nb\n'],
    ['true && echo yes || echo no', 'yes\n'],
    ['false && echo yes || echo no', 'no\n'],
    ['x=\'a b\'; echo "$x" $x', 'a b a b\n'],
    ['echo $(echo in; echo two)', 'in two\n'],
    ['if test 1 -eq 2; then echo a; elif test x = x; then echo b; else echo c; fi', 'b\n'],
    ['for i in 1 2 3; do printf "%s-" $i; done; echo', '1-2-3-\n'],
    ['(exit 3); echo $?', '3\n'],
    ['{ echo out; echo err >&2; } 2>/dev/null', 'out\n'],
    ['echo one | tee /tmp/t | grep -c one', '1\n'],
    ["sh -c 'echo inner; exit 4' ; echo $?", 'inner\n4\n'],
    ["printf 'a\\nb\\n' > /tmp/p; wc -l /tmp/p; tail -n 1 /tmp/p", '2 /tmp/p\nb\n'],
    ['echo aGVsbG8= | base64 -d', 'hello'],
    ['! test -e /nothing; echo $?', '0\n'],
    ['echo "وصلة é"', 'وصلة é\n'],
    ['id -u; sudo -n id -u', '1000\n0\n'],
    ["echo 'it'\\''s' \"q\\\"\"", 'it\'s q"\n'],
    ['cat /nothing 2>&1; echo $?', 'cat: /nothing: No such file or directory\n1\n'],
    ['s=$(false); echo $?', '1\n'],
  ])('%s', async (line, printed) => {
    shared ??= fresh();
    const { login } = shared;
    const { ask, talk } = await login();
    const said = Buffer.from(await ask(line), 'latin1').toString('utf8');
    const echo = said.indexOf('\n', said.startsWith(line) ? line.length : 0);
    expect(said.slice(said.startsWith(line) ? echo + 1 : 0).replace(/netwright@[\w-]+:~\$ $/, '')).toBe(printed);
    talk.end();
  });
  let shared: ReturnType<typeof fresh> | undefined;

  it('reads on while a line is not whole, and here-documents to their end', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    expect(await ask("cat > /etc/motd <<'EOF'", /> $/)).toMatch(/> $/);
    await ask('hello $USER', /> $/);
    await ask('EOF', /\$ $/);
    expect(await control.running()).toContain('==> /etc/motd <==\nhello $USER\n');
    expect(await ask('echo ; fi')).toContain("syntax error near unexpected token `fi'");
  });

  it('changes files, checks them, restarts what they belong to, and restores', async () => {
    const { control, login } = fresh();
    const { ask } = await login();
    const before = await control.running();
    await ask('sudo cp -p /etc/ssh/sshd_config /etc/ssh/sshd_config.kept');
    await ask("echo 'Frobnicate yes' | sudo tee -a /etc/ssh/sshd_config >/dev/null");
    expect(await ask('sudo sshd -t; echo ended $?')).toMatch(
      /sshd_config: line 3: Bad configuration option: Frobnicate[\s\S]*ended 255/,
    );
    expect(await ask('sudo systemctl restart ssh; echo ended $?')).toMatch(/Job for ssh\.service failed[\s\S]*ended 1/);
    expect(await ask('systemctl is-active ssh')).toContain('failed');
    await ask('sudo mv -f /etc/ssh/sshd_config.kept /etc/ssh/sshd_config');
    expect(await ask('sudo systemctl restart ssh && systemctl is-active ssh')).toContain('active\n');
    expect(await control.running()).toBe(before);
  });

  it('runs what is put into the background on its own clock, and ends it when told to', async () => {
    const { control, login } = fresh();
    const { ask, talk } = await login();
    const before = await control.running();
    const back = 'sleep 60; test -e /tmp/armed && mv -f /etc/resolv.conf.kept /etc/resolv.conf; rm -f /tmp/armed';
    await ask(
      `cp /etc/resolv.conf /etc/resolv.conf.kept; nohup setsid sh -c 'echo $$ > /tmp/armed; ${back}' </dev/null >/dev/null 2>&1 &`,
    );
    await ask("echo 'nameserver 192.0.2.53' > /etc/resolv.conf");
    expect(await ask('kill -0 $(cat /tmp/armed) && echo alive')).toContain('alive');
    expect((await control.status()).rollbackInMs).toBeGreaterThan(50_000);
    talk.end();
    await control.advance(61_000);
    expect(await control.running()).toBe(before);
    const again = await login();
    await again.ask(`cp /etc/resolv.conf /etc/resolv.conf.kept; sh -c 'echo $$ > /tmp/armed; ${back}' &`);
    await again.ask("echo 'nameserver 192.0.2.53' > /etc/resolv.conf; kill $(cat /tmp/armed)");
    await control.advance(61_000);
    expect(await control.running()).toContain('192.0.2.53');
  });

  it('is gone when its network is restarted without an address', async () => {
    const { control, login } = fresh();
    const { ask, talk } = await login();
    await ask(
      'cp /etc/network/interfaces /tmp/kept; (sleep 30; cp /tmp/kept /etc/network/interfaces; systemctl restart networking) &',
    );
    await ask("printf 'auto lo\\niface lo inet loopback\\n' > /etc/network/interfaces");
    talk.send('systemctl restart networking\n');
    for (let tried = 0; tried < 100 && (await control.status()).isReachable; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(login()).rejects.toThrow(/ECONNREFUSED/);
    await control.advance(31_000);
    expect(await control.status()).toMatchObject({ isReachable: true });
  });
});

describe('scripts', () => {
  it('are read, or refused, or unfinished, and nothing else happens', () => {
    const piece = fc.constantFrom(
      'if',
      'then',
      'fi',
      'else',
      'for',
      'in',
      'do',
      'done',
      '{',
      '}',
      '(',
      ')',
      ';',
      '&&',
      '||',
      '|',
      '&',
      '>',
      '<<',
      "'",
      '"',
      '$(',
      '$x',
      'a',
      ' ',
      '\n',
      '\\',
      '2>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        try {
          parseScript(pieces.join(' '));
        } catch (error) {
          expect(error instanceof Unfinished || error instanceof SyntaxFault).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        try {
          parseScript(text);
        } catch (error) {
          expect(error instanceof Unfinished || error instanceof SyntaxFault).toBe(true);
        }
      }),
    );
  });
});
