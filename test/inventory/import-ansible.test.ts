import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importAnsible, loadInventory } from '#inventory';
import { expandRange } from '../../src/inventory/import/ansible-model.ts';
import { failure, folderWith, platforms } from './workbench.ts';

const ini = `
bastion ansible_host=192.0.2.250 ansible_user=ops

[edge]
r[01:03].cairo   ansible_network_os=cisco.ios.ios  # three of them
r9 ansible_host=192.0.2.9 ansible_port=2222 ansible_network_os="junos" ansible_password='pa ss # word' note="a b"

[access]
sw1:2200

[access:vars]
ansible_network_os = community.network.comware
ansible_user=access
ansible_password=sw pass
ansible_become_password=en-able
rack=7

[core:children]
edge
access

[core:vars]
ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p -q bastion"'
asn=64512
snmp_community=public

[all:vars]
ansible_user=admin
ansible_password=admin-pass
ansible_connection=ansible.netcommon.network_cli
ansible_command_timeout=60
`;

const yaml = `
all:
  vars:
    ansible_user: admin
  hosts:
    lonely: { ansible_host: 192.0.2.1, ansible_connection: local }
  children:
    core:
      vars: { level: core, ansible_port: 1000 }
      children:
        edge:
          vars: { level: edge }
          hosts:
            r1:
              ansible_password: !vault |
                $ANSIBLE_VAULT;1.1;AES256
                6162
              ansible_host: "{{ lookup('dns') }}"
            r2:
    zone:
      vars: { level: zone, ansible_port: 2000 }
      hosts:
        r1:
`;

async function convert(files: Record<string, string>, name: string) {
  const folder = await folderWith(files);
  const { inventory, credentials, warnings } = await importAnsible({ inventory: join(folder, name) });
  const out = await folderWith({ 'inventory.yaml': inventory });
  const loaded = await loadInventory(join(out, 'inventory.yaml'), { platforms });
  const logins = [...credentials].map(([key, { user, password, enable }]) => [
    key,
    user,
    password?.reveal(),
    enable?.reveal(),
  ]);
  return { folder, inventory, logins, loaded, warnings: warnings.map(({ message }) => message), places: warnings };
}

