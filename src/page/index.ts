export type { Canvas, Pixels } from './canvas.ts';
export { type PageParts, pageDocument } from './document.ts';
export { byId, type PageElement, type PageEvent, type PageImage, type PageWindow } from './dom.ts';
export { escapeXml, scriptJson } from './escape.ts';
export { type GestureActs, Gestures, keyStep } from './gestures.ts';
export { type PagePolicyOptions, pagePolicy } from './page-policy.ts';
export { themeButton } from './theme-button.ts';
export { View } from './view.ts';
