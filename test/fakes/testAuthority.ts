import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { TemporaryFolder } from "./temporaryFolder";

/** A certificate for one host, and the authority that signed it, made for one test. */
export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
  /** The file of the authority's certificate, which a machine would have to trust. */
  readonly authorityFile: string;
}

/** Whether this machine can make certificates: Node reads them, but makes none. */
export function canMakeCertificates(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes an authority and a certificate for `host` with the `openssl` of this machine, valid for two days.
 * Throws where there is none.
 */
export function makeCertificate(folder: TemporaryFolder, host: string): TestCertificate {
  const file = (name: string) => folder.file(name);
  /** Paths may hold blanks, so the flags stand apart from them. */
  const openssl = (flags: string, files: Readonly<Record<string, string>>) => {
    const paths = Object.entries(files).flatMap(([flag, name]) => [flag, file(name)]);
    execFileSync("openssl", [...flags.split(" "), ...paths], { stdio: "ignore" });
  };
  const newKey = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
  const authority =
    "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign";
  openssl(`req -x509 ${newKey} -days 2 -subj /CN=authority ${authority}`, {
    "-keyout": "authority.key",
    "-out": "authority.pem",
  });
  openssl(`req ${newKey} -subj /CN=${host}`, { "-keyout": "host.key", "-out": "host.csr" });
  writeFileSync(file("host.ext"), `subjectAltName=DNS:${host}\n`);
  openssl("x509 -req -days 2 -CAcreateserial", {
    "-in": "host.csr",
    "-out": "host.pem",
    "-CA": "authority.pem",
    "-CAkey": "authority.key",
    "-extfile": "host.ext",
  });
  return {
    key: readFileSync(file("host.key"), "utf8"),
    cert: readFileSync(file("host.pem"), "utf8"),
    authorityFile: file("authority.pem"),
  };
}
