import { setImmediate as nextTurn } from "node:timers/promises";
import { l10n, Uri, ViewColumn, window } from "vscode";
import type { Webview, WebviewPanel } from "vscode";
import { pageAssets, readPageFiles, webviewPage } from "../webviewPage";
import type { UsagePage } from "./usagePage";
import { usagePanelType } from "./usagePanelType";
import { usageWords } from "./usageWords";

/** The editor tab with the usage page; there is at most one in a window. */
export interface UsagePanel {
  /** Opens or reveals it; `wanted` is the command's argument. Resolves when it is served, or closed. */
  show(wanted: unknown): Promise<void>;
  /** Fills a tab that the editor restores, with what its page kept; resolves as `show` does. */
  restore(panel: WebviewPanel, kept: unknown): Promise<void>;
  /** Something was spent somewhere: what is visible is drawn again. */
  refresh(): void;
}

/** Begins to serve a webview, on the tab and the period that are wanted. */
export type ServeUsagePage = (webview: Webview, wanted: unknown) => Promise<UsagePage>;

/** `load` is called once the tab is on its way to the editor, which takes longer to open it; undefined: it cannot be served. */
export function createUsagePanel(
  extensionUri: Uri,
  load: () => Promise<ServeUsagePage | undefined>,
): UsagePanel {
  const allowed = { enableScripts: true, localResourceRoots: [pageAssets(extensionUri)] };
  let open:
    | { readonly panel: WebviewPanel; readonly served: Promise<UsagePage | undefined> }
    | undefined;

  async function fill(panel: WebviewPanel, wanted: unknown): Promise<void> {
    const { webview } = panel;
    let isClosed = false;
    panel.iconPath = Uri.joinPath(extensionUri, "media", "icon.svg");

    async function serve(): Promise<UsagePage | undefined> {
      // By then the editor has been asked for the tab, and opens it while its page is put together.
      await nextTurn();
      if (!isClosed)
        webview.html = webviewPage(webview, extensionUri, {
          title: l10n.t("Groq Coder Usage"),
          files: readPageFiles(extensionUri, "usage"),
          words: usageWords(),
        });
      const serveUsagePage = await load();
      if (isClosed) return undefined;
      if (serveUsagePage === undefined) panel.dispose();
      return serveUsagePage?.(webview, wanted);
    }

    const served = serve();
    open = { panel, served };
    // Messages that come before it is served wait, in order.
    webview.onDidReceiveMessage(async (message: unknown) => (await served)?.receive(message));
    panel.onDidChangeViewState(async () => {
      if (panel.visible) (await served)?.refresh();
    });
    panel.onDidDispose(async () => {
      isClosed = true;
      if (open?.panel === panel) open = undefined;
      (await served)?.dispose();
    });
    await served;
  }

  return {
    async show(wanted) {
      if (open !== undefined) {
        open.panel.reveal();
        await (await open.served)?.show(wanted);
        return;
      }
      // Allowed from the start: changing it later would make the editor reload the page.
      const options = { ...allowed, retainContextWhenHidden: true };
      const title = l10n.t("Groq Coder Usage");
      const panel = window.createWebviewPanel(usagePanelType, title, ViewColumn.Active, options);
      await fill(panel, wanted);
    },
    restore(panel, kept) {
      panel.webview.options = allowed;
      return fill(panel, kept);
    },
    refresh() {
      if (open?.panel.visible === true) void open.served.then((page) => page?.refresh());
    },
  };
}
