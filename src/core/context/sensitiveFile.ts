import { foldName } from "../edits/foldName";

/** Why the user is asked before a file is shown to a model. */
export type Sensitivity = "environment" | "key" | "credentials" | "ignored";

const keyEndings = [
  "pem",
  "key",
  "p12",
  "pfx",
  "p8",
  "jks",
  "keystore",
  "ppk",
  "asc",
  "gpg",
  "kdbx",
];
const keyNames = /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:[.-].*)?$/;
const credentialNames = new Set([
  ".netrc",
  "_netrc",
  ".npmrc",
  ".pypirc",
  ".pgpass",
  ".htpasswd",
  ".git-credentials",
  ".dockercfg",
  "credentials",
  "credentials.json",
  "secrets.json",
  "secrets.yml",
  "secrets.yaml",
  "secrets.toml",
  "terraform.tfstate",
  "wallet.dat",
]);
const credentialFolders = new Set([".ssh", ".aws", ".gnupg", ".kube", ".azure"]);

/**
 * The kind of a file that likely holds secrets, by its name, in any spelling that a file system takes for the same;
 * undefined for other files.
 */
export function sensitivityOf(path: string): Exclude<Sensitivity, "ignored"> | undefined {
  const parts = path.split(/[\\/]/).map(foldName);
  const name = parts.at(-1) ?? "";
  if (/^\.env(?:rc)?(?:[.~_-].*)?$/.test(name) || name.endsWith(".env")) return "environment";
  // A public key is made to be shown.
  if (name.endsWith(".pub")) return undefined;
  const ending = name.slice(name.lastIndexOf(".") + 1);
  if (keyNames.test(name) || (name.includes(".") && keyEndings.includes(ending))) return "key";
  const inside = parts.slice(0, -1).some((part) => credentialFolders.has(part));
  return inside || credentialNames.has(name) ? "credentials" : undefined;
}
