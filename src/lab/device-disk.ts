import { posix } from 'node:path';
import type { SimulatedDevice } from './device.ts';
import { filesOf, joinFiles } from './files-text.ts';

/**
 * The files of a device as SFTP and SCP see them. On a host its configuration is files itself: those below `/etc` are
 * in its running text.
 */
export class DeviceDisk {
  readonly #device: SimulatedDevice;

  constructor(device: SimulatedDevice) {
    this.#device = device;
  }

  plain(name: string): string {
    return this.#device.files.plain(name);
  }

  read(name: string): Buffer | undefined {
    const text = this.#isHost ? filesOf(this.#device.running.text).get(this.plain(name)) : undefined;
    return text === undefined ? this.#device.files.read(name) : Buffer.from(this.#device.now(text));
  }

  /** @returns false without room for it. */
  write(name: string, bytes: Buffer): boolean {
    const device = this.#device;
    const path = this.plain(name);
    if (!this.#isConfiguration(path)) return device.files.write(name, bytes, device.time.now());
    if (device.files.isFull) return false;
    const files = filesOf(device.running.text);
    files.set(path, bytes.toString('utf8'));
    device.running.set(joinFiles(files));
    return true;
  }

  delete(name: string): boolean {
    const device = this.#device;
    const files = this.#isHost ? filesOf(device.running.text) : new Map<string, string>();
    if (!files.delete(this.plain(name))) return device.files.delete(name);
    device.running.set(joinFiles(files));
    return true;
  }

  rename(from: string, to: string): boolean {
    const bytes = this.read(from);
    if (bytes === undefined || !this.write(to, bytes)) return false;
    if (this.plain(from) !== this.plain(to)) this.delete(from);
    return true;
  }

  get names(): string[] {
    const own = this.#device.files.names;
    return this.#isHost ? [...new Set([...filesOf(this.#device.running.text).keys(), ...own])].sort() : own;
  }

  atMs(name: string): number {
    return this.#device.files.atMs(name) || this.#device.time.now() - 86_400_000;
  }

  /** Whether something lies below that name, or it is a place where files may lie. */
  isFolder(name: string): boolean {
    const path = this.plain(name).replace(/\/$/, '');
    if (path === '' || path === '.' || /^\/(?:tmp|var|var\/tmp|etc|home|config|root)$/.test(path)) return true;
    return path === this.#device.files.system.home || this.names.some((own) => own.startsWith(`${path}/`));
  }

  /** Names right below a folder. */
  below(name: string): string[] {
    const path = this.plain(name).replace(/^\.$|\/$/, '');
    const start = path === '' && this.#device.files.system.kind === 'flat' ? '' : `${path}/`;
    return [
      ...new Set(
        this.names.filter((own) => own.startsWith(start)).map((own) => own.slice(start.length).split('/')[0]!),
      ),
    ];
  }

  get #isHost(): boolean {
    return this.#device.persona.edit.style === 'files';
  }

  #isConfiguration(path: string): boolean {
    return this.#isHost && (posix.normalize(path).startsWith('/etc/') || filesOf(this.#device.running.text).has(path));
  }
}

/** Whether files go over SSH that way, as the device is configured now. */
export function transfers(device: SimulatedDevice, how: 'sftp' | 'scp'): boolean {
  const rule = device.persona.transfers?.[how] ?? 'never';
  return typeof rule === 'string' ? rule === 'always' : rule.test(device.running.text);
}
