import { mkdirSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Uri as EditorUri, Webview, WebviewPanel } from "vscode";
import { chatPage } from "../../../src/host/chatView/chatPage";
import { openUsagePage } from "../../../src/host/usageView/usagePage";
import { createUsagePanel } from "../../../src/host/usageView/usagePanel";
import type { ServeUsagePage } from "../../../src/host/usageView/usagePanel";
import { FakeClock } from "../../fakes/fakeClock";
import { FakeWebview } from "../../fakes/fakeWebview";
import { Uri } from "../../fakes/vscode";
import { useWindows } from "../store/windows";
import { usageParts } from "./usageBench";

const windows = useWindows();
let extensionUri: EditorUri;
beforeEach(() => {
  mkdirSync(windows.folder.file("dist/webview"), { recursive: true });
  writeFileSync(windows.folder.file("dist/webview/usage.css"), "body { color: red }");
  writeFileSync(windows.folder.file("dist/webview/usage.js"), "start();");
  extensionUri = Uri.file(windows.folder.path) as unknown as EditorUri;
});

/** A panel as the editor makes it, or brings it back. */
class FakePanel {
  readonly webview = Object.assign(new FakeWebview(), {
    html: "",
    options: {},
    cspSource: "https://*.vscode-cdn.net",
    asWebviewUri: (uri: Uri) => uri,
  });
  visible = true;
  isDisposed = false;
  iconPath: unknown;
  #onState = (): void => undefined;
  #onDispose = (): void => undefined;
  readonly onDidChangeViewState = (listener: () => void) => void (this.#onState = listener);
  readonly onDidDispose = (listener: () => void) => void (this.#onDispose = listener);

  turn(visible: boolean): void {
    this.visible = visible;
    this.#onState();
  }

  reveal(): void {
    this.visible = true;
  }

  dispose(): void {
    this.isDisposed = true;
    this.close();
  }

  /** As the user closes it. */
  close(): void {
    this.#onDispose();
  }

  types(): unknown[] {
    return this.webview.posted.map((message) => (message as { readonly type: string }).type);
  }
}

async function openPanel(kept: unknown) {
  const clock = new FakeClock();
  const parts = usageParts(windows.open(), clock);
  const usage = createUsagePanel(extensionUri, () =>
    Promise.resolve((webview, wanted) => openUsagePage(parts, webview, wanted)),
  );
  const panel = new FakePanel();
  await usage.restore(panel as unknown as WebviewPanel, kept);
  return { usage, panel, clock };
}

/** Otherwise the store would be read once more when its folder is gone. */
async function allDrawn(panel: FakePanel): Promise<void> {
  const all = ["report", "projection"];
  await expect.poll(() => panel.types()).toEqual(expect.arrayContaining(all));
}

/** The page without what differs from one drawing of it to the next. */
function policyOf(html: string): string | undefined {
  return /Content-Security-Policy" content="([^"]*)"/
    .exec(html)?.[1]
    ?.replaceAll(/nonce-[^&']+/g, "nonce");
}

describe("the panel of the usage page", () => {
  it("has the chat's policy, one script, and reads the built assets alone", async () => {
    const { panel } = await openPanel(undefined);
    const { html, options } = panel.webview;
    const chat = chatPage(panel.webview as unknown as Webview, extensionUri, {
      script: "",
      styles: "",
    });
    expect(policyOf(html)).toBe(policyOf(chat));
    expect(policyOf(html)).toContain("default-src");
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toMatch(/<script nonce="[^"]+" type="module">start\(\);<\/script>/);
    expect(html).not.toMatch(/\sstyle=|\son\w+=|javascript:/i);
    expect(options).toMatchObject({ enableScripts: true });
    const { localResourceRoots: [root] = [] } = options as { localResourceRoots?: Uri[] };
    expect(root?.path).toBe(`${windows.folder.path}/dist/webview`);
    await allDrawn(panel);
  });

  it.each([
    [{ tab: "projection", period: { kind: "year" } }, "projection"],
    [{ tab: "elsewhere" }, "report"],
    [undefined, "report"],
  ])("kept as %j it comes back on %s", async (kept, tab) => {
    const { panel } = await openPanel(kept);
    panel.webview.say({ type: "ready" });
    await expect.poll(() => panel.webview.posted[0]).toEqual({ type: "showTab", tab });
    await allDrawn(panel);
  });

  it("is read while its page loads, and has all of it again when it is loaded anew", async () => {
    const { usage, panel, clock } = await openPanel(undefined);
    clock.advance(5000);
    usage.refresh();
    const all = ["showTab", "report", "projectionForm", "projection"];
    await expect.poll(() => panel.types()).toEqual(expect.arrayContaining(all));
    panel.webview.posted.length = 0;
    // Nothing for the first, which has had all of it; each once for the second.
    panel.webview.say({ type: "ready", isDrawn: true });
    panel.webview.say({ type: "ready", isDrawn: true });
    await expect.poll(() => panel.types()).toEqual(all);
  });

  it("that is closed before it can be served is served nothing", async () => {
    const { promise: loaded, resolve } = Promise.withResolvers<ServeUsagePage>();
    const serve = vi.fn<ServeUsagePage>();
    const usage = createUsagePanel(extensionUri, () => loaded);
    const panel = new FakePanel();
    const restored = usage.restore(panel as unknown as WebviewPanel, undefined);
    panel.close();
    resolve(serve);
    await restored;
    expect(serve).not.toHaveBeenCalled();
  });

  it("is closed where nothing can serve it", async () => {
    const usage = createUsagePanel(extensionUri, () => Promise.resolve(undefined));
    const panel = new FakePanel();
    await usage.restore(panel as unknown as WebviewPanel, undefined);
    expect(panel.isDisposed).toBe(true);
  });

  it("turns to the tab that a second command names", async () => {
    const { usage, panel } = await openPanel(undefined);
    panel.webview.say({ type: "ready" });
    await usage.show({ tab: "projection" });
    await expect
      .poll(() => panel.webview.posted)
      .toContainEqual({ type: "showTab", tab: "projection" });
    await allDrawn(panel);
  });

  it("says all once more to a page that nothing has come to", async () => {
    const { panel } = await openPanel(undefined);
    const all = ["showTab", "report", "projectionForm", "projection"];
    await expect.poll(() => panel.types()).toEqual(all);
    panel.webview.posted.length = 0;
    panel.webview.say({ type: "ready", isDrawn: false });
    await expect.poll(() => panel.types()).toEqual(all);
  });

  it("out of sight it is not drawn, and is when it comes back", async () => {
    const { usage, panel, clock } = await openPanel(undefined);
    const drawn = () => panel.types().filter((type) => type === "report").length;
    panel.webview.say({ type: "ready" });
    await expect.poll(drawn).toBe(1);
    clock.advance(5000);
    panel.visible = false;
    usage.refresh();
    panel.turn(true);
    await expect.poll(drawn).toBe(2);
    clock.advance(5000);
    usage.refresh();
    await expect.poll(drawn).toBe(3);
    panel.close();
    expect(() => usage.refresh()).not.toThrow();
  });
});
