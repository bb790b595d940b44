/** What a text seems to hold that should not leave this machine. */
export type SecretKind = "apiKey" | "privateKey" | "password" | "connectionString";

/** A suspicion; never contains the secret itself. */
export interface SecretFinding {
  readonly kind: SecretKind;
  /** One-based, in the text. */
  readonly line: number;
}

/** Keys that are recognised by their fixed prefixes. */
export const apiKeys: readonly RegExp[] = [
  /\bgsk_[A-Za-z0-9]{20,}/,
  /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/,
  /\bxai-[A-Za-z0-9]{20,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\b[rs]k_live_[A-Za-z0-9]{20,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/,
];

const privateKey = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/;

/** `scheme://user:password@host`. */
const connection = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{1,200}:([^\s:@/]{1,200})@/i;

/** A name that suggests a secret, and a value in quotes: code, JSON and YAML alike. */
const quoted =
  /(?:passwords?|passwd|pwd|secret|token|api_?-?key|access_?-?key|credentials?)[\w-]{0,20}["'`]?\s{0,20}(?:=>|:=|=|:)\s{0,20}["'`]([^"'`\n]{1,200})["'`]/i;

/** The same without quotes, as in an environment file: `DB_PASSWORD=hunter22`. */
const bare =
  /^\s{0,20}(?:export\s{1,5})?[A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY)[A-Z0-9_]{0,60}=([^\s"'`$(<{]{6,200})\s*$/;

/** Values that are not secrets: `${TOKEN}`, `<your token>`, `process.env`, `********`, `example`. */
const placeholder =
  /[<>{}$]|\b(?:process|os|env)\b|^[*.x•]+$|example|placeholder|changeme|your|dummy|redacted|^(?:test|password|secret|token|none|null|undefined|true|false)$/i;

/** Longer lines are data that no person wrote, and scanning them would take long. */
const longestLine = 2000;

/** Looks for common kinds of secrets in a text. It is a warning, not a protection. */
export function scanForSecrets(text: string): readonly SecretFinding[] {
  return text.split("\n").flatMap((whole, index) => {
    const kind = secretIn(whole.slice(0, longestLine));
    return kind === undefined ? [] : [{ kind, line: index + 1 }];
  });
}

function secretIn(line: string): SecretKind | undefined {
  if (privateKey.test(line)) return "privateKey";
  if (apiKeys.some((key) => key.test(line))) return "apiKey";
  if (holds(connection, line)) return "connectionString";
  return holds(quoted, line) || holds(bare, line) ? "password" : undefined;
}

/** Whether the value after the name is more than a placeholder. */
function holds(pattern: RegExp, line: string): boolean {
  const value = pattern.exec(line)?.[1];
  return value !== undefined && value.length > 3 && !placeholder.test(value);
}
