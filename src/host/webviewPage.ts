import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { env, Uri } from "vscode";
import type { Webview } from "vscode";

/** The folder with the bundled pages: the only one that a webview may read. */
export function pageAssets(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, "dist", "webview");
}

/** The texts of a page's script and styles. */
export interface PageFiles {
  readonly script: string;
  readonly styles: string;
}

/** Reads what was built under a page's name. */
export function readPageFiles(extensionUri: Uri, name: "main" | "usage"): PageFiles {
  const read = (file: string) =>
    readFileSync(Uri.joinPath(pageAssets(extensionUri), file).fsPath, "utf8");
  return { script: read(`${name}.js`), styles: read(`${name}.css`) };
}

/**
 * The page of a webview, in which only our own script and styles can run or load. Both are inlined: each file that the page
 * had to request would delay its first paint by a round trip to the extension's machine. What it needs later it loads from
 * `data-assets`. `words` are the page's texts in the user's language.
 */
export function webviewPage(
  webview: Webview,
  extensionUri: Uri,
  page: {
    readonly title: string;
    readonly files: PageFiles;
    readonly words: object;
  },
): string {
  const nonce = randomBytes(18).toString("base64");
  const assets = `${webview.asWebviewUri(pageAssets(extensionUri)).toString()}/`;
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
<style nonce="${nonce}">${page.files.styles}</style>
<title>${escapeAttribute(page.title)}</title>
</head>
<body data-words="${words}" data-assets="${escapeAttribute(assets)}">
<div id="root"></div>
<script nonce="${nonce}" type="module">${page.files.script}</script>
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
