import { l10n, Uri, ViewColumn, window } from "vscode";
import type { Webview, WebviewPanel } from "vscode";
import { pageAssets, readPageFiles, webviewPage } from "../webviewPage";
import type { UsagePage } from "./usagePage";
import { usagePanelType } from "./usagePanelType";
import { usageWords } from "./usageWords";

/** The editor tab with the usage page; there is at most one in a window. */
export interface UsagePanel {
  /** Opens or reveals it; `wanted` is the command's argument. */
  show(wanted: unknown): void;
  /** Fills a tab that the editor restores, with what its page kept. */
  restore(panel: WebviewPanel, kept: unknown): void;
  /** Something was spent somewhere: what is visible is drawn again. */
  refresh(): void;
}

/** Begins to serve a webview, on the tab and the period that are wanted. */
export type ServeUsagePage = (webview: Webview, wanted: unknown) => UsagePage;

/** `load` is called once the tab is on its way to the editor, which takes longer to open it; undefined: it cannot be served. */
export function createUsagePanel(
  extensionUri: Uri,
  load: () => Promise<ServeUsagePage | undefined>,
): UsagePanel {
  const allowed = { enableScripts: true, localResourceRoots: [pageAssets(extensionUri)] };
  let open:
    | { readonly panel: WebviewPanel; readonly served: Promise<UsagePage | undefined> }
    | undefined;

  function fill(panel: WebviewPanel, wanted: unknown): void {
    const { webview } = panel;
    let isClosed = false;
    panel.iconPath = Uri.joinPath(extensionUri, "media", "icon.svg");
    webview.html = webviewPage(webview, extensionUri, {
      title: l10n.t("Groq Coder Usage"),
      files: readPageFiles(extensionUri, "usage"),
      words: usageWords(),
    });
    const served = load().then((serve) => {
      if (isClosed) return undefined;
      if (serve === undefined) panel.dispose();
      return serve?.(webview, wanted);
    });
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
  }

  return {
    show(wanted) {
      if (open !== undefined) {
        open.panel.reveal();
        void open.served.then((page) => page?.show(wanted));
        return;
      }
      // Allowed from the start: changing it later would make the editor reload the page.
      const options = { ...allowed, retainContextWhenHidden: true };
      const title = l10n.t("Groq Coder Usage");
      fill(window.createWebviewPanel(usagePanelType, title, ViewColumn.Active, options), wanted);
    },
    restore(panel, kept) {
      panel.webview.options = allowed;
      fill(panel, kept);
    },
    refresh() {
      if (open?.panel.visible === true) void open.served.then((page) => page?.refresh());
    },
  };
}
