import { afterAll, describe, expect, it } from "vitest";
import { startProxyRoute } from "../../fakes/proxyRoute";
import type { ProxyRoute } from "../../fakes/proxyRoute";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { canMakeCertificates, makeCertificate } from "../../fakes/testAuthority";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import { look } from "./look";
import { sessionForAll } from "./session";
import { newChat, sendMessage } from "./steps";

const host = "groq.test";

// A company's network: one way out, and certificates of its own making.
describe.skipIf(!canMakeCertificates())("proxy", () => {
  const folders = [new TemporaryFolder(), new TemporaryFolder()] as const;
  const trusted = makeCertificate(folders[0], host);
  const stranger = makeCertificate(folders[1], host);
  let groq: GroqServer;
  let route: ProxyRoute;
  const session = sessionForAll(async () => {
    groq = await startGroqServer({ speed: 400 });
    route = await startProxyRoute(host, stranger, groq.origin);
    return {
      settings: { "http.proxy": route.proxyUrl },
      env: {
        GROQ_API_KEY: "gsk_journey",
        GROQ_BASE_URL: `https://${host}`,
        SSL_CERT_FILE: trusted.authorityFile,
      },
    };
  });
  afterAll(async () => {
    await route[Symbol.asyncDispose]();
    await groq.close();
    for (const folder of folders) folder[Symbol.dispose]();
  });

  it("a certificate of an unknown authority is told; with a trusted one the answer comes; who is not let through reads why", async () => {
    const { editor } = session();
    const { chat, answers } = await newChat(editor);
    await sendMessage(chat, "hello");
    await answers.first().getByText(`https://${host} cannot be reached`).waitFor();
    await answers.first().getByRole("button", { name: "Retry", exact: true }).waitFor();
    await look(editor, "unknown-authority", chat.locator("body"), [
      "Its certificate was issued by an authority that this machine does not trust",
      'button "Proxy Settings"',
      "Session: $0.00",
    ]);
    expect(route.asked).toContain(`${host}:443`);
    expect(groq.requests).toEqual([]);

    route.present(trusted);
    await answers.first().getByRole("button", { name: "Retry", exact: true }).click();
    await answers.nth(1).getByText("tokens/s").waitFor();
    await look(editor, "through-the-proxy", answers.nth(1), [/\d+ in · \d+ out/]);

    route.refusal = 407;
    await newChat(editor);
    await sendMessage(chat, "hello");
    await answers.first().getByText("A proxy asks you to sign in (HTTP 407)").waitFor();
    await answers.first().getByRole("button", { name: "Proxy Settings" }).waitFor();
    await chat.getByText("Session: $0.00").waitFor();
    expect(groq.requests).toMatchObject([
      { path: "/openai/v1/chat/completions", headers: { host }, outcome: { status: 200 } },
    ]);
  });
});
