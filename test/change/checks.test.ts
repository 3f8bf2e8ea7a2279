import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutput, Session } from '#device';
import { judge, parseExpectation } from '../../src/change/checks/expectation.ts';
import { checkPingTarget, pingFrom } from '../../src/change/checks/ping.ts';

const peer = (is_up: boolean, received_prefixes: number) => ({
  ...{
    local_as: 65001,
    remote_as: 65002,
    remote_id: '10.0.0.2',
    is_up,
    is_enabled: true,
    description: 'to pe 2',
    uptime: 5,
  },
  address_family: { ipv4: { sent_prefixes: 3, accepted_prefixes: 2, received_prefixes } },
});
const bgp = {
  global: { router_id: '10.0.0.1', peers: { '10.0.0.2': peer(true, 7), '10.0.0.3': peer(false, -1) } },
  red: { router_id: '10.0.0.1', peers: { 'fe80::1': peer(true, 1) } },
};
const arp = [
  { interface: 'Eth1', ip: '10.0.0.2', mac: 'AA:BB:CC:00:00:01', age: 12 },
  { interface: 'Eth2', ip: '10.0.0.9', mac: 'AA:BB:CC:00:00:02', age: 3 },
];
const interfaces = {
  'Ethernet1/1': { is_up: true, mtu: 9000, description: '' },
  Vlan10: { is_up: false, mtu: 1500, description: 'x' },
};

