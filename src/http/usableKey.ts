/**
 * Whether a key can stand in a header at all. Node names the whole header in the error for one that cannot,
 * and so would show the key.
 */
export function isUsableKey(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}
