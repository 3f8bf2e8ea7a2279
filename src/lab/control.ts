import type { ControlCall } from './device-control.ts';
import type { PlainLabOptions } from './host.ts';

/** What the lab asks of a server process. */
export type LabRequest = { readonly id: number } & (
  | { readonly ask: 'start'; readonly options: PlainLabOptions; readonly first: number; readonly step: number }
  | { readonly ask: 'change' | 'config'; readonly index: number }
  | { readonly ask: 'control'; readonly index: number; readonly call: ControlCall }
  | { readonly ask: 'stop' }
);

export type LabReply = { readonly id: number } & ({ readonly ok: unknown } | { readonly error: string });
