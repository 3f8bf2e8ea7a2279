export type { Channel, ChannelListener, Dialer, ExecResult, Terminal } from './channel.ts';
export {
  createDialer,
  type DialerOptions,
  type ScannedHostKey,
  type SshDialer,
  type StreamEndpoint,
} from './dialer.ts';
export {
  type AlgorithmPolicy,
  algorithmPolicies,
  type Endpoint,
  type HostKeyPolicy,
  hostKeyPolicies,
  type Login,
  type Protocol,
  protocols,
  type SshOptions,
} from './endpoint.ts';
export { fingerprint } from './host-key-check.ts';
export { type AlgorithmMemory, createAlgorithmMemory, type KnownHostKey, type KnownHosts } from './known-hosts.ts';
export { knownHostName } from './label.ts';
export { baseNamespace, NetconfCapabilities, type NetconfModule } from './netconf/capabilities.ts';
export type {
  CommitOptions,
  ConfigSource,
  ConfigTarget,
  Datastore,
  EditConfigOptions,
  GetOptions,
  NetconfFilter,
  NetconfReply,
  NetconfSession,
  RpcOptions,
} from './netconf/netconf-session.ts';
export { openNetconf, startNetconf } from './netconf/open-netconf.ts';
export type { RpcError } from './netconf/rpc-error.ts';
export type { NetconfOptions } from './netconf/session.ts';
export { openKnownHosts } from './open-known-hosts.ts';
export { passedOverInOpenSshConfig } from './open-ssh-doubts.ts';
export { turnBudget } from './turn-budget.ts';
