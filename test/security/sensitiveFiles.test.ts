import { describe, expect, it } from "vitest";
import { sensitivityOf } from "../../src/core/context/sensitiveFile";
import type { Sensitivity } from "../../src/core/context/sensitiveFile";

describe("files that hold secrets are known by their names", () => {
  const check = (path: string, expected: Sensitivity | undefined) =>
    it(`${JSON.stringify(path)}: ${expected}`, () => expect(sensitivityOf(path)).toBe(expected));

  check(".env", "environment");
  check("packages/api/.env.production", "environment");
  check(".ENV", "environment");
  check(".env.", "environment");
  check(".env::$DATA", "environment");
  check(".e\u200bnv", "environment");
  check("config\\.env.local", "environment");
  check(".envrc", "environment");
  check(".env~", "environment");
  check("production.env", "environment");
  check("server.pem", "key");
  check("SERVER.PEM ", "key");
  check("certs/tls.key", "key");
  check("id_rsa", "key");
  check("id_ed25519.bak", "key");
  check("store.p12", "key");
  check(".npmrc", "credentials");
  check(".netrc", "credentials");
  check("home/.aws/config", "credentials");
  check("home/.SSH/config", "credentials");
  check("terraform.tfstate", "credentials");

  check("src/environment.ts", undefined);
  check("env.ts", undefined);
  check("id_rsa.pub", undefined);
  check("key.ts", undefined);
  check("src/key", undefined);
  check("src/credentials.ts", undefined);
  check("ssh/config", undefined);
});
