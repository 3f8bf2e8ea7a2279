import { expect, test } from 'vitest';
import { hideSecrets, numberedMarks } from '#facts';
import { createPlatformRegistry } from '#platforms';

const platform = await createPlatformRegistry().get('cisco_ios');

test('communities are keys of a mapping and stay apart', () => {
  const value = {
    chassis_id: '',
    contact: '',
    location: 'public library',
    community: { public: { acl: '', mode: 'ro' }, private: { acl: '11', mode: 'rw' } },
  };
  expect(hideSecrets('get_snmp_information', value, platform, numberedMarks())).toEqual({
    ...value,
    community: { '<secret 1>': { acl: '', mode: 'ro' }, '<secret 2>': { acl: '11', mode: 'rw' } },
  });
});

test('hashes of passwords, and keys of BGP sessions', () => {
  const users = {
    noc: { level: 15, password: '$9$abc', sshkeys: ['ssh-rsa AAA'] },
    guest: { level: 1, password: '', sshkeys: [] },
  };
  expect(hideSecrets('get_users', users, platform, numberedMarks())).toEqual({
    noc: { ...users.noc, password: '<secret 1>' },
    guest: users.guest,
  });
  const neighbor = {
    description: '',
    import_policy: '',
    export_policy: '',
    local_address: '',
    authentication_key: '0822455D0A16',
    nhs: false,
    route_reflector_client: false,
    local_as: 1,
    remote_as: 2,
    prefix_limit: {},
  };
  const group = {
    type: '',
    description: '',
    apply_groups: [],
    multihop_ttl: 0,
    multipath: false,
    local_address: '',
    local_as: 1,
    remote_as: 0,
    import_policy: '',
    export_policy: '',
    remove_private_as: false,
    prefix_limit: {},
    neighbors: { '192.0.2.1': neighbor },
  };
  const hidden = hideSecrets('get_bgp_config', { _: group }, platform, numberedMarks());
  expect(hidden['_']?.neighbors['192.0.2.1']).toEqual({ ...neighbor, authentication_key: '<secret 1>' });
});

test('configurations by the rules of the platform, what is hidden already left as it is', () => {
  const running = 'enable secret 9 $9$abcdef\nusername a password 7 <secret>\nusername b password 7 <removed>\n';
  const hidden = hideSecrets('get_config', { running, candidate: '', startup: running }, platform, numberedMarks());
  expect(hidden.running).toBe(
    'enable secret 9 <secret 1>\nusername a password 7 <secret>\nusername b password 7 <removed>\n',
  );
  expect(hidden.startup).toBe(hidden.running);
});

test('what has no secrets is left alone', () => {
  const vlans = { 1: { name: 'password', interfaces: [] } };
  expect(hideSecrets('get_vlans', vlans, platform, numberedMarks())).toEqual(vlans);
});
