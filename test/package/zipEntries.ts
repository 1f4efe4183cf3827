const endOfDirectorySignature = 0x06054b50;
const entrySignature = 0x02014b50;

/** Gives the names of the files in a ZIP archive (a vsix is one), from its central directory (PKWARE APPNOTE 4.3.12 and 4.3.16). Throws when it is none. */
export function zipEntryNames(archive: Buffer): string[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectorySignature) {
    throw new Error('Not a ZIP archive.');
  }
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== entrySignature) {
      throw new Error('The ZIP archive is damaged.');
    }
    const [nameLength, extraLength, commentLength] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)];
    names.push(archive.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return names.filter((name) => !name.endsWith('/'));
}
