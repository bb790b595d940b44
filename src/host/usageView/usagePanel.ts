import { l10n, Uri, ViewColumn, window } from "vscode";
import type { WebviewPanel } from "vscode";
import { decodeUsageState } from "../../protocol/usageMessages";
import type { UsagePageState, UsageTab } from "../../protocol/usageMessages";
import { pageAssets, readPageFiles, webviewPage } from "../webviewPage";
import { createUsagePage } from "./usagePage";
import type { UsagePage, UsageParts } from "./usagePage";
import { usagePanelType } from "./usagePanelType";
import { usageWords } from "./usageWords";

/** The editor tab with the usage report; there is at most one in a window. */
export interface UsagePanel {
  /** Opens or reveals it, on the given tab. */
  show(tab?: UsageTab): void;
  /** Fills a panel that the editor restores, with what its page kept. */
  restore(panel: WebviewPanel, kept: unknown): void;
  /** Something was spent somewhere: what is visible is drawn again. */
  refresh(): void;
}

export function createUsagePanel(extensionUri: Uri, parts: UsageParts): UsagePanel {
  const allowed = { enableScripts: true, localResourceRoots: [pageAssets(extensionUri)] };
  let open: { readonly panel: WebviewPanel; readonly page: UsagePage } | undefined;

  function fill(panel: WebviewPanel, state: UsagePageState): void {
    const { webview } = panel;
    panel.iconPath = Uri.joinPath(extensionUri, "media", "icon.svg");
    const page = createUsagePage(parts, webview, state);
    open = { panel, page };
    panel.onDidChangeViewState(() => panel.visible && page.refresh());
    panel.onDidDispose(() => {
      page.dispose();
      if (open?.panel === panel) open = undefined;
    });
    webview.html = webviewPage(webview, extensionUri, {
      title: l10n.t("Groq Coder Usage"),
      files: readPageFiles(extensionUri, "usage"),
      words: usageWords(),
    });
  }

  return {
    show(tab) {
      if (open !== undefined) {
        open.panel.reveal();
        if (tab !== undefined) open.page.showTab(tab);
        return;
      }
      // Allowed from the start: changing it later would make the editor reload the page.
      const options = { ...allowed, retainContextWhenHidden: true };
      const title = l10n.t("Groq Coder Usage");
      const panel = window.createWebviewPanel(usagePanelType, title, ViewColumn.Active, options);
      fill(panel, { tab: tab ?? "report" });
    },
    restore(panel, kept) {
      panel.webview.options = allowed;
      fill(panel, decodeUsageState(kept) ?? { tab: "report" });
    },
    refresh() {
      if (open?.panel.visible === true) open.page.refresh();
    },
  };
}
