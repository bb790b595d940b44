import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { networkFailure } from "../../../src/http/networkFailure";
import { bundleProgram } from "../../fakes/bundledProgram";
import { startProxyRoute } from "../../fakes/proxyRoute";
import type { ProxyRoute } from "../../fakes/proxyRoute";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { canMakeCertificates, makeCertificate } from "../../fakes/testAuthority";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";

const host = "groq.test";
const origin = `https://${host}`;

let server: GroqServer;
let route: ProxyRoute;
let authorityFile: string;
let sender: string;

/** What becomes of a request in a process that is told of proxy and authority. */
async function sendThere(environment: NodeJS.ProcessEnv): Promise<unknown> {
  const program = `
    const { sendRequest } = await import(${JSON.stringify(sender)});
    const headers = new Headers({ authorization: "Bearer gsk_test_key_0001" });
    const { signal } = new AbortController();
    await sendRequest("${origin}/openai/v1/models", { method: "GET", headers, signal }).then(
      ({ status }) => console.log(JSON.stringify({ status })),
      ({ message, code }) => console.log(JSON.stringify({ message, code })),
    );
    process.exit();`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "-e", program],
    {
      env: { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: route.proxyUrl, ...environment },
    },
  );
  return JSON.parse(stdout);
}

async function failureThere(environment: NodeJS.ProcessEnv) {
  const { message, code } = (await sendThere(environment)) as { message: string; code: string };
  const error = Object.assign(new Error(message), { code });
  return networkFailure(error, { started: false, origin, provider: "groq" });
}

describe.skipIf(!canMakeCertificates())("through a company's proxy", () => {
  const folder = new TemporaryFolder();
  beforeAll(async () => {
    sender = path.join(folder.path, "sendRequest.mjs");
    await bundleProgram("src/http/sendRequest.ts", sender);
    const certificate = makeCertificate(folder, host);
    ({ authorityFile } = certificate);
    server = await startGroqServer();
    route = await startProxyRoute(host, certificate, server.origin);
  });
  afterAll(async () => {
    await route[Symbol.asyncDispose]();
    await server.close();
    folder[Symbol.dispose]();
  });

  it("a request arrives where its authority is trusted", async () => {
    expect(await sendThere({ NODE_EXTRA_CA_CERTS: authorityFile })).toEqual({ status: 200 });
    expect(route.asked.at(-1)).toBe(`${host}:443`);
    expect(server.requests.at(-1)).toMatchObject({ method: "GET", path: "/openai/v1/models" });
  });

  it("without that nothing is sent, nor charged", async () => {
    const before = server.requests.length;
    expect(await failureThere({})).toMatchObject({
      failure: {
        kind: "unreachable",
        origin,
        detail: "unable to verify the first certificate",
        untrusted: true,
      },
      billable: false,
    });
    expect(server.requests).toHaveLength(before);
  });
});