describe('an expectation', () => {
  it.each([
    ['bgp_neighbors 10.0.0.2 is up', bgp, true, 'is_up is true'],
    ['get_bgp_neighbors 10.0.0.2 is up', bgp, true, 'is_up is true'],
    ['bgp_neighbors 10.0.0.3 is up', bgp, false, 'is_up is false'],
    ['bgp_neighbors 10.0.0.3 is not up', bgp, true, 'is_up is false'],
    ['bgp_neighbors global is up', bgp, false, 'is_up is true, false'],
    ['bgp_neighbors red FE80::1 is up', bgp, true, 'is_up is true'],
    ['bgp_neighbors 10.0.0.4 is up', bgp, false, 'there is no 10.0.0.4, but global, red'],
    ['bgp_neighbors 10.0.0.2 received_prefixes >= 7', bgp, true, 'received_prefixes is 7'],
    ['bgp_neighbors 10.0.0.2 received_prefixes > 7', bgp, false, 'received_prefixes is 7'],
    ['bgp_neighbors 10.0.0.2 description = "to pe 2"', bgp, true, 'description is to pe 2'],
    ['bgp_neighbors 10.0.0.2 description contains pe', bgp, true, 'description is to pe 2'],
    ['bgp_neighbors 10.0.0.2 received_prefixes == 7', bgp, true, 'received_prefixes is 7'],
    ['bgp_neighbors 10.0.0.2 colour = red', bgp, false, 'there is no colour'],
    ['bgp_neighbors global peers count = 2', bgp, true, '2'],
    ['bgp_neighbors blue does not exist', bgp, true, 'there is no blue, but global, red'],
    ['bgp_neighbors 10.0.0.2 exists', bgp, true, 'it is there'],
    ['interfaces "Ethernet1/1" mtu = 9000', interfaces, true, 'mtu is 9000'],
    ['interfaces ethernet1/1 is up', interfaces, true, 'is_up is true'],
    ['interfaces vlan10 mtu < 1500', interfaces, false, 'mtu is 1500'],
    ['interfaces count != 2', interfaces, false, '2'],
    ['arp_table 10.0.0.2 mac = AA:BB:CC:00:00:01', arp, true, 'mac is AA:BB:CC:00:00:01'],
    ['arp_table eth2 age <= 3', arp, true, 'age is 3'],
    ['arp_table 10.0.0.77 exists', arp, false, 'there is no 10.0.0.77'],
    ['arp_table count > 1', arp, true, '2'],
    ['route_to(destination=10.0.0.0/8, longer=true) exists', {}, false, 'there is nothing'],
  ])('%s', (text, facts, holds, found) => {
    expect(judge(parseExpectation(text), facts)).toEqual({ holds, found });
  });

  it('hides what a getter marks as secret, and what is long', () => {
    const users = { ann: { level: 15, password: '$1$abcd$efgh', sshkeys: [] } };
    expect(judge(parseExpectation('users ann password = x'), users)).toEqual({
      holds: false,
      found: 'password is another',
    });
    const snmp = { community: { Sup3rS3cret: { acl: '', mode: 'ro' } } };
    expect(judge(parseExpectation('snmp_information community public exists'), snmp).found).not.toContain('Sup3r');
    const config = { running: 'a\n'.repeat(100) };
    expect(judge(parseExpectation('config running contains b'), config).found).toBe(
      'running is a text of 200 characters',
    );
  });

  it.each([
    ['', 'name of a getter'],
    ['bgp_neighbours 10.0.0.2 is up', 'no getter "bgp_neighbours"'],
    ['bgp_neighbors', 'expected it to end in'],
    ['bgp_neighbors 10.0.0.2', 'expected it to end in'],
    ['bgp_neighbors 10.0.0.2 up', 'expected it to end in'],
    ['bgp_neighbors mtu ~ 5', 'expected it to end in'],
    ['route_to(target=10.0.0.0/8) exists', 'takes no "target"'],
  ])('"%s" is refused', (text, message) => {
    expect(() => parseExpectation(text)).toThrow(message);
  });

  it('never fails in another way, whatever is written and whatever was found', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, facts) => {
        let expectation: ReturnType<typeof parseExpectation>;
        try {
          expectation = parseExpectation(`interfaces ${text}`);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('NW_USAGE');
          return;
        }
        expect(typeof judge(expectation, facts).holds).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a ping from a device', () => {
  const session = (platform: string, answer: string, typed: string[] = []): Session =>
    ({
      ...{ device: 'r1', platform: { id: platform } },
      sendAll: async (commands: readonly string[]): Promise<readonly CommandOutput[]> => {
        typed.push(...commands);
        const failure = /^(?:syntax error|% Invalid).*/.exec(answer)?.[0];
        return commands.map((command) => ({ command, text: answer, durationMs: 1, ...(failure && { failure }) }));
      },
    }) as unknown as Session;
  const iosAnswer = (line: string): string => `Type escape sequence to abort.\nSending 5, 100-byte ICMP Echos\n${line}`;

  it.each([
    [
      'cisco_ios',
      iosAnswer('.!!!!\nSuccess rate is 80 percent (4/5), round-trip min/avg/max = 1/1/2 ms'),
      true,
      '20 % lost',
    ],
    ['cisco_ios', iosAnswer('.....\nSuccess rate is 0 percent (0/5)'), false, '100 % lost'],
    ['cisco_nxos', '5 packets transmitted, 5 packets received, 0.00% packet loss', true, '0 % lost'],
    ['arista_eos', '5 packets transmitted, 2 received, 60% packet loss, time 4001ms', false, '60 % lost'],
    ['juniper_junos', '5 packets transmitted, 3 packets received, 40% packet loss', true, '40 % lost'],
    ['huawei_vrp', '    5 packet(s) transmitted\n    5 packet(s) received\n    0.00% packet loss', true, '0 % lost'],
    ['mikrotik_routeros', '    sent=5 received=0 packet-loss=100%', false, '100 % lost'],
    ['linux', 'ping: unknown host', false, 'ping: unknown host'],
    ['linux', '', false, 'no answer'],
  ])('%s', async (platform, answer, holds, found) => {
    expect(await pingFrom(session(platform, answer), '10.0.0.2')).toEqual({ holds, found });
  });

  it('types nothing but an address or a name', async () => {
    const typed: string[] = [];
    await pingFrom(session('juniper_junos', '', typed), '2001:db8::1');
    expect(typed).toEqual(['ping 2001:db8::1 count 5']);
    for (const bad of ['', '-f 10.0.0.1', '10.0.0.1; reload', '10.0.0.1\nreload', '$(id)', 'a b']) {
      expect(() => checkPingTarget(bad)).toThrow('expected an address');
    }
  });

  it('is no check where the device refuses the command', async () => {
    const refused = pingFrom(session('juniper_junos', 'syntax error, expecting <command>.'), '10.0.0.2');
    await expect(refused).rejects.toMatchObject({
      code: 'NW_COMMAND_REJECTED',
      message: expect.stringContaining('"ping 10.0.0.2 count 5" was refused: "syntax error') as string,
    });
  });

  it('says where there is none that ends by itself', async () => {
    await expect(pingFrom(session('frr', ''), '10.0.0.2')).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
  });
});
