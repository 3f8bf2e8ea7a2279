import Type, { type Static } from 'typebox';
import { by, count, exactly, flag, real, text } from './shape.ts';

/** NAPALM gives each peer an empty mapping; EOS (NAPALM 5) fills the one of a server. */
const NtpServer = exactly({
  port: Type.Optional(count()),
  version: Type.Optional(count()),
  association_type: Type.Optional(text()),
  iburst: Type.Optional(flag()),
  prefer: Type.Optional(flag()),
  network_instance: Type.Optional(text()),
  source_address: Type.Optional(text()),
  key_id: Type.Optional(count()),
  address: Type.Optional(text()),
});
export const NtpServers = by('address or name', NtpServer);
export type NtpServers = Static<typeof NtpServers>;
export const NtpPeers = by('address or name', exactly({}));
export type NtpPeers = Static<typeof NtpPeers>;

export const NtpStat = exactly({
  remote: text(),
  referenceid: text(),
  synchronized: flag(),
  stratum: count(),
  type: text(),
  when: text('as the device prints it'),
  hostpoll: count('seconds'),
  reachability: count('octal digits, as printed'),
  delay: real('ms'),
  offset: real('ms'),
  jitter: real('ms'),
});
export type NtpStat = Static<typeof NtpStat>;
export const NtpStats = Type.Array(NtpStat);
export type NtpStats = Static<typeof NtpStats>;

const byProbe = <const V extends ReturnType<typeof exactly>>(value: V) => by('probe', by('test', value));

export const ProbesConfig = byProbe(
  exactly({
    probe_type: text('icmp-ping, udp-ping, tcp-ping, http-get, …'),
    target: text(),
    source: text(),
    probe_count: count(),
    test_interval: count('seconds'),
  }),
);
export type ProbesConfig = Static<typeof ProbesConfig>;

export const ProbesResults = byProbe(
  exactly({
    target: text(),
    source: text(),
    probe_type: text(),
    probe_count: count(),
    rtt: real('ms'),
    round_trip_jitter: real('ms'),
    last_test_loss: count('packets'),
    current_test_min_delay: real('ms'),
    current_test_max_delay: real('ms'),
    current_test_avg_delay: real('ms'),
    last_test_min_delay: real('ms'),
    last_test_max_delay: real('ms'),
    last_test_avg_delay: real('ms'),
    global_test_min_delay: real('ms'),
    global_test_max_delay: real('ms'),
    global_test_avg_delay: real('ms'),
  }),
);
export type ProbesResults = Static<typeof ProbesResults>;
