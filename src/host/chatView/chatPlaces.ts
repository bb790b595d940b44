import { commands, Uri, ViewColumn, window } from "vscode";
import type { Disposable, Webview, WebviewPanel } from "vscode";
import { pageAssets, readPageFiles } from "../webviewPage";
import type { PageFiles } from "../webviewPage";
import { chatPage } from "./chatPage";

const chatViewId = "groqCoder.chat";
const panelType = "groqCoder.chatPanel";

/** The places where the chat is shown: the sidebar's view, and any number of editor tabs. */
export interface ChatPlaces extends Disposable {
  /** Makes the chat visible: opens the view, unless a tab is visible already. */
  show(): Promise<void>;
  openTab(): void;
}

/** `attach` serves a webview until what it returns is disposed of. */
export function registerChatPlaces(
  extensionUri: Uri,
  attach: (webview: Webview) => Disposable,
): ChatPlaces {
  const tabs = new Set<WebviewPanel>();
  let files: PageFiles | undefined;

  function serve(webview: Webview): Disposable {
    webview.options = { enableScripts: true, localResourceRoots: [pageAssets(extensionUri)] };
    const attached = attach(webview);
    files ??= readPageFiles(extensionUri, "main");
    webview.html = chatPage(webview, extensionUri, files);
    return attached;
  }

  function fill(tab: WebviewPanel): void {
    tab.iconPath = Uri.joinPath(extensionUri, "media", "icon.svg");
    const attached = serve(tab.webview);
    tabs.add(tab);
    tab.onDidDispose(() => {
      tabs.delete(tab);
      attached.dispose();
    });
  }

  const registrations = [
    window.registerWebviewViewProvider(
      chatViewId,
      {
        resolveWebviewView(view) {
          const attached = serve(view.webview);
          view.onDidDispose(() => attached.dispose());
        },
      },
      { webviewOptions: { retainContextWhenHidden: true } },
    ),
    window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel(tab) {
        fill(tab);
        return Promise.resolve();
      },
    }),
  ];

  return {
    async show() {
      if ([...tabs].some((tab) => tab.visible)) return;
      await commands.executeCommand(`${chatViewId}.focus`);
    },
    openTab() {
      const options = { retainContextWhenHidden: true };
      fill(window.createWebviewPanel(panelType, "Groq Coder", ViewColumn.Active, options));
    },
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
  };
}
