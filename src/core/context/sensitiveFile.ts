import { foldName } from "../edits/foldName";

/** Why a file is not shown to a model before the user was asked. */
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
 * What a file is by its name, if it is of a kind that holds secrets; in whatever way the file system lets the
 * name be written.
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
