import { describe, expect, it } from "vitest";
import type { Uri as EditorUri, Webview } from "vscode";
import { chatPage } from "../../src/host/chatView/chatPage";
import { pageAssets } from "../../src/host/webviewPage";
import { Uri } from "../fakes/vscode";

const cspSource = "https://*.vscode-cdn.net";
const extensionUri = Uri.file("/extension") as unknown as EditorUri;
const webview = {
  cspSource,
  asWebviewUri: (uri: EditorUri) => Uri.parse(`${cspSource}${uri.path}`),
} as unknown as Webview;

function page(): { html: string; policy: ReadonlyMap<string, readonly string[]>; nonce: string } {
  const files = { script: "start();", styles: "body { color: red }" };
  const html = chatPage(webview, extensionUri, files);
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  const directives = content.replaceAll("&#39;", "'").replaceAll("&amp;", "&").split(";");
  const policy = new Map(
    directives.map((directive) => {
      const [name = "", ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
  const nonce = /<script nonce="([^"]+)"/.exec(html)?.[1] ?? "";
  return { html, policy, nonce };
}

describe("the policy of the chat's page", () => {
  const { policy, nonce, html } = page();

  it("allows nothing by default", () => {
    expect(policy.get("default-src")).toEqual(["'none'"]);
  });

  it("runs our script by its nonce, and no other", () => {
    expect(policy.get("script-src")).toEqual([`'nonce-${nonce}'`]);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toMatch(/<script nonce="[^"]+" type="module">start\(\);<\/script>/);
    expect(html).toContain(`data-assets="${cspSource}/extension/dist/webview/"`);
  });

  it("takes styles and fonts from our own files, and styles by nonce", () => {
    expect(policy.get("style-src")).toEqual([cspSource, `'nonce-${nonce}'`]);
    expect(policy.get("font-src")).toEqual([cspSource]);
    expect(html).toContain(`<meta property="csp-nonce" content="${nonce}">`);
  });

  it("loads no image from the network", () => {
    expect(policy.get("img-src")).toEqual([cspSource, "data:"]);
  });

  it.each(["connect-src", "frame-src", "form-action", "base-uri"])("%s is nothing", (name) => {
    expect(policy.get(name)).toEqual(["'none'"]);
  });

  it("has nothing else, and nothing unsafe", () => {
    const known =
      "default-src script-src style-src font-src img-src form-action base-uri frame-src connect-src";
    expect([...policy.keys()].toSorted()).toEqual(known.split(" ").toSorted());
    for (const sources of policy.values())
      for (const source of sources) expect(source).not.toMatch(/unsafe|\*$|^https?:$|blob:/);
  });

  it("has no code in the text of the page, and of styles only our own sheet, by its nonce", () => {
    expect(html).not.toMatch(/\sstyle=|\son\w+=|javascript:/i);
    expect(html.match(/<style[^>]*>[^<]*/g)).toEqual([
      `<style nonce="${nonce}">body { color: red }`,
    ]);
  });

  it("draws a nonce that nobody can guess, for each page", () => {
    const nonces = new Set(Array.from({ length: 50 }, () => page().nonce));
    expect(nonces.size).toBe(50);
    for (const each of nonces)
      expect(Buffer.from(each, "base64").length).toBeGreaterThanOrEqual(16);
  });
});

it("only the built assets can be read", () => {
  expect(pageAssets(extensionUri).path).toBe("/extension/dist/webview");
});
