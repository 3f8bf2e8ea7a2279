import type { Device } from '#inventory';

/** What a path may be made of: one folder or file name each, the same on every file system that git knows. */
function segment(text: string): string {
  const plain = text.replace(/[/\\\0-\x1f\x7f]/g, '_').trim();
  return /^(?:\.{1,2}|\.git)$/i.test(plain) ? `_${plain}` : plain;
}

/**
 * Where a device stands in the repository: the template of `backup.path` filled in. Folders that would be empty are
 * left out, and a template that forgot the name gets it at its end.
 */
export function devicePath(template: string, device: Device, platform: string): string {
  const values: Readonly<Record<string, string | undefined>> = {
    name: device.name,
    site: device.site,
    role: device.role,
    group: device.groups[0],
    platform,
  };
  const whole = template.includes('{name}') ? template : `${template}/{name}`;
  return whole
    .split('/')
    .map((part) => part.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? ''))
    .map(segment)
    .filter((part) => part !== '')
    .join('/');
}
