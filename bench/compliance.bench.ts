/**
 * Stored configurations of 10,000 devices with 25 KB each against a policy of 20 rules: how long, and for how long
 * nothing else had its turn.
 *
 *     node --conditions=source bench/compliance.bench.ts [devices]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCompliance, openJunitReport, readPolicy } from '#change';
import { seededRandom } from '#core';
import { initWorkspace, openWorkspace } from '#workspace';
import { watchStalls } from './stall-probe.ts';
import { printTable } from './table.ts';

const deviceCount = Number(process.argv[2] ?? 10_000);
const configBytes = 25_000;
const random = seededRandom(1);
const pick = (below: number): number => Math.floor(random() * below);
const name = (at: number): string => `r${String(at).padStart(5, '0')}`;
const address = (): string => `10.${pick(256)}.${pick(256)}.${pick(256)}`;

function configuration(device: string): string {
  const lines = ['version 15.9', `hostname ${device}`, 'ip domain name example.net', 'no ip http server', '!'];
  for (let size = 0, port = 0; size < configBytes; port += 1) {
    const block = [
      `interface GigabitEthernet0/${port}`,
      ` description to ${name(pick(deviceCount))} rack ${pick(40)}`,
      ` ip address ${address()} 255.255.255.252`,
      ...(pick(300) === 0 ? [] : [' no ip proxy-arp']),
      ` ip ospf cost ${1 + pick(100)}`,
      ' service-policy input EDGE-IN',
      '!',
    ];
    for (const line of block) size += line.length + 1;
    lines.push(...block);
  }
  lines.push('ip access-list extended EDGE', ' permit tcp any any established', ' deny ip any any', '!');
  lines.push('logging host 192.0.2.5', `ntp server 192.0.2.${7 + pick(2)}`, 'line vty 0 4', ' transport input ssh');
  return `${lines.join('\n')}\nend\n`;
}

const policy = `
rules:
  - { id: hostname, required: 'hostname {{ device.name }}' }
  - { id: domain, required: ip domain name example.net }
  - { id: no-http, required: no ip http server }
  - { id: https, forbidden: ip http secure-server }
  - { id: ntp, required: ntp server 192.0.2.7 }
  - { id: ntp-others, forbidden: { match: '^ntp server ', except: [ntp server 192.0.2.7, ntp server 192.0.2.8] } }
  - { id: logging, required: { any of: [logging host 192.0.2.4, logging host 192.0.2.5] } }
  - { id: telnet, forbidden: { match: 'transport input .*telnet' } }
  - { id: proxy-arp, section: 'interface *', except: 'interface Loopback*', required: no ip proxy-arp }
  - { id: described, section: 'interface *', required: { match: '^description \\S' } }
  - { id: shut, section: 'interface *', having: { match: '^description unused' }, required: shutdown }
  - { id: policy, section: 'interface Gig*', required: service-policy input EDGE-IN }
  - { id: edge, section: ip access-list extended EDGE, ordered: [permit tcp any any established, deny ip any any] }
  - { id: clear-text, forbidden: { match: 'password 0 ' } }
  - { id: vty, required: "line vty 0 4\\n transport input ssh" }
  - { id: small-servers, forbidden: { like: 'service *-small-servers' } }
  - { id: source-route, forbidden: ip source-route }
  - { id: finger, forbidden: ip finger }
  - { id: any-any, forbidden: { match: 'permit ip any any' } }
  - { id: snmp-public, forbidden: { match: '^snmp-server community (public|private)' } }
`;

const folder = await mkdtemp(join(tmpdir(), 'netwright-bench-'));
try {
  const home = join(folder, 'w');
  await initWorkspace(home);
  const devices = Array.from(
    { length: deviceCount },
    (_, at) => `  ${name(at)}: { address: 192.0.2.1, platform: cisco_ios }`,
  );
  await writeFile(join(home, 'inventory.yaml'), `devices:\n${devices.join('\n')}\n`);
  await using workspace = await openWorkspace({ folder: home, env: { ...process.env, XDG_CONFIG_HOME: folder } });
  const store = await workspace.configurations();
  const run = { id: 'bench', startedAtMs: Date.now(), author: 'b <b@b>', reason: 'bench', commitPer: 'run' as const };
  const writer = await store.startRun(run);
  for (let at = 0; at < deviceCount; at += 1) {
    const device = name(at);
    await writer.write(device, device, Buffer.from(configuration(device)), { device, durationMs: 1 });
  }
  await writer.commit();
  await workspace.inventory();
  // Code is loaded once a process, whatever the number of devices.
  const rules = await readPolicy(policy, 'policy.yaml');
  await checkCompliance(workspace, { policy: rules, select: name(0) }).report;
  globalThis.gc?.();
  const stalls = watchStalls();
  const startedMs = performance.now();
  const junit = await openJunitReport(join(folder, 'report.xml'), 'bench', (text) => text);
  const checking = checkCompliance(workspace, { policy: rules });
  for await (const check of checking) await junit.add(check);
  const { devices: sums } = await checking.report;
  await junit.finish();
  const seconds = (performance.now() - startedMs) / 1000;
  const { cpuMs, overLimit } = stalls();
  printTable(
    ['devices', 'rules', 's', 'ms a device', 'comply', 'longest stall, ms', 'over 50 ms', 'RSS, MB'],
    [
      [
        deviceCount,
        20,
        seconds.toFixed(1),
        ((seconds * 1000) / deviceCount).toFixed(2),
        sums.pass,
        cpuMs.toFixed(0),
        overLimit,
        (process.memoryUsage().rss / 1e6).toFixed(0),
      ],
    ],
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
