import { Secret } from '#core';
import { createTranscript, openSession } from '#device';
import { startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { createDialer } from '#transport';

const platform = process.argv[2]!;
const lab = await startLab({
  devices: 1,
  platforms: [platform],
  telnetShare: 0,
  processes: 0,
  seed: 11,
  configBytes: 3000,
});
const d = lab.devices[0]!;
const dialer = createDialer({ knownHosts: { find: () => [], add: async () => {}, replace: async () => {} } });
const s = await openSession(
  {
    name: d.name,
    host: d.host,
    port: d.port,
    protocol: d.transport,
    via: [],
    login: { user: d.user, password: new Secret(d.password), ...(d.enable ? { enable: new Secret(d.enable) } : {}) },
  },
  await createPlatformRegistry().get(platform),
  { dialer, commandTimeoutMs: 5000 },
);
if (process.argv[3] === 'prepare') {
  const { iosxr } = await import('../../../src/change/drivers/iosxr.ts');
  console.log('go');
  const c = await iosxr.prepare(
    s,
    { kind: 'merge', text: 'interface Loopback77\n description netwright-was-here\n!\nntp\n server 192.0.2.44\n!\n' },
    { timeoutMs: 8000 },
  );
  console.log(c.diff, c.commands);
}
for (const line of process.argv.slice(3)) {
  const t = performance.now();
  try {
    const out = await s.dialogue(line, []);
    console.log(`>>> ${line} [${s.mode}] ${Math.round(performance.now() - t)} ms ${JSON.stringify(s.prompt)}\n${out}`);
  } catch (e) {
    console.log(`>>> ${line}: ${(e as Error).message}`);
    break;
  }
}
await s.close();
await dialer[Symbol.asyncDispose]();
await lab.stop();
