/**
 * A part of a path as the least strict file systems compare it: letter case and Unicode composition make no
 * difference, invisible characters do not count, and Windows drops trailing dots and spaces and reads
 * `name:stream` as `name`. Upper case first: some letters (long s, Kelvin sign) become plain ones only that way.
 */
export function foldName(part: string): string {
  const [name = ""] = part
    .normalize("NFC")
    .replace(/\p{Cf}/gu, "")
    .split(":");
  return name
    .replace(/[. ]+$/, "")
    .toUpperCase()
    .toLowerCase();
}
