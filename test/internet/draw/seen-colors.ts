/** How light reaches who sees all colours, no red, no green: linear RGB (Machado, Oliveira, Fernandes 2009, severity 1). */
export const eyes = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
} as const;

const linear = (color: string): number[] =>
  [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });

/** CIE L*a*b* of what such an eye sees. */
function seen(color: string, matrix: readonly number[]): [number, number, number] {
  const rgb = linear(color);
  const [r = 0, g = 0, b = 0] = [0, 1, 2].map((row) => {
    const light = [0, 1, 2].reduce((sum, column) => sum + matrix[3 * row + column]! * rgb[column]!, 0);
    return Math.min(1, Math.max(0, light));
  });
  const curve = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** By WCAG: 1 to 21. */
export function contrast(one: string, other: string): number {
  const bright = (color: string): number => {
    const [r = 0, g = 0, b = 0] = linear(color);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [bright(one), bright(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** How far apart two colours are for such an eye: CIE 1976, 2.3 is just noticed. */
export function apart(one: string, other: string, eye: keyof typeof eyes): number {
  const [a, b] = [seen(one, eyes[eye]), seen(other, eyes[eye])];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
