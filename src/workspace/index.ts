export { addToSetting } from './add-to-setting.ts';
export { algorithmMemory } from './algorithm-memory.ts';
export { findWorkspace, settingsFileName } from './find-workspace.ts';
export { type InitialFiles, initWorkspace } from './init-workspace.ts';
export { openWorkspace, type WorkspaceOptions } from './open-workspace.ts';
export { runDefaults } from './run-defaults.ts';
export {
  type ExplainedSetting,
  type LayeredSettings,
  layerSettings,
  type SettingFlag,
} from './setting-layers.ts';
export { type Hook, type HookEvent, hookEvents, type Settings } from './settings.ts';
export { settingKeys, settingsJsonSchema } from './settings-schema.ts';
export type { OpenedWorkspace, Workspace } from './workspace.ts';
