import type { Clock, Logger, Redactor } from '#core';
import type { CredentialStore, Inventory } from '#inventory';
import type { PlatformRegistry } from '#platforms';
import type { Connector } from '#runner';
import type { ConfigurationStore, Memory, TranscriptStore } from '#store';
import type { KnownCertificates, KnownHosts, SshDialer } from '#transport';
import type { ExplainedSetting } from './setting-layers.ts';
import type { Settings } from './settings.ts';

/**
 * A folder with `netwright.yaml`, opened. Everything in it is opened when first asked for, and closed with it.
 *
 *     netwright.yaml  inventory.yaml  secrets.age  known_hosts  known_certificates  platforms/*.yaml
 *     configs/      the git repository (bare)
 *     sealed/       full texts, age-encrypted
 *     .netwright/   state.sqlite, transcripts/, quarantine/, lock
 */
export interface Workspace extends AsyncDisposable {
  readonly folder: string;
  readonly settings: Settings;
  readonly redactor: Redactor;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly credentials: CredentialStore;
  inventory(): Promise<Inventory>;
  platforms(): Promise<PlatformRegistry>;
  configurations(): Promise<ConfigurationStore>;
  memory(): Promise<Memory>;
  transcripts(): Promise<TranscriptStore>;
  connector(): Promise<Connector>;
  /** Path of something in the workspace. */
  path(...parts: readonly string[]): string;
  close(): Promise<void>;
}

/** A workspace as `openWorkspace` gives it, with what only its user at the command line asks for. */
export interface OpenedWorkspace extends Workspace {
  /** Every setting with where its value comes from. */
  readonly explained: readonly ExplainedSetting[];
  /** `NETWRIGHT_*` variables of the environment that mean nothing. */
  readonly unknownVariables: readonly string[];
  knownHosts(): Promise<KnownHosts>;
  /** Certificates of the HTTPS servers of devices, in `known_certificates`. */
  knownCertificates(): Promise<KnownCertificates>;
  dialer(): Promise<SshDialer>;
  connector(): Promise<Required<Connector>>;
}
