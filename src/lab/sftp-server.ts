import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2';
import type { SimulatedDevice } from './device.ts';
import { DeviceDisk } from './device-disk.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const fileMode = 0o100_644;
const folderMode = 0o040_755;
/** Largest file that a client may put onto a simulated device. */
const largestBytes = 64 * 1024 * 1024;

interface OpenFile {
  readonly name: string;
  bytes: Buffer;
  length: number;
  isWritten: boolean;
}

interface OpenFolder {
  readonly name: string;
  isRead: boolean;
}

/** SFTP (version 3) onto the files of one device. A file that is written is there when it is closed. */
export function serveSftp(device: SimulatedDevice, sftp: SFTPWrapper): void {
  const disk = new DeviceDisk(device);
  const handles = new Map<number, OpenFile | OpenFolder>();
  let next = 0;
  const open = (what: OpenFile | OpenFolder): Buffer => {
    const id = next;
    next += 1;
    handles.set(id, what);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(id);
    return handle;
  };
  const find = (handle: Buffer): OpenFile | OpenFolder | undefined =>
    handle.length === 4 ? handles.get(handle.readUInt32BE(0)) : undefined;
  const file = (handle: Buffer): OpenFile | undefined => {
    const found = find(handle);
    return found !== undefined && 'bytes' in found ? found : undefined;
  };
  const attributes = (name: string, size?: number): Attributes | undefined => {
    const bytes = disk.read(name);
    const isFolder = bytes === undefined && size === undefined;
    if (isFolder && !disk.isFolder(name)) return undefined;
    const time = Math.floor(disk.atMs(name) / 1000);
    return {
      mode: isFolder ? folderMode : fileMode,
      uid: 0,
      gid: 0,
      size: size ?? bytes?.length ?? 0,
      atime: time,
      mtime: time,
    };
  };
  const stat = (id: number, name: string): void => {
    const found = attributes(name);
    if (found === undefined) sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.attrs(id, found);
  };
  const flush = (opened: OpenFile): boolean =>
    !opened.isWritten || disk.write(opened.name, Buffer.from(opened.bytes.subarray(0, opened.length)));

  sftp.on('OPEN', (id, name, flags) => {
    const writes = (flags & (OPEN_MODE.WRITE | OPEN_MODE.APPEND)) !== 0;
    const there = disk.read(name);
    if (there === undefined && !writes) {
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      return;
    }
    const bytes = (flags & OPEN_MODE.TRUNC) === 0 ? (there ?? Buffer.alloc(0)) : Buffer.alloc(0);
    sftp.handle(id, open({ name, bytes, length: bytes.length, isWritten: writes }));
  });
  sftp.on('READ', (id, handle, offset, length) => {
    const opened = file(handle);
    if (opened === undefined) sftp.status(id, STATUS_CODE.FAILURE);
    else if (offset >= opened.length) sftp.status(id, STATUS_CODE.EOF);
    else sftp.data(id, opened.bytes.subarray(offset, Math.min(opened.length, offset + length)));
  });
  sftp.on('WRITE', (id, handle, offset, data) => {
    const opened = file(handle);
    const end = offset + data.length;
    if (opened === undefined || end > largestBytes || device.files.isFull) {
      sftp.status(id, STATUS_CODE.FAILURE, device.files.isFull ? 'No space left on device' : 'Failure');
      return;
    }
    if (end > opened.bytes.length) {
      const grown = Buffer.alloc(Math.max(end, opened.bytes.length * 2));
      opened.bytes.copy(grown, 0, 0, opened.length);
      opened.bytes = grown;
    }
    data.copy(opened.bytes, offset);
    opened.length = Math.max(opened.length, end);
    opened.isWritten = true;
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('CLOSE', (id, handle) => {
    const opened = find(handle);
    if (opened === undefined) {
      sftp.status(id, STATUS_CODE.FAILURE);
      return;
    }
    handles.delete(handle.readUInt32BE(0));
    const isKept = !('bytes' in opened) || flush(opened);
    sftp.status(id, isKept ? STATUS_CODE.OK : STATUS_CODE.FAILURE);
  });
  sftp.on('STAT', stat);
  sftp.on('LSTAT', stat);
  sftp.on('FSTAT', (id, handle) => {
    const opened = find(handle);
    if (opened === undefined) sftp.status(id, STATUS_CODE.FAILURE);
    else
      sftp.attrs(
        id,
        attributes(opened.name, 'bytes' in opened ? opened.length : undefined) ?? {
          mode: fileMode,
          uid: 0,
          gid: 0,
          size: 0,
          atime: 0,
          mtime: 0,
        },
      );
  });
  sftp.on('SETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('FSETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('MKDIR', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('OPENDIR', (id, name) => {
    if (disk.isFolder(name)) sftp.handle(id, open({ name, isRead: false }));
    else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  });
  sftp.on('READDIR', (id, handle) => {
    const opened = find(handle);
    if (opened === undefined || 'bytes' in opened) {
      sftp.status(id, STATUS_CODE.FAILURE);
      return;
    }
    const names = disk.below(opened.name);
    if (opened.isRead || names.length === 0) {
      sftp.status(id, STATUS_CODE.EOF);
      return;
    }
    opened.isRead = true;
    sftp.name(
      id,
      names.map((filename) => {
        const attrs = attributes(`${opened.name.replace(/\/$/, '')}/${filename}`) ?? {
          mode: fileMode,
          uid: 0,
          gid: 0,
          size: 0,
          atime: 0,
          mtime: 0,
        };
        return { filename, longname: `-rw-r--r-- 1 root root ${attrs.size} ${filename}`, attrs };
      }),
    );
  });
  sftp.on('REMOVE', (id, name) => sftp.status(id, disk.delete(name) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE));
  sftp.on('RENAME', (id, from, to) => sftp.status(id, disk.rename(from, to) ? STATUS_CODE.OK : STATUS_CODE.FAILURE));
  sftp.on('REALPATH', (id, name) => {
    const plain = disk.plain(name);
    const filename = plain.startsWith('/') ? plain : `/${plain}`;
    sftp.name(id, [
      { filename, longname: filename, attrs: { mode: folderMode, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 } },
    ]);
  });
}
