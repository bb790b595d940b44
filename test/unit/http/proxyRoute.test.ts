import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { networkFailure } from "../../../src/http/networkFailure";
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

/** What Node's own fetch makes of the way, in a process that is told of proxy and authority. */
async function fetchThere(environment: NodeJS.ProcessEnv): Promise<unknown> {
  const program = `
    const headers = { authorization: "Bearer gsk_test_key_0001" };
    const told = ({ message, code, cause }) => ({ message, code, cause: cause && told(cause) });
    fetch("${origin}/openai/v1/models", { headers, redirect: "error" }).then(
      async (response) => console.log(JSON.stringify({ status: response.status })),
      (error) => console.log(JSON.stringify(told(error))),
    );`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], {
    env: { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: route.proxyUrl, ...environment },
  });
  return JSON.parse(stdout);
}

interface ToldError {
  readonly message: string;
  readonly code?: string;
  readonly cause?: ToldError;
}

/** The error as it was thrown in the other process. */
function revive({ message, code, cause }: ToldError): Error {
  const error = new Error(message, cause && { cause: revive(cause) });
  return code === undefined ? error : Object.assign(error, { code });
}

async function failureThere(environment: NodeJS.ProcessEnv) {
  const error = revive((await fetchThere(environment)) as ToldError);
  return networkFailure(error, { started: false, origin, provider: "groq" });
}

describe.skipIf(!canMakeCertificates())("through a company's proxy", () => {
  const folder = new TemporaryFolder();
  beforeAll(async () => {
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
    expect(await fetchThere({ NODE_EXTRA_CA_CERTS: authorityFile })).toEqual({ status: 200 });
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

  it.each([407, 403])("a way that is refused with %i is the proxy's doing", async (status) => {
    route.refusal = status;
    expect(await failureThere({ NODE_EXTRA_CA_CERTS: authorityFile })).toEqual({
      kind: "failure",
      failure: { kind: "blockedByNetwork", status, detail: "" },
      billable: false,
    });
    route.refusal = undefined;
  });
});
