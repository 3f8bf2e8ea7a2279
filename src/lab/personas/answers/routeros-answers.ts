import type { SimulatedDevice } from '../../device.ts';
import {
  type Address,
  addressIn,
  arpEntries,
  bgpSessions,
  chassisMac,
  coloned,
  liveWires,
  localAsOf,
  networkOf,
  ownRouterId,
  type Port,
  portsOf,
  prefixText,
  routesIn,
  routesOf,
  routesTo,
  systemOf,
  vlansOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { volatile } from '../../volatile.ts';
import { answer, lined } from './answer.ts';
import { pingCommand, routerosPing } from './ping.ts';

/** `print detail` of a menu: a legend, and an item a paragraph. */
const menu = (path: string, legend: string, items: (device: SimulatedDevice) => readonly string[]): PersonaCommand =>
  answer(`${path} print detail without-paging`, (device) => {
    const found = items(device);
    return `${legend === '' ? '' : `Flags: ${legend}\n`}${found.map((item) => `${item}\n\n`).join('')}`;
  });

const upper = (mac: string): string => coloned(mac).toUpperCase();

/** `  0 R  ;;; comment`, then the fields on the next line; without a comment all on one. */
function item(nth: number, flags: string, comment: string, fields: string): string {
  const head = `${String(nth).padStart(2)} ${flags.padEnd(3)} `;
  return comment === '' ? `${head}${fields}` : `${head};;; ${comment}\n${' '.repeat(head.length)}${fields}`;
}

const typeOf = ({ name, kind }: Port): string =>
  kind === 'physical' ? 'ether' : name.startsWith('bridge') ? 'bridge' : kind === 'loopback' ? 'loopback' : 'vlan';

/** Lists of RouterOS 7 about interfaces and neighbours. */
export const routerosAnswers: readonly PersonaCommand[] = [
  pingCommand('/ping *', routerosPing),
  answer('/system clock print', () =>
    lined([
      `                  time: ${volatile('clock')}`,
      `                  date: ${volatile('date')}`,
      '  time-zone-autodetect: no',
      '        time-zone-name: Africa/Cairo',
      '            gmt-offset: +02:00',
    ]),
  ),
  menu('/interface', 'D - DYNAMIC; X - DISABLED; R - RUNNING; S - SLAVE', (device) =>
    portsOf(device).map((port, nth) => {
      const { name, mtu, mac, description, isEnabled, isUp, kind } = port;
      // Without a cable a port does not run; what stands on the bridge does.
      const isRunning = isEnabled && (kind === 'physical' ? port.wire !== undefined || name === 'ether1' : isUp);
      return item(
        nth,
        isEnabled ? (isRunning ? 'R' : '') : 'X',
        description,
        `name="${name}"${kind === 'physical' ? ` default-name="${name}"` : ''} type="${typeOf(port)}" mtu=${mtu} actual-mtu=${mtu} l2mtu=${kind === 'virtual' ? 1588 : 1592} mac-address=${upper(mac)} ifname="eth${nth}" ifindex=${nth + 2} id=${nth + 1}${isRunning ? ' last-link-up-time=2026-01-05 00:02:00' : ''} link-downs=0`,
      );
    }),
  ),
  menu('/ip address', 'X - DISABLED, I - INVALID; D - DYNAMIC', (device) =>
    portsOf(device)
      .flatMap(({ name, addresses }) => addresses.map((address) => ({ name, address })))
      .map(({ name, address }, nth) =>
        item(
          nth,
          '',
          '',
          `address=${address.ip}/${address.length} network=${networkOf(address)} interface=${name} actual-interface=${name}`,
        ),
      ),
  ),
  menu('/ipv6 address', 'X - DISABLED, I - INVALID, D - DYNAMIC; G - GLOBAL, L - LINK-LOCAL', () => []),
  menu('/ip arp', 'X - DISABLED, I - INVALID; H - DHCP, D - DYNAMIC; P - PUBLISHED; C - COMPLETE', (device) =>
    arpEntries(device)
      .filter(({ isOwn }) => !isOwn)
      .map(({ ip, mac, port }, nth) =>
        item(
          nth,
          'DC',
          '',
          `address=${ip} mac-address=${upper(mac)} interface=${port} published=no status="reachable"`,
        ),
      ),
  ),
  menu('/interface bridge host', 'X - DISABLED, I - INVALID, D - DYNAMIC, L - LOCAL, E - EXTERNAL', (device) =>
    portsOf(device)
      .filter(({ name, isUp }) => isUp && name.startsWith('bridge'))
      .map(({ name, mac }, nth) =>
        item(nth, 'DL', '', `mac-address=${upper(mac)} interface=${name} bridge=${name} on-interface=${name}`),
      ),
  ),
  menu('/interface bridge vlan', 'X - DISABLED, D - DYNAMIC', () => []),
  menu('/interface vlan', 'X - DISABLED, R - RUNNING', (device) => {
    const ports = new Map(portsOf(device).map((port) => [port.name, port]));
    return vlansOf(device)
      .filter(({ name }) => ports.has(name))
      .map(({ id, name }, nth) => {
        const port = ports.get(name)!;
        return item(
          nth,
          port.isEnabled ? 'R' : 'X',
          port.description,
          `name="${name}" mtu=${port.mtu} l2mtu=1588 mac-address=${upper(port.mac)} arp=enabled arp-timeout=auto loop-protect=default vlan-id=${id} interface=${port.parent ?? 'bridge1'} use-service-tag=no`,
        );
      });
  }),
  menu('/ip neighbor', '', (device) =>
    liveWires(device).map(({ port, peer, peerPort, peerPlatform, peerSeed, peerAddress, isRouted }, nth) =>
      item(
        nth,
        '',
        '',
        `interface=${port} ${isRouted ? `address=${peerAddress} address4=${peerAddress} ` : ''}mac-address=${upper(chassisMac(peerSeed))} identity="${peer}" platform="" version="${systemOf(peerPlatform)}" unpack=none age=17s interface-name="${peerPort}" system-description="${systemOf(peerPlatform)}" system-caps=bridge,router system-caps-enabled=bridge,router discovered-by=lldp`,
      ),
    ),
  ),
  menu('/user', 'X - DISABLED', ({ spec }) => [
    item(0, '', 'system default user', 'name="admin" group=full address="" last-logged-in=2026-01-05 00:10:00'),
    item(1, '', '', `name="${spec.user}" group=full address=""`),
  ]),
  menu('/routing bgp session', 'E - established', (device) =>
    bgpSessions(device)
      .filter(({ isUp }) => isUp)
      .map(({ address, localAddress, asn, routerId, messages, uptimeS, prefixes, description }, nth) =>
        lined([
          `${String(nth).padStart(2)} E name="${description}-1" `,
          `     remote.address=${address} .as=${asn} .id=${routerId} .capabilities=mp,rr,as4 .afi=ip .messages=${messages} .bytes=${messages * 19} .eor="" `,
          `     local.address=${localAddress} .as=${localAsOf(device)} .id=${ownRouterId(device)} .capabilities=mp,rr,gr,as4 .messages=${messages + 2} .bytes=${messages * 19} .eor="" `,
          '     output.procid=20 ',
          '     input.procid=20 ebgp ',
          `     hold-time=3m keepalive-time=1m uptime=${Math.floor(uptimeS / 604_800)}w${Math.floor(uptimeS / 86_400) % 7}d${Math.floor(uptimeS / 3600) % 24}h1m2s70ms last-started=2026-01-05 00:03:00 prefix-count=${prefixes}`,
        ]).trimEnd(),
      ),
  ),
  menu('/routing bgp connection', 'D - DYNAMIC, X - DISABLED, I - INACTIVE', (device) =>
    bgpSessions(device).map(({ address, asn, description, isShut }, nth) =>
      item(
        nth,
        isShut ? 'X' : '',
        description,
        `name="${description || `peer${nth + 1}`}" remote.address=${address}/32 .as=${asn} local.role=ebgp routing-table=main as=${localAsOf(device)}`,
      ),
    ),
  ),
  answer('/routing route print detail without-paging where *', routeText),
];

/** `dst-address=10.0.0.0/8`, `dst-address in 10.0.0.0/8`, `10.0.0.1 in dst-address`. */
function routeText(device: SimulatedDevice, words: readonly string[]): string {
  const condition = words.join(' ');
  const routes = routesOf(device).filter(({ protocol }) => protocol !== 'local');
  const asked = (form: RegExp): Address | undefined => addressIn(form.exec(condition)?.[1] ?? '');
  const [exact, inside, holding] = [
    asked(/dst-address=(\d\S*)/),
    asked(/dst-address in (\d\S*)/),
    asked(/(\d\S*) in dst-address/),
  ];
  const found =
    exact !== undefined
      ? routes.filter(({ prefix }) => prefixText(prefix) === prefixText(exact))
      : inside !== undefined
        ? routesIn(routes, inside)
        : holding !== undefined
          ? routesTo(routes, holding)
          : [];
  const letters = { connected: 'c', local: 'c', static: 's', bgp: 'b' } as const;
  return lined([
    'Flags: X - disabled, F - filtered, U - unreachable, A - active; ',
    'c - connect, s - static, r - rip, b - bgp, o - ospf, i - is-is, d - dhcp, v - vpn, m - modem, a - ldp-address, l - ldp-mapping, g - slaac, y - bgp-mpls-vpn; ',
    'H - hw-offloaded; + - ecmp, B - blackhole ',
    ...found.flatMap(({ prefix, protocol, nextHop, port, distance, asPath, session }) => {
      const gateway = nextHop ?? port;
      return [
        `   A${letters[protocol]}   afi=ip4 contribution=active dst-address=${prefixText(prefix)} routing-table=main gateway=${gateway} immediate-gw=${nextHop === undefined ? port : `${nextHop}%${port}`} distance=${distance} scope=${protocol === 'connected' ? 10 : protocol === 'bgp' ? 40 : 30} target-scope=10 belongs-to="${session === undefined ? protocol : `bgp-IP-${session.address}`}"`,
        ...(session === undefined
          ? []
          : [
              `        bgp.peer-cache-id=*2C00011 .as-path="${asPath.join(',')}" .local-pref=100 .med=0 .atomic-aggregate=no .origin=igp`,
            ]),
        '        debug.fwp-ptr=0x202C2060',
        '',
      ];
    }),
  ]);
}
