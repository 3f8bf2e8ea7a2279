const list = (path: string, condition = ''): string => `${path} print detail without-paging${condition}`;

/** What RouterOS 7 prints, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  '/system resource print': `                   uptime: 1w5d2h31m30s
                  version: 7.16 (stable)
               build-time: 2024-09-20 13:00:27
                 cpu-load: 2%
        architecture-name: arm64
               board-name: RB5009UG+S+
                 platform: MikroTik
`,
  '/system identity print': '  name: gw1\n',
  '/system routerboard print': `       routerboard: yes
        board-name: RB5009UG+S+
             model: RB5009UG+S+IN
     serial-number: HE00INVENT
  current-firmware: 7.16
`,
  '/system clock print': `                  time: 03:04:05
                  date: 2026-01-02
  time-zone-autodetect: yes
`,
  [list('/interface')]: `Flags: D - dynamic; X - disabled; I - inactive, R - running; S - slave; P - passthrough
 0   R   ;;; to the "upstream"
         name="ether1" default-name="ether1" type="ether" mtu=1500 actual-mtu=1500 l2mtu=1514 mac-address=02:00:5E:00:00:01
         last-link-down-time=2026-01-02 03:03:00 last-link-up-time=2026-01-02 03:03:05 link-downs=1

 1  XS   ;;; two lines
of comment
         name="ether2" default-name="ether2" type="ether" mtu=1500 mac-address=02:00:5E:00:00:02 link-downs=0

 2   R   name="bridge 1" type="bridge" mtu=auto actual-mtu=1500 l2mtu=1514 mac-address=02:00:5E:00:00:03 link-downs=0
`,
  [list('/ip address')]: `Flags: X - disabled, I - invalid; D - dynamic
 0   ;;; users
     address=192.0.2.1/24 network=192.0.2.0 interface=bridge 1 actual-interface=bridge 1

 1 X address=192.0.2.65/26 network=192.0.2.64 interface=ether2 actual-interface=ether2

 2 D address=198.51.100.9/30 network=198.51.100.8 interface=ether1 actual-interface=ether1 vrf=main
`,
  [list('/ipv6 address')]: `Flags: X - disabled, I - invalid, D - dynamic; G - global, L - link-local
 0  G address=2001:db8::1/64 from-pool="" interface=ether1 actual-interface=ether1 eui-64=no advertise=no no-dad=no
 1 DL address=fe80::1/64 from-pool="" interface=ether1 actual-interface=ether1 eui-64=no advertise=no no-dad=no
`,
  [list('/ip arp')]: `Flags: X - disabled, I - invalid; H - dhcp, D - dynamic; P - published; C - complete
 0 DC address=192.0.2.9 mac-address=02:00:5E:00:00:09 interface=bridge 1 published=no status="reachable"
 1 D  address=192.0.2.10 interface=bridge 1 published=no status="failed"
`,
  [list('/interface bridge host')]: `Flags: X - disabled, I - invalid, D - dynamic, L - local, E - external
 0 D   mac-address=02:00:5E:00:00:09 vid=10 interface=ether2 bridge=bridge 1 on-interface=ether2
 1     mac-address=02:00:5E:00:00:0A interface=ether3 bridge=bridge 1 on-interface=ether3
 2 DL  mac-address=02:00:5E:00:00:03 interface=bridge 1 bridge=bridge 1 on-interface=bridge 1
`,
  [list('/ip neighbor')]:
    ` 0 interface=ether1,bridge 1 address=192.0.2.254 address4=192.0.2.254 mac-address=02:00:5E:00:00:FF identity="core 1" platform="MikroTik" version="7.15.1 (stable) 2024-06-07 12:49:11" unpack=none age=17s uptime=1w5d2h31m30s board="RB450Gx4" interface-name="ether5" system-description="MikroTik RouterOS 7.15.1 (stable)" system-caps=bridge,wlan-ap,router
   system-caps-enabled=router discovered-by=cdp,lldp,mndp

 1 interface=ether2 mac-address=02:00:5E:00:00:FE identity="other" platform="" discovered-by=mndp interface-name="x"
`,
  [list('/routing bgp session')]: `Flags: E - established
 0 E name="up-1"
     remote.address=192.0.2.2 .as=64501 .id=203.0.113.2 .refused-cap-opt=no
     .capabilities=mp,rr,as4 .afi=ip .messages=43346 .bytes=3635916 .eor=""
     local.address=192.0.2.1 .as=64500 .id=192.0.2.1 .capabilities=mp,rr,gr,as4 .messages=2
     .bytes=71 .eor=""
     output.procid=97 .keep-sent-attributes=no
     input.procid=97 ebgp
     hold-time=3m keepalive-time=1m uptime=1h2m3s70ms prefix-count=12
`,
  [list('/routing bgp connection')]: `Flags: D - dynamic, X - disabled, I - inactive
 0   ;;; the upstream
     name="up" remote.address=192.0.2.2/32 .as=64501 local.default-address=192.0.2.1 .role=ebgp routing-table=main as=64500

 1 X name="spare" remote.address=2001:db8::2 .as=64502 local.role=ebgp as=64500 address-families=ipv6

 2   name="listen" remote.address=198.51.100.0/24 local.role=ebgp as=64500 listen=yes
`,
  [list('/routing route', ' where dst-address=192.0.2.0/24')]:
    `Flags: X - disabled, F - filtered, U - unreachable, A - active; c - connect, s - static, b - bgp, o - ospf; H - hw-offloaded; + - ecmp
   Ab   afi=ip4 contribution=active dst-address=192.0.2.0/24 routing-table=main gateway=203.0.113.2 immediate-gw=203.0.113.2%ether1 distance=20 scope=40 target-scope=10 belongs-to="bgp-IP-203.0.113.2"
        bgp.peer-cache-id=*2C00011 .as-path="64501,64499" .local-pref=100 .med=5 .communities=64500:1,64500:2 .origin=igp
        debug.fwp-ptr=0x202C2060
   s    afi=ip4 contribution=candidate dst-address=192.0.2.0/24 routing-table=main gateway=203.0.113.9 immediate-gw=203.0.113.9%ether1 distance=30 scope=30
   Ac   afi=ip4 contribution=active dst-address=192.0.2.0/24 routing-table=RED gateway=bridge1@RED immediate-gw=bridge1 distance=0
`,
  [list('/user')]: `Flags: X - disabled
 0   ;;; system default user
     name="admin" group=full address="" last-logged-in=2026-01-01 00:00:00
 1   name="watcher" group=read address=192.0.2.0/24
 2 X name="gone" group=full address=""
`,
  [list('/interface bridge vlan')]: `Flags: X - disabled, D - dynamic
 0   ;;; offices
     bridge=bridge1 vlan-ids=10,20-21 tagged=bridge1,ether3 untagged=ether2 mvrp-forbidden="" current-tagged=ether3 current-untagged=""
`,
  [list('/interface vlan')]: `Flags: X - disabled, R - running
 0 R name="users" mtu=1500 l2mtu=1510 mac-address=02:00:5E:00:00:03 arp=enabled vlan-id=30 interface=bridge1 use-service-tag=no
`,
  '/export': `# 2026-01-02 03:04:05 by RouterOS 7.16
/interface wireless security-profiles
set [ find default=yes ] supplicant-identity=gw1 wpa2-pre-shared-key=invented
/system identity
set name=gw1
`,
};
