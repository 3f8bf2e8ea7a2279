import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Recording } from './recorded.ts';

type Recordings = Pick<Recording, 'answers' | 'forms'>;

/** The questions that NAPALM's recordings answer under another name than the one we ask by. */
export function asWeAsk(system: string, folder: string, recordings: Recordings): Recordings {
  const isJunos = system === 'junos' || system === 'unit';
  const answers: Record<string, string> = { ...recordings.answers };
  const forms: Record<string, string> = { ...recordings.forms };
  const add = (question: string, answer: string, form: string): void => {
    answers[question] = answer;
    forms[question] = form;
  };
  for (const [name, answer] of Object.entries(recordings.answers)) {
    if (isJunos) junosQuestions(name, answer, add);
    const xr = xrQuestions[name];
    if (xr !== undefined) add(xr, answer, 'xml');
  }
  if (isJunos) junosFacts(folder, add);
  return { answers, forms };
}

type Add = (question: string, answer: string, form: string) => void;

/** Configuration is recorded under its filter, tables of an instance under the RPC with the instance behind it. */
const junosConfiguration: Readonly<Record<string, string>> = {
  _configuration__protocols__bgp: 'protocols bgp',
  _configuration__policy_options: 'policy-options policy-statement',
  _configuration__routing_options: 'routing-options autonomous-system',
  _configuration__routing_instances: 'routing-instances instance',
  _configuration__system__ntp__peer: 'system ntp peer',
  _configuration__system__ntp__server: 'system ntp server',
  _configuration__snmp: 'snmp',
  _configuration__services__rpm: 'services rpm probe',
  _configuration__system__login: 'system login user',
  _configuration__system____: 'system root-authentication',
};

function junosQuestions(name: string, answer: string, add: Add): void {
  const [, table, instance] = /^get-bgp-(neighbor|summary)-information(\w+)$/.exec(name) ?? [];
  if (instance !== undefined) add(`show bgp ${table} instance ${instance}`, answer, 'xml');
  for (const [prefix, section] of Object.entries(junosConfiguration)) {
    if (name.startsWith(prefix)) add(`show configuration ${section}`, answer, 'xml');
  }
  if (name === 'get_config__database_candidate__format_text') add('show configuration candidate', answer, 'xml');
  if (name === 'get_config__database_committed__format_text') {
    add('show configuration', answer.replace(/^<configuration-text>|<\/configuration-text>\s*$/g, ''), 'txt');
  }
}

/** Recorded under the models that were asked for. */
const xrQuestions: Readonly<Record<string, string>> = {
  'shellutil-oper_system-time__pfi-im-cmd-oper_interfaces__invmgr-oper_inventory': 'show version',
  'pfi-im-cmd-oper_interfaces': 'show interfaces',
  'ipv4-io-oper_ipv4-network__ipv6-ma-oper_ipv6-network': 'show ipv4 vrf all interface',
  'ipv4-arp-oper_arp': 'show arp',
  'ethernet-lldp-oper_lldp': 'show lldp neighbors detail',
  'l2vpn-oper_l2vpn-forwarding': 'show l2vpn forwarding bridge-domain mac-address',
  'ipv4-bgp-oper_bgp': 'show bgp neighbors',
  'ipv4-bgp-cfg_bgp__running': 'show running-config router bgp',
  'cli-cfg_cli__running': 'show running-config',
  'cli-cfg_cli__candidate': 'show candidate-config',
  'nto-misc-oper_memory-summary': 'show memory summary',
  'wdsysmon-fd-oper_system-monitoring': 'show processes cpu',
  'sysadmin-asr9k-envmon-ui_environment': 'show environment (sysadmin-asr9k-envmon-ui)',
  'ip-ntp-cfg_ntp__running': 'show running-config ntp',
  'ip-ntp-oper_ntp': 'show ntp associations',
  'man-ipsla-cfg_ipsla__running': 'show running-config ipsla',
  'man-ipsla-oper_ipsla': 'show ipsla statistics',
  'ip-rib-ipv4-oper_rib': 'show route 1.0.4.0/24',
  'snmp-agent-cfg_snmp__running': 'show running-config snmp-server',
  'aaa-lib-cfg_aaa__running': 'show running-config username',
};

/** What PyEZ gathers when it connects, as the recordings have it, and what NAPALM's tests put in its place. */
function junosFacts(folder: string, add: Add): void {
  const file = path.join(folder, 'facts.yml');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const release = lines.map((line) => /^version: (.+)$/.exec(line)?.[1]).find((found) => found !== undefined) ?? '';
  add(
    'show version',
    `<software-information><host-name>vsrx</host-name><product-model>firefly-perimeter</product-model><junos-version>${release}</junos-version></software-information>`,
    'xml',
  );
  add(
    'show chassis hardware',
    '<chassis-inventory><chassis><serial-number>beb914a9cca3</serial-number></chassis></chassis-inventory>',
    'xml',
  );
  add(
    'show system uptime',
    '<system-uptime-information><uptime-information><up-time seconds="4380">1:13</up-time></uptime-information></system-uptime-information>',
    'xml',
  );
  add('show configuration system domain-name', '<rpc-reply/>', 'xml');
}
