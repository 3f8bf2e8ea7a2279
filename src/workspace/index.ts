export { type Hook, type HookEvent, hookEvents, type Settings } from './settings.ts';
export type { Workspace } from './workspace.ts';
