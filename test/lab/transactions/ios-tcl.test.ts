import { expect, it } from 'vitest';
import { benchOf } from './terminal.ts';

const fresh = benchOf('cisco_ios');

it('keeps what a Tcl script puts into an open file, character by character', async () => {
  const { control, login } = fresh();
  const { all, ask } = await login();
  await all('tclsh', 'set f [open "flash:a.cfg" w]', 'puts -nonewline $f "banner \\x03 \\{ \\"x\\" "');
  expect(await ask('puts $f "a\\$b \\[c\\] \\\\ d"')).not.toContain('invalid');
  await all('puts $f " end"', 'close $f', 'tclquit');
  expect(await control.file('a.cfg')).toBe('banner \x03 { "x" a$b [c] \\ d\n end\n');
});

it('says that there is no such channel, and no room', async () => {
  const { control, login } = fresh();
  const { ask } = await login();
  await ask('tclsh');
  expect(await ask('puts $g "x"')).toContain('can\'t read "g"');
  await control.fault({ kind: 'disk-full' });
  expect(await ask('set f [open "flash:b.cfg" w]')).toContain('no space left');
});
