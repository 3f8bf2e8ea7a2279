/** Colours of a drawing. Text on its ground has a contrast of 4.5:1 and more. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly siteFill: string;
  readonly siteEdge: string;
  readonly outsideEdge: string;
  readonly silentFill: string;
  readonly silentEdge: string;
  readonly oneSided: string;
  /** Fill and edge by role, in the order in which roles are named. */
  readonly roles: readonly (readonly [fill: string, edge: string])[];
}

export type Theme = 'light' | 'dark';

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    paper: '#fcfdfe',
    ink: '#18202c',
    muted: '#536074',
    line: '#7488a3',
    siteFill: '#f1f5fa',
    siteEdge: '#ccd8e6',
    outsideEdge: '#8591a3',
    silentFill: '#f6f1f1',
    silentEdge: '#b3261e',
    oneSided: '#c05621',
    roles: [
      ['#e3edfb', '#4d7fc4'],
      ['#e0f4ea', '#35936d'],
      ['#fdf1dc', '#b47d1c'],
      ['#f0e9fb', '#8059c2'],
      ['#fde8ea', '#c25b6b'],
      ['#def3f6', '#2b8c99'],
      ['#eff3da', '#7a8a23'],
      ['#eceff4', '#6b7890'],
    ],
  },
  dark: {
    paper: '#11161d',
    ink: '#e8edf5',
    muted: '#a4b0c0',
    line: '#70839c',
    siteFill: '#182029',
    siteEdge: '#334353',
    outsideEdge: '#7c8a9c',
    silentFill: '#2c1f22',
    silentEdge: '#f08a82',
    oneSided: '#f0a058',
    roles: [
      ['#1d3252', '#6fa0e6'],
      ['#173d2f', '#5cc39a'],
      ['#43330f', '#dba949'],
      ['#33264f', '#a98be6'],
      ['#4a242b', '#e58896'],
      ['#14393f', '#5bbfcc'],
      ['#343a12', '#b6c553'],
      ['#2a323e', '#9aa8bd'],
    ],
  },
};
