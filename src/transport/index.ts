export type { Channel, ChannelListener, Dialer, ExecResult, Terminal } from './channel.ts';
export { createDialer, type DialerOptions, type ScannedHostKey, type SshDialer } from './dialer.ts';
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
export { openKnownHosts } from './open-known-hosts.ts';
export { passedOverInOpenSshConfig } from './open-ssh-doubts.ts';
export { turnBudget } from './turn-budget.ts';
