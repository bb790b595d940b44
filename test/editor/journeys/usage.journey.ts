import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { makeTemporaryFolder, removeFolder } from "../../../scripts/system/cleanup.mjs";
import { systemClock } from "../../../src/compose/systemClock";
import { formatDollars } from "../../../src/core/budget/money";
import { fillLedger, storeFileIn } from "./filledLedger";
import { look } from "./look";
import { sessionForAll } from "./session";
import { meter, notification, sendMessage } from "./steps";
import { seriousFindings, takeTheme, themes } from "./themes";

// Someone who has worked for two months looks at what it cost.
describe("the usage report", () => {
  const dataFolder = makeTemporaryFolder("editor-data");
  const today = systemClock.localDay(Date.now());
  const month = today.slice(0, 7);
  // The last hook first: the editor is closed before its folder goes.
  afterAll(() => removeFolder(dataFolder));
  const session = sessionForAll(() => {
    fillLedger(storeFileIn(dataFolder), today);
    return { dataFolder, groq: { plan: "developer" } };
  });

  const page = () => session().editor.webview("editor");
  const tile = (label: string) =>
    page().locator(".tile", { has: page().getByText(label, { exact: true }) });

  /** The sum over the ledger's single calls of some days. */
  function ledgerSum(daysLike: string): { cost: string; calls: number } {
    const database = new DatabaseSync(storeFileIn(dataFolder), { readOnly: true });
    const statement = database.prepare(
      "SELECT coalesce(sum(cost), 0) AS cost, count(*) AS calls FROM calls WHERE day LIKE ?",
    );
    statement.setReadBigInts(true);
    const { cost, calls } = statement.get(daysLike) ?? {};
    database.close();
    return { cost: formatDollars(BigInt(String(cost))), calls: Number(calls) };
  }

  /** What is behind a button's words, and what the theme wants there. */
  function exportButtonColors(): Promise<readonly [string, string]> {
    return page()
      .getByRole("button", { name: "Export CSV" })
      .evaluate((button) => {
        const plain = document.createElement("span");
        plain.style.background = "var(--vscode-button-secondaryBackground, transparent)";
        document.body.append(plain);
        const wanted = getComputedStyle(plain).backgroundColor;
        plain.remove();
        const host = button.closest("vscode-button") ?? (button.getRootNode() as ShadowRoot).host;
        return [getComputedStyle(host).backgroundColor, wanted];
      });
  }

  /** As the theme has them: `rgb(1, 2, 3)`. */
  function chartColors(): Promise<{ background: string; series: string[] }> {
    return page()
      .locator(".plot svg")
      .first()
      .evaluate((svg) => {
        const series = Array.from({ length: 8 }, (_, place) => {
          const rect = document.createElementNS(svg.namespaceURI, "rect");
          rect.setAttribute("class", `series-${place}`);
          svg.append(rect);
          const { fill } = getComputedStyle(rect);
          rect.remove();
          return fill;
        });
        return { background: getComputedStyle(document.documentElement).backgroundColor, series };
      });
  }

  it("shows the sums of the ledger, and those of the status bar", async () => {
    const { editor, groq } = session();
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    groq.queueAnswer({ content: "Hello!" });
    await sendMessage(chat, "hello");
    await chat.getByText("tokens/s").waitFor();
    await editor.runCommand("groqCoder.showUsage");
    await tile("Today").waitFor();
    const ofDay = ledgerSum(today);
    await expect.poll(() => tile("Today").innerText()).toContain(ofDay.cost);
    await expect.poll(() => meter(editor).innerText()).toContain(ofDay.cost);
    const ofMonth = ledgerSum(`${month}%`);
    for (const label of ["This month", "In this period"]) {
      expect(await tile(label).innerText()).toContain(ofMonth.cost);
      expect(await tile(label).innerText()).toContain(`${ofMonth.calls} requests`);
    }
    await look(editor, "usage-report", page().locator("body"), [
      'tab "Report" [selected]',
      'tab "What would this cost?"',
      'slider "Spending by model: choose a bar"',
      'button "Export CSV"',
      /region "The same work at other models' prices"/,
      "no price known",
    ]);
  });

  it("changes the period by keyboard, and says so", async () => {
    const period = page().getByLabel("Period");
    await period.press("End");
    await page().getByLabel("From", { exact: true }).waitFor();
    await period.selectOption("quarter");
    await period.press("Home");
    await expect.poll(() => tile("In this period").innerText()).toContain(ledgerSum(today).cost);
    await expect
      .poll(() => page().locator(".announcer").textContent())
      .toBe(`Usage from ${today} to ${today}`);
    await period.selectOption("last30");
    await expect.poll(() => page().locator(".period").innerText()).toContain(`– ${today}`);
  });

  it("goes over a chart's bars by keyboard, and has their table behind it", async () => {
    const { keyboard } = session().editor.page;
    const plot = page().getByRole("slider", { name: "Spending by model" });
    await plot.press("Home");
    await expect.poll(() => plot.getAttribute("aria-valuenow")).toBe("0");
    const first = await plot.getAttribute("aria-valuetext");
    await plot.press("ArrowRight");
    await expect.poll(() => plot.getAttribute("aria-valuetext")).not.toBe(first);
    const second = await plot.getAttribute("aria-valuetext");
    expect(second).toMatch(/openai\/gpt-oss-120b ~?\$.*Total ~?\$.*Requests \d+$/);
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    const table = page().getByRole("table", { name: "Spending by model" });
    await table.waitFor();
    expect(await table.getByRole("row").count()).toBe(31);
    const [head = "", ...cells] = await table
      .getByRole("row")
      .nth(2)
      .locator("th, td")
      .allInnerTexts();
    expect(second).toContain(`${head}: `);
    expect(second).toContain(`Total ${cells.at(-2)}`);
  });

  it("shows over time how fast the models were, and what the cache saved", async () => {
    const { editor } = session();
    const speeds = page().getByRole("slider", { name: "Tokens a second over time" });
    await speeds.scrollIntoViewIfNeeded();
    await look(editor, "usage-over-time", page().locator("body"), [
      'slider "Time to the first token over time: choose a bar"',
      'slider "Tokens a second over time: choose a bar"',
      'slider "Savings over time: choose a bar"',
    ]);
    await speeds.press("End");
    await expect
      .poll(() => speeds.getAttribute("aria-valuetext"))
      .toMatch(/openai\/gpt-oss-120b ~[\d,]+/);
  });

  it.each([
    ["Export CSV", "csv"],
    ["Export JSON", "json"],
    ["Export budget report", "md"],
  ])("%s writes a file", async (button, ending) => {
    const { editor, folder } = session();
    const file = `${folder}/usage.${ending}`;
    const box = editor.page.locator(".quick-input-widget");
    await page().getByRole("button", { name: button }).click();
    const place = box.getByRole("textbox");
    // The dialog for files has its own default, and takes another place once it has shown that.
    await expect.poll(() => place.inputValue()).toContain(`-to-${today}.${ending}`);
    await place.fill(file);
    await box.getByRole("button", { name: "OK" }).click();
    await expect.poll(() => existsSync(file)).toBe(true);
    await notification(editor, `Usage was exported to usage.${ending}.`);
    const text = readFileSync(file, "utf8");
    const shown = Number(/([\d,]+) requests/.exec(await tile("In this period").innerText())?.[1]);
    if (ending === "csv") expect(text.trimEnd().split("\r\n")).toHaveLength(shown + 1);
    if (ending === "json") expect(JSON.parse(text)).toHaveLength(shown);
    if (ending === "md") expect(text).toContain(`| Requests | ${shown} |`);
    await editor.page.keyboard.press("Escape");
  });

  it.each(themes)("$kind: nothing that axe calls serious", async (theme) => {
    const { editor } = session();
    await takeTheme(editor, page(), theme);
    await editor.screenshot(`usage-${theme.kind}`);
    expect(await seriousFindings(page(), "--vscode-editor-background")).toEqual([]);
    const [button, wanted] = await exportButtonColors();
    expect(button).toBe(wanted);
    const { background, series } = await chartColors();
    expect(new Set(series).size).toBe(8);
    for (const color of series) expect(contrast(color, background), color).toBeGreaterThan(2);
  });
});

/** The ratio of two colours' luminances, as WCAG has it. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [one, other].map(luminance).toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
