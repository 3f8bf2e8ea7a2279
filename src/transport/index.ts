export type { Channel, ChannelListener, Dialer, ExecResult, FileOptions, FileProtocol, Terminal } from './channel.ts';
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
export type { ApiAnswer } from './http/answers.ts';
export {
  type CertificatePolicy,
  certificateFingerprint,
  certificateHost,
  certificatePolicies,
  type KnownCertificate,
  type KnownCertificates,
  readFingerprint,
} from './http/certificate-check.ts';
export { createEapiClient, type EapiClient, type EapiCommand } from './http/eapi.ts';
export {
  type HttpEndpoint,
  type HttpRequest,
  type HttpResponse,
  type HttpSession,
  type HttpSessionOptions,
  openHttp,
} from './http/http-session.ts';
export { openKnownCertificates } from './http/known-certificates.ts';
export { createNxapiClient, type NxapiClient, type NxapiOptions } from './http/nxapi.ts';
export { createRestconfClient, type RestconfClient, type RestconfGet } from './http/restconf.ts';
export { type ScannedCertificate, scanCertificate } from './http/scan-certificate.ts';
export { type AlgorithmMemory, createAlgorithmMemory, type KnownHostKey, type KnownHosts } from './known-hosts.ts';
export { knownHostName } from './label.ts';
export { baseNamespace, NetconfCapabilities, type NetconfModule } from './netconf/capabilities.ts';
export type { NetconfOptions } from './netconf/exchange.ts';
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
export { openKnownHosts } from './open-known-hosts.ts';
export { openSshUser } from './open-ssh-config.ts';
export { passedOverInOpenSshConfig } from './open-ssh-doubts.ts';
export { turnBudget } from './turn-budget.ts';
