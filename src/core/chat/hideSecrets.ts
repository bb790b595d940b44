import { apiKeys } from "../context/secretScan";

/** What replaces a secret in a text. */
const hidden = "[key]";

const privateKeys =
  /-----BEGIN ((?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?)-----[^]*?(?:-----END \1-----|$)/g;

/**
 * The text without keys: those given, whatever they look like, and all that can be recognised by their form. An export
 * is often meant for others, and a key may have been pasted into a question long ago.
 */
export function hideSecrets(text: string, ownKeys: readonly string[]): string {
  let shown = text.replace(privateKeys, hidden);
  for (const key of ownKeys) if (key !== "") shown = shown.replaceAll(key, hidden);
  for (const form of apiKeys) shown = shown.replace(new RegExp(form, "g"), hidden);
  return shown;
}
