import { describe, expect, it } from "vitest";
import { scanForSecrets } from "../../../src/core/context/secretScan";
import type { SecretKind } from "../../../src/core/context/secretScan";

/** Put together here, so that no scanner takes this file for a leak. */
const letters = (count: number) => "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY".repeat(4).slice(0, count);

describe("suspects", () => {
  const check = (line: string, kind: SecretKind) =>
    it(`${kind} in ${line.slice(0, 40)}`, () => {
      expect(scanForSecrets(`first\n${line}\nlast`)).toEqual([{ kind, line: 2 }]);
    });
  check(`GROQ_API_KEY=gsk_${letters(52)}`, "apiKey");
  check(`const key = "sk-proj-${letters(40)}";`, "apiKey");
  check(`xai-${letters(40)}`, "apiKey");
  check(`aws_access_key_id = AKIA${letters(16).toUpperCase()}`, "apiKey");
  check(`https://x-access-token:ghp_${letters(36)}@github.com`, "apiKey");
  check(`token: github_pat_${letters(60)}`, "apiKey");
  check(`xoxb-${letters(24)}`, "apiKey");
  check(`Authorization: Bearer eyJ${letters(20)}.eyJ${letters(30)}.${letters(20)}`, "apiKey");
  check("-----BEGIN RSA PRIVATE KEY-----", "privateKey");
  check("-----BEGIN OPENSSH PRIVATE KEY-----", "privateKey");
  check("-----BEGIN PGP PRIVATE KEY BLOCK-----", "privateKey");
  check('password = "hunter22"', "password");
  check('  "dbPassword": "s3cr3t-and-long",', "password");
  check("secret_key: 'k8d2jf93jd'", "password");
  check("export DB_PASSWORD=hunter22", "password");
  check("API_TOKEN=k8d2jf93jd", "password");
  check("postgres://app:k8d2jf93jd@db.internal/main", "connectionString");
});

describe("does not suspect", () => {
  it.each([
    "const password = readPassword();",
    'password = ""',
    'password: "${DB_PASSWORD}"',
    'password = "<your password>"',
    'apiKey: "your-api-key"',
    "API_TOKEN=$TOKEN",
    "PASSWORD=changeme",
    'token = "********"',
    'const key = process.env["API_KEY"];',
    "https://example.com/a:b@c",
    "http://localhost:8080/users@home",
    "-----BEGIN PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----",
    "passwordField.focus();",
    "the secret is that there is none",
    "task_risk_level_assessment",
  ])("%s", (line) => {
    expect(scanForSecrets(line)).toEqual([]);
  });
});

it("never repeats what it found", () => {
  const secret = `gsk_${letters(52)}`;
  expect(JSON.stringify(scanForSecrets(secret))).not.toContain(secret);
});

// A pattern that tries each pair of places would not be done within a test's time.
it("comes to an end with what was made to keep it busy", () => {
  const hostile = [
    "password".repeat(400_000),
    `"password"${" ".repeat(1_000_000)}`,
    `a://${":".repeat(1_000_000)}`,
    "eyJ".repeat(600_000),
    "A_".repeat(1_000_000),
  ].join("\n");
  expect(scanForSecrets(hostile)).toEqual([]);
});
