/** What colours mean, for both themes. Text on its ground has a contrast of 4.5:1 and more. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly classFill: string;
  readonly classEdge: string;
  readonly interfaceFill: string;
  readonly interfaceEdge: string;
  readonly interfaceInk: string;
  readonly packFill: string;
  readonly packEdge: string;
  readonly outsideEdge: string;
  readonly runtimeFill: string;
  readonly runtimeEdge: string;
  readonly runtimeInk: string;
  readonly made: string;
  readonly holds: string;
  readonly cyclic: string;
  readonly floor: string;
  readonly accent: string;
}

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    paper: '#fcfdfe',
    ink: '#18202c',
    muted: '#5b6779',
    line: '#8496ad',
    classFill: '#e6effb',
    classEdge: '#5a87c6',
    interfaceFill: '#e3f5ec',
    interfaceEdge: '#3f9b77',
    interfaceInk: '#166347',
    packFill: '#ffffff',
    packEdge: '#d3dce8',
    outsideEdge: '#8d98a8',
    runtimeFill: '#fff6e0',
    runtimeEdge: '#b7791f',
    runtimeInk: '#7a4d08',
    made: '#c2410c',
    holds: '#8353bd',
    cyclic: '#c92a2a',
    floor: '#f0f4f9',
    accent: '#1d6ae5',
  },
  dark: {
    paper: '#11161d',
    ink: '#e5ebf3',
    muted: '#9aa7b8',
    line: '#64758c',
    classFill: '#1a2a43',
    classEdge: '#5c8fd9',
    interfaceFill: '#13322a',
    interfaceEdge: '#4fb38b',
    interfaceInk: '#86dcb9',
    packFill: '#161d26',
    packEdge: '#2d3948',
    outsideEdge: '#75839a',
    runtimeFill: '#33270f',
    runtimeEdge: '#d79b3b',
    runtimeInk: '#f0c67e',
    made: '#fb923c',
    holds: '#b28be6',
    cyclic: '#ff6b6b',
    floor: '#171e28',
    accent: '#6aa5ff',
  },
};

/** Fonts that every system has, of one measure: nothing is fetched. */
export const fontStack = "'Helvetica Neue', Arial, 'Liberation Sans', 'Segoe UI', Roboto, sans-serif";
