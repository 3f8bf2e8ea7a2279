import { expect, it } from 'vitest';
import { StallProbe } from '../stall-probe.ts';
import { all, changeLab } from './change-lab.ts';

/** Code that is transformed on its way in is the test runner's to pay for: everything is done once before. */
it('keeps its turns short: planning, applying, and the first check of a device', { timeout: 60_000 }, async () => {
  await using net = await changeLab({ platforms: ['cisco_ios'], devices: 2, configBytes: 60_000 });
  const { checkCompliance, readPolicy } = await import('#change');
  const [first, second] = net.names;
  const work = async (device: string): Promise<void> => {
    const lines = ['ntp server 192.0.2.99'];
    const { report } = await all(net.workspace.change.plan({ intent: { lines }, select: device }));
    await all(net.workspace.change.apply(report.id, { guard: false }));
    const policy = await readPolicy(
      'rules:\n  - { id: ntp, required: ntp server 192.0.2.98 }\n  - { id: arp, section: interface *, required: no ip proxy-arp }\n',
      'p.yaml',
    );
    await checkCompliance(net.workspace, { policy, select: device, remediate: true }).report;
  };
  await work(first!);
  using probe = new StallProbe();
  await work(second!);
  expect(probe.worstMs).toBeGreaterThan(0);
  expect(probe.worstMs).toBeLessThan(50);
});
