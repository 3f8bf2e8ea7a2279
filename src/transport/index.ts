export type { Channel, ChannelListener, Dialer, ExecResult, Terminal } from './channel.ts';
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
export type { AlgorithmMemory, KnownHostKey, KnownHosts } from './known-hosts.ts';
