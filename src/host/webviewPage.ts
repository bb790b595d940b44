import { randomBytes } from "node:crypto";
import { env, Uri } from "vscode";
import type { Webview } from "vscode";

/** The folder with the bundled pages: the only one that a webview may read. */
export function pageAssets(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, "dist", "webview");
}

/**
 * The page of a webview. Nothing but our own script and styles runs or loads in it. The styles stand in the page
 * itself: as a file of their own they would hold up its first look. `words` are the page's texts in the user's language.
 */
export function webviewPage(
  webview: Webview,
  extensionUri: Uri,
  page: {
    readonly title: string;
    /** The name of a built file. */
    readonly script: string;
    readonly styles: string;
    readonly words: object;
  },
): string {
  const nonce = randomBytes(18).toString("base64");
  const script = webview
    .asWebviewUri(Uri.joinPath(pageAssets(extensionUri), page.script))
    .toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "connect-src 'none'",
  ].join("; ");
  const words = escapeAttribute(JSON.stringify(page.words));
  return `<!doctype html>
<html lang="${escapeAttribute(env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${page.styles}</style>
<title>${escapeAttribute(page.title)}</title>
</head>
<body data-words="${words}">
<div id="root"></div>
<script nonce="${nonce}" type="module" src="${script}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
