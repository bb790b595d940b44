import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { runFromPalette } from "../harness/commandPalette";
import type { Editor } from "../harness/launchEditor";
import type { WebviewFrame } from "../harness/webviewFrame";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One theme of each kind. */
export const themes = [
  { kind: "vscode-dark", title: "Dark Modern" },
  { kind: "vscode-light", title: "Light Modern" },
  { kind: "vscode-high-contrast", title: "Dark High Contrast" },
  { kind: "vscode-high-contrast-light", title: "Light High Contrast" },
];

/** Changes the theme as a person does; resolves when the webview has it. */
export async function takeTheme(
  { page }: Editor,
  webview: WebviewFrame,
  { kind, title }: (typeof themes)[number],
): Promise<void> {
  await runFromPalette(page, "Preferences: Color Theme");
  const list = page.locator(".quick-input-widget");
  // Not the palette's own box, which may still be open.
  await list.getByPlaceholder(/^Select Color Theme/).fill(title);
  await list.getByRole("option", { name: title }).first().click();
  await webview.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
}

/** What axe calls serious or critical in a webview; `background` is the colour that the editor paints behind the page. */
export async function seriousFindings(webview: WebviewFrame, background: string) {
  const frame = await (await webview.locator("body").elementHandle()).ownerFrame();
  if (!frame) throw new Error("the webview has no frame");
  // The editor paints behind the page, where axe cannot see it and assumes white.
  await webview
    .locator("html")
    .evaluate(({ style }, color) => style.setProperty("background", color), `var(${background})`);
  await frame.evaluate(`${axe};0`);
  const { violations } = await frame.evaluate<AxeResults>("axe.run(document)");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => ({ rule: id, html, failureSummary })),
    );
}