describe('importing from Ansible', () => {
  it('reads the INI form: ranges, variables of hosts and groups, children, quotes', async () => {
    const { inventory, logins, loaded, warnings } = await convert({ hosts: ini }, 'hosts');
    expect(inventory).toBe(`# Imported from Ansible.
defaults: { connection: { commandTimeoutMs: 60000 } }
groups:
  edge: { groups: [core] }
  access: { platform: hp_comware, groups: [core], variables: { rack: 7 } }
  core: { jump: [bastion], variables: { asn: 64512 } }
devices:
  bastion: { address: 192.0.2.250, credential: ops, jump: [] }
  r01.cairo: { platform: cisco_ios, credential: admin, groups: [edge] }
  r02.cairo: { platform: cisco_ios, credential: admin, groups: [edge] }
  r03.cairo: { platform: cisco_ios, credential: admin, groups: [edge] }
  r9:
    address: 192.0.2.9
    port: 2222
    platform: juniper_junos
    credential: admin-2
    groups: [edge]
    variables: { note: a b }
  sw1: { port: 2200, credential: access, groups: [access] }
`);
    expect(logins).toEqual([
      ['ops', 'ops', 'admin-pass', undefined],
      ['admin', 'admin', 'admin-pass', undefined],
      ['admin-2', 'admin', 'pa ss # word', undefined],
      ['access', 'access', 'sw pass', 'en-able'],
    ]);
    expect(warnings).toEqual(['"snmp_community" looks like a secret and is left out']);
    expect(loaded.problems).toEqual([]);
    expect(loaded.get('sw1')).toMatchObject({
      platform: 'hp_comware',
      jump: ['bastion'],
      variables: { rack: 7, asn: 64512 },
    });
    expect(loaded.get('bastion').jump).toEqual([]);
  });

  it('reads the YAML form, keeps to the precedence of Ansible, and warns about vaults and templates', async () => {
    const { loaded, warnings, places, inventory } = await convert({ 'hosts.yml': yaml }, 'hosts.yml');
    expect(loaded.problems).toEqual([]);
    // "edge" is deeper than "zone" and "core", so it is the strongest; of those two, the later name counts for the port.
    expect(loaded.get('r1')).toMatchObject({
      variables: { level: 'edge' },
      port: 2000,
      credential: 'admin',
      address: 'r1',
    });
    expect(loaded.get('r2')).toMatchObject({ variables: { level: 'edge' }, port: 1000 });
    expect(loaded.devices.has('lonely')).toBe(false);
    expect(inventory).toContain('  # ansible_connection: local\n  # lonely: ');
    expect(warnings).toContain('"ansible_password" is encrypted with Ansible\'s vault and left out');
    expect(warnings).toContain('"ansible_host" is a template and left out');
    expect(places.find(({ message }) => message.includes('vault'))?.line).toBe(15);
  });

  it('reads group_vars and host_vars, as files and as folders', async () => {
    const { loaded, logins, warnings, folder, places } = await convert(
      {
        'hosts.ini': '[edge]\nr1\nr2\n',
        'group_vars/all.yml': 'ansible_user: all-user\nntp: [192.0.2.5]\n',
        'group_vars/edge/os.yaml': 'ansible_network_os: arista.eos.eos\n',
        'group_vars/edge/login': 'ansible_password: edge-pass\n',
        'group_vars/gone.yml': 'x: 1\n',
        'group_vars/edge/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n',
        'host_vars/r2.yml': 'ansible_host: 192.0.2.2\nansible_user: own\nntp: [192.0.2.6]\n',
      },
      'hosts.ini',
    );
    expect(loaded.problems).toEqual([]);
    expect(loaded.get('r1')).toMatchObject({
      platform: 'arista_eos',
      credential: 'all-user',
      variables: { ntp: ['192.0.2.5'] },
    });
    expect(loaded.get('r2')).toMatchObject({
      address: '192.0.2.2',
      credential: 'own',
      variables: { ntp: ['192.0.2.6'] },
    });
    expect(logins).toEqual([
      ['all-user', 'all-user', 'edge-pass', undefined],
      ['own', 'own', 'edge-pass', undefined],
    ]);
    expect(warnings).toContain('there is no group "gone"');
    expect(places.map(({ file, message }) => [file.slice(folder.length + 1), message])).toContainEqual([
      'group_vars/edge/vault.yml',
      "the file is encrypted with Ansible's vault and left out",
    ]);
  });

  it('reads a folder of inventories, and jump hosts with users and ports', async () => {
    const { loaded, inventory } = await convert(
      {
        'inv/a.ini': "[x]\nr1 ansible_ssh_common_args='-J ops@jump1:2222,jump2'\n",
        'inv/b.yml': 'x:\n  hosts:\n    r2: { ansible_ssh_common_args: "-o ProxyJump=jump2" }\n',
      },
      'inv',
    );
    expect(loaded.problems).toEqual([]);
    expect(loaded.get('r1').jump).toEqual(['jump1', 'jump2']);
    expect(loaded.get('r2').jump).toEqual(['jump2']);
    expect(inventory).toContain('jump1: { port: 2222, platform: linux, credential: ops, jump: [] }');
  });

  it.each([
    ['an open quote', { h: 'r1 ansible_password="hunter22\n' }, /h:1: the quote " is not closed/],
    ['a broken range', { h: '[a]\nr[5:1]\n' }, /h:2: "\[5:1\]": expected a range/],
    ['a range without end', { h: 'r[0:99999999]\n' }, /h:1: "\[0:99999999\]": expected a range/],
    ['a word without a value', { h: 'r1 hunter22\n' }, /h:1: expected key=value/],
    ['a broken section', { h: '[a:nonsense]\n' }, /h:1: expected \[group\]/],
    ['groups in a circle', { h: '[a:children]\nb\n[b:children]\na\n' }, /groups go in a circle: a -> b -> a/],
    ['broken YAML', { h: 'all:\n  hosts: [\n' }, /h:\d: /],
    [
      'the configuration of a plugin',
      { h: '---\nplugin: netbox.netbox.nb_inventory\ntoken: hunter22\n' },
      /h:2: this asks an inventory plugin.*ansible-inventory -i <inventory> --list --yaml/,
    ],
    [
      'the output of an inventory script',
      { h: '{"_meta": {"hostvars": {}}, "all": {"hosts": ["hunter22"]}}' },
      /h:1: this is what an inventory script prints.*--yaml/,
    ],
    ['a list of hosts', { h: '---\nall:\n  hosts: [r1]\n' }, /h:3: hosts: expected a mapping/],
    [
      'an address that is none',
      { h: 'r1 ansible_host=192.0.2.300\n' },
      /h:1: host "r1": "192\.0\.2\.300" is no IPv4 address/,
    ],
    ['a missing file', {}, /h: there is no such file/],
  ])('refuses %s with its place, and shows no password', async (_, files, message) => {
    const folder = await folderWith(files as Record<string, string>);
    const error = await failure(importAnsible({ inventory: join(folder, 'h') }));
    expect(error.code).toBe('NW_IMPORT_INVALID');
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hunter22');
  });

  it('passes over what Ansible passes over: a key twice, a name for a mapping, an unknown key', async () => {
    const folder = await folderWith({
      h: 'edge:\n  hosts:\n    r1: { a: 1 }\n    r1: { b: 2 }\n  hostz: {}\n  children: core\ncore:\n  hosts: r2\n',
    });
    const { inventory, warnings } = await importAnsible({ inventory: join(folder, 'h') });
    const out = await folderWith({ 'inventory.yaml': inventory });
    const { devices } = await loadInventory(join(out, 'inventory.yaml'), { platforms });
    expect([...devices.values()].map(({ name, groups }) => [name, groups])).toEqual([
      ['r1', ['edge']],
      ['r2', ['core', 'edge']],
    ]);
    expect(devices.get('r1')?.variables).toEqual({ a: 1, b: 2 });
    expect(inventory).not.toContain('defaults');
    expect(warnings.map(({ line, message }) => [line, message])).toEqual([
      [5, 'group "edge": expected hosts, children or vars, got "hostz"; left out'],
    ]);
  });

  it('reads Python literals in INI, with a comment behind them', async () => {
    const folder = await folderWith({
      h: '[all:vars]\nansible_port=2222 # ssh\nname="a # b"  # c\nservers=["192.0.2.1", \'x\']\ndns=[\'a\', 1]\nplain=a # b\n[g]\nr1\n',
    });
    const { inventory } = await importAnsible({ inventory: join(folder, 'h') });
    const out = await folderWith({ 'inventory.yaml': inventory });
    expect((await loadInventory(join(out, 'inventory.yaml'), { platforms })).get('r1')).toMatchObject({
      port: 2222,
      variables: { name: 'a # b', servers: '["192.0.2.1", \'x\']', dns: ['a', 1], plain: 'a # b' },
    });
  });

  it.each([
    ['-o ProxyCommand="ssh -W %h:%p -q jumper@b.example.net -p 2022"', { name: 'b.example.net', port: 2022 }],
    ['-o ProxyCommand="ssh -q -p2022 -i ~/.ssh/key -l jumper -W %h:%p b"', { name: 'b', port: 2022 }],
    ['-o ProxyCommand="ssh b nc %h %p -W"', { name: 'b' }],
    ['-o StrictHostKeyChecking=no -J jumper@b:2022', { name: 'b', port: 2022 }],
  ])('finds the jump host in %s', async (text, hop) => {
    const folder = await folderWith({ h: `r1 ansible_ssh_common_args='${text}'\n` });
    const { inventory, credentials } = await importAnsible({ inventory: join(folder, 'h') });
    const out = await folderWith({ 'inventory.yaml': inventory });
    const { devices } = await loadInventory(join(out, 'inventory.yaml'), { platforms });
    expect(devices.get('r1')?.jump).toEqual([hop.name]);
    expect(devices.get(hop.name)).toMatchObject(hop);
    expect([...credentials.values()].map(({ user }) => user)).toEqual(text.includes('jumper') ? ['jumper'] : []);
  });

  it.each([
    ['r[01:03]', ['r01', 'r02', 'r03']],
    ['r[8:10]', ['r8', 'r9', 'r10']],
    ['r[1:7:3]-[a:b]', ['r1-a', 'r1-b', 'r4-a', 'r4-b', 'r7-a', 'r7-b']],
    ['plain', ['plain']],
  ])('expands %s', (pattern, expected) => {
    expect(expandRange(pattern, { file: 'f', line: 1 })).toEqual(expected);
  });
});
