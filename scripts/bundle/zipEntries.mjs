import { readFileSync } from "node:fs";

const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} size unpacked, in bytes
 */

/**
 * Lists a zip file, such as a VSIX, by its central directory.
 * @param {string} file
 * @returns {ZipEntry[]}
 */
export function zipEntries(file) {
  const zip = readFileSync(file);
  let end = zip.length - END_LENGTH;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error(`${file} is no zip file`);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const nameLength = zip.readUInt16LE(at + 28);
    const rest = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const name = zip.toString("utf8", at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength);
    const size = zip.readUInt32LE(at + 24);
    at += ENTRY_LENGTH + nameLength + rest;
    return { name, size };
  });
}
