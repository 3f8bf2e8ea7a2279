import type { LabDevice } from '../../src/lab/lab.ts';
import { type Conversation, ssh, telnet } from './conversation.ts';

/** How a person would go about each system: what the lab is tested with, written apart from it. */
export interface Manners {
  /** The prompt after the login, VT100 sequences removed. */
  readonly prompt: RegExp;
  readonly login?: { readonly see: RegExp; readonly key: string };
  readonly enable?: RegExp;
  readonly pagingOff?: string;
  readonly version: string;
  readonly versionSays: RegExp;
  readonly config: string;
  readonly ends: RegExp;
  readonly more?: RegExp;
  readonly unknown: RegExp;
  /** Lines that rename the device, from the first prompt to the same prompt, `NEW` for the name. */
  readonly rename: readonly string[];
  readonly leave: readonly string[];
}

const name = '[\\w.-]+';
const ios = {
  enable: /#$/,
  pagingOff: 'terminal length 0',
  version: 'show version',
  config: 'show running-config',
  leave: ['exit'],
};

export const manners: Readonly<Record<string, Manners>> = {
  cisco_ios: {
    ...ios,
    prompt: new RegExp(`${name}>$`),
    versionSays: /Cisco IOS Software/,
    ends: /\r\nend\r\n/,
    more: / --More-- $/,
    unknown: /% Invalid input detected at '\^' marker/,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  cisco_xe: {
    ...ios,
    prompt: new RegExp(`${name}#$`),
    enable: undefined as never,
    versionSays: /IOS XE Software/,
    ends: /\r\nend\r\n/,
    more: / --More-- $/,
    unknown: /% Invalid input/,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  cisco_xr: {
    ...ios,
    prompt: new RegExp(`RP/0/RSP0/CPU0:${name}#$`),
    enable: undefined as never,
    versionSays: /IOS XR/,
    ends: /\r\nend\r\n/,
    more: / --More-- $/,
    unknown: /% Invalid input/,
    rename: ['configure', 'hostname NEW', 'commit', 'end'],
  },
  cisco_nxos: {
    ...ios,
    prompt: new RegExp(`\r${name}# $`),
    enable: undefined as never,
    versionSays: /NXOS: version/,
    ends: /password 3/,
    more: /--More--\x1b\[27m$/,
    unknown: /% Invalid command/,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  cisco_asa: {
    ...ios,
    prompt: new RegExp(`\r${name}> $`),
    enable: /# $/,
    pagingOff: 'terminal pager 0',
    versionSays: /Adaptive Security Appliance/,
    config: 'more system:running-config',
    ends: /\r\n: end\r\n/,
    more: /<--- More --->$/,
    unknown: /% Invalid input/,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  juniper_junos: {
    prompt: new RegExp(`netwright@${name}> $`),
    pagingOff: 'set cli screen-length 0',
    version: 'show version',
    versionSays: /Junos: 22/,
    config: 'show configuration',
    ends: /\r\n}\r\n/,
    more: /---\(more\)---$/,
    unknown: /unknown command/,
    rename: ['configure', 'set system host-name NEW', 'commit', 'exit'],
    leave: ['exit'],
  },
  arista_eos: {
    ...ios,
    prompt: new RegExp(`${name}>$`),
    enable: /#$/,
    versionSays: /Arista DCS/,
    ends: /\r\nend\r\n/,
    more: /--More--\x1b\[27m$/,
    unknown: /% Invalid input/,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  brocade_fastiron: {
    ...ios,
    prompt: new RegExp(`(SSH|telnet)@${name}>$`),
    enable: /#$/,
    pagingOff: 'skip-page-display',
    versionSays: /ICX7450/,
    ends: /\r\nend\r\n/,
    more: /--More--, next page: Space, next line: Return key, quit: Control-c$/,
    unknown: /Invalid input -> /,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  extreme_exos: {
    prompt: new RegExp(`(\\* )?${name}\\.\\d+ # $`),
    pagingOff: 'disable clipaging session',
    version: 'show version',
    versionSays: /ExtremeXOS version/,
    config: 'show configuration',
    ends: /enable sntp-client\r\n/,
    more: /Press <SPACE> to continue or <Q> to quit:\x1b\[m$/,
    unknown: /%% Invalid input detected/,
    rename: ['configure snmp sysName "NEW"', 'save', 'y'],
    leave: ['exit'],
  },
  hp_comware: {
    prompt: new RegExp(`\0<${name}>$`),
    pagingOff: 'screen-length disable',
    version: 'display version',
    versionSays: /Comware Software/,
    config: 'display current-configuration',
    ends: /\r\nreturn\r\n/,
    more: /---- More ----$/,
    unknown: /% Unrecognized command found/,
    rename: ['system-view', 'sysname NEW', 'return'],
    leave: ['quit'],
  },
  hp_procurve: {
    prompt: new RegExp(`${name}> (\x1b\\[[\\d;?]*[a-zA-Z])+$`),
    login: { see: /Press any key to continue$/, key: ' ' },
    enable: /# (\x1b\[[\d;?]*[a-zA-Z])+$/,
    pagingOff: 'no page',
    version: 'show version',
    versionSays: /YA\.16/,
    config: 'show running-config',
    ends: /password manager\r\n/,
    more: /quit: Control-C$/,
    unknown: /Invalid input: /,
    rename: ['configure', 'hostname NEW', 'end'],
    leave: ['logout', 'y'],
  },
  aruba_aoscx: {
    ...ios,
    prompt: new RegExp(`${name}# $`),
    enable: undefined as never,
    pagingOff: 'no page',
    versionSays: /ArubaOS-CX/,
    ends: /https-server vrf mgmt\r\n/,
    more: /quit: q$/,
    unknown: /Invalid input: /,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  huawei_vrp: {
    prompt: new RegExp(`<${name}>$`),
    pagingOff: 'screen-length 0 temporary',
    version: 'display version',
    versionSays: /VRP \(R\) software/,
    config: 'display current-configuration',
    ends: /\r\nreturn\r\n/,
    more: / {2}---- More ----$/,
    unknown: /Error: Unrecognized command found/,
    rename: ['system-view', 'sysname NEW', 'return'],
    leave: ['quit'],
  },
  huawei_vrpv8: {
    prompt: new RegExp(`<${name}>$`),
    pagingOff: 'screen-length 0 temporary',
    version: 'display version',
    versionSays: /Version 8\./,
    config: 'display current-configuration',
    ends: /\r\nreturn\r\n/,
    more: / {2}---- More ----$/,
    unknown: /Error: Unrecognized command found/,
    rename: ['system-view', 'sysname NEW', 'commit', 'return'],
    leave: ['quit'],
  },
  nokia_sros: {
    prompt: new RegExp(`\\*?A:(?:netwright@)?${name}# $`),
    pagingOff: 'environment no more',
    version: 'show version',
    versionSays: /TiMOS-C/,
    config: 'admin display-config',
    ends: /# Finished .*\r\n/,
    more: /Press any key to continue \(Q to quit\)$/,
    unknown: /Error: Bad command/,
    rename: ['configure', 'system', 'name "NEW"', 'exit all'],
    leave: ['logout'],
  },
  mikrotik_routeros: {
    prompt: new RegExp(`\\[netwright@${name}\\] > $`),
    version: '/system resource print',
    versionSays: /platform: MikroTik/,
    config: '/export',
    ends: /set enabled=yes\r\n/,
    unknown: /bad command name/,
    rename: ['/system identity set name=NEW'],
    leave: ['/quit'],
  },
  fortinet: {
    prompt: new RegExp(`${name} # $`),
    login: { see: /\(Press 'a' to accept\):$/, key: 'a' },
    version: 'get system status',
    versionSays: /FortiGate-91G/,
    config: 'show',
    ends: /set device "port1"\r\n {4}next\r\nend\r\n/,
    more: /--More-- $/,
    unknown: /Unknown action 0/,
    rename: ['config system global', 'set hostname "NEW"', 'end'],
    leave: ['exit'],
  },
  paloalto_panos: {
    prompt: new RegExp(`netwright@${name}> $`),
    pagingOff: 'set cli pager off',
    version: 'show system info',
    versionSays: /model: PA-440/,
    config: 'show config running',
    ends: /\r\n}\r\n/,
    more: /lines 1-23 $/,
    unknown: /Unknown command/,
    rename: ['configure', 'set deviceconfig system hostname NEW', 'commit', 'exit'],
    leave: ['exit'],
  },
  dell_os10: {
    ...ios,
    prompt: new RegExp(`${name}# $`),
    enable: undefined as never,
    versionSays: /OS10/,
    config: 'show running-configuration',
    ends: /telemetry\r\n/,
    more: /--More--$/,
    unknown: /% Error: Unrecognized command/,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  vyos: {
    prompt: new RegExp(`netwright@${name}:~\\$ $`),
    pagingOff: 'set terminal length 0',
    version: 'show version',
    versionSays: /VyOS 1\.4/,
    config: 'show configuration commands',
    ends: /set system time-zone 'Africa\/Cairo'\r\n/,
    more: /:\x1b\[m$/,
    unknown: /Invalid command/,
    rename: ['configure', 'set system host-name NEW', 'commit', 'exit'],
    leave: ['exit'],
  },
  frr: {
    ...ios,
    prompt: new RegExp(`${name}# $`),
    enable: undefined as never,
    versionSays: /FRRouting 8\.4/,
    ends: /\r\nend\r\n/,
    more: /\(END\)$/,
    unknown: /% Unknown command/,
    rename: ['configure terminal', 'hostname NEW', 'end'],
  },
  linux: {
    prompt: new RegExp(`netwright@${name}:~\\$ $`),
    version: 'cat /etc/os-release',
    versionSays: /Debian GNU\/Linux/,
    config:
      "tail -n +1 /etc/host* /etc/resolv.conf /etc/network/interfaces /etc/ssh/* /etc/snmp/* /etc/os-release /etc/none 2>/dev/null; echo '# end'",
    ends: /# end\r\n/,
    unknown: /command not found/,
    rename: ["echo '127.0.1.1\tNEW' > /etc/hosts"],
    leave: ['exit'],
  },
};

/** Logs in and goes where configurations can be read. */
export async function enter(device: LabDevice, rows = 24): Promise<Conversation> {
  const { prompt, login, enable } = manners[device.platform]!;
  const talk = device.transport === 'ssh' ? await ssh(device, { rows }) : await telnet(device);
  if (device.transport === 'telnet') {
    await talk.until(/(?:[Ll]ogin|[Nn]ame): ?$/);
    talk.send(`${device.user}\r\n`);
    await talk.until(/[Pp]assword: ?$/);
    talk.send(`${device.password}\r\n`);
  }
  if (login !== undefined) {
    await talk.until(login.see);
    talk.send(login.key);
  }
  await talk.until(prompt);
  if (enable !== undefined) {
    talk.send('enable\n');
    if (device.enable !== undefined) {
      await talk.until(/Password: ?$/);
      talk.send(`${device.enable}\n`);
    }
    await talk.until(enable);
  }
  return talk;
}

/** The prompt in which {@link enter} ends. */
export const home = (device: LabDevice): RegExp => manners[device.platform]!.enable ?? manners[device.platform]!.prompt;
