import type { Persona } from '../persona.ts';
import { volatile } from '../volatile.ts';
import { iosSwitchTables } from './answers/ios-tables.ts';
import { cisco_ios } from './cisco_ios.ts';
import { iosShutsOff } from './ios-refusals.ts';

const version: Persona['commands'][number] = {
  words: 'show version',
  print: ({ host, hex }) =>
    `Cisco IOS XE Software, Version 17.09.04a\nCisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4a, RELEASE SOFTWARE (fc3)\nTechnical Support: http://www.cisco.com/techsupport\nCompiled Fri 20-Oct-23 10:44 by mcpre\n\nROM: IOS-XE ROMMON\nBOOTLDR: System Bootstrap, Version 17.9.1r, RELEASE SOFTWARE (P)\n\n${host} uptime is ${volatile('uptime')}\nUptime for this control processor is ${volatile('uptime')}\nSystem returned to ROM by Reload Command\nSystem image file is "flash:packages.conf"\nLast reload reason: Reload Command\n\ncisco C9300-48P (X86) processor with 1331521K/6147K bytes of memory.\nProcessor board ID FOC${hex(3, 8).toUpperCase()}\n2048K bytes of non-volatile configuration memory.\n\nSwitch Ports Model              SW Version        SW Image              Mode   \n------ ----- -----              ----------        ----------            ----   \n*    1 65    C9300-48P          17.09.04a         CAT9K_IOSXE           INSTALL\n\nConfiguration register is 0x102\n\n`,
};

/** IOS XE 17.9.4a on a Catalyst 9300. The shell is IOS's. */
export const cisco_xe: Persona = {
  ...cisco_ios,
  id: 'cisco_xe',
  kind: 'switch',
  // Privilege 15 from AAA: no enable step.
  start: 'privileged',
  needsEnable: false,
  motd: () => '',
  commands: [
    version,
    ...iosSwitchTables,
    ...cisco_ios.commands.filter(({ words }) => words !== 'show version' && words !== 'show environment all'),
  ],
  config: {
    before: (_, bytes) =>
      `Building configuration...\n\nCurrent configuration : ${bytes} bytes\n!\n! Last configuration change at ${volatile('ios')} by netwright\n!\n`,
    after: () => '\n',
    parts: [
      ({ host, token }) =>
        `version 17.9\nservice timestamps debug datetime msec\nservice timestamps log datetime msec\n!\nhostname ${host}\n!\nvrf definition Mgmt-vrf\n !\n address-family ipv4\n exit-address-family\n!\nenable secret 9 $9$${token(1, 14)}$${token(2, 43)}\n!\naaa new-model\nusername netwright privilege 15 secret 9 $9$${token(3, 14)}$${token(4, 43)}\n!\ncrypto pki certificate chain SLA-TrustPoint\n certificate ca 01\n  30820321 30820209 A0030201 02020101 300D0609 2A864886 F70D0101 0B050030 \n  32310E30 0C060355 040A1305 43697363 6F312030 1E060355 04031317 43697363\n  \tquit\n!\nspanning-tree mode rapid-pvst\n!\n`,
      {
        share: 0.2,
        each: ({ description }, nth) =>
          `vlan ${nth + 100}\n name ${description(nth).replaceAll(/[^\w]+/g, '-')}-${nth + 100}\n!\n`,
      },
      {
        share: 0.8,
        each: ({ description, number }, nth) =>
          `interface GigabitEthernet${1 + Math.floor(nth / 48)}/0/${1 + (nth % 48)}\n description ${description(nth)}\n switchport access vlan ${100 + number(nth, 20)}\n switchport mode access\n spanning-tree portfast\n!\n`,
      },
      ({ ip, token, hex }) =>
        `interface Vlan1\n ip address ${ip(1)} 255.255.255.0\n!\nip default-gateway ${ip(2)}\nip access-list extended EDGE-IN\n permit tcp any any established\n!\nsnmp-server community ${token(11, 10)} RO\nsnmp-server host ${ip(5)} version 2c ${token(12, 12)}\nradius server ISE1\n address ipv4 ${ip(601)} auth-port 1812 acct-port 1813\n key 7 ${hex(41, 18).toUpperCase()}\n!\nline con 0\nline vty 0 15\n transport input ssh\n!\nntp server ${ip(701)}\n!\nend\n`,
    ],
  },
  files: { kind: 'flat', prefix: 'flash:/', totalBytes: 11_353_194_496, usedBytes: 4_100_000_000 },
  shutsOff: iosShutsOff(/^interface Vlan1$/),
  edit: {
    ...cisco_ios.edit,
    sections: [
      ...cisco_ios.edit.sections!,
      [/^radius server \S+/, 'config-radius-server'],
      [/^vrf definition \S+/, 'config-vrf'],
    ],
    single: [...cisco_ios.edit.single!, /^switchport access vlan /, /^switchport mode /, /^name /],
    before: /^(radius server|line |ntp |end$)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface GigabitEthernet1/0/1', `description desk ${1 + number(nth, 400)}`],
      sentence: `description of GigabitEthernet1/0/1 is now "desk ${1 + number(nth, 400)}"`,
    }),
    (_, nth) => ({
      lines: [`vlan ${2000 + nth}`, `name project-${nth}`],
      sentence: `VLAN ${2000 + nth} "project-${nth}" was added`,
    }),
  ],
};
