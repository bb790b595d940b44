/**
 * Whether a key can be sent in a header at all. For one that cannot, Node's error contains the whole header, and so would
 * show the key.
 */
export function isUsableKey(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}
