import { describe, expect, it } from "vitest";
import { sourceFiles } from "./sourceFiles";

const files = sourceFiles("src", "webview");

/** The files in which something stands. */
function holding(pattern: RegExp): string[] {
  return files
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .toSorted();
}

it("the scan sees the source", () => {
  expect(files.length).toBeGreaterThan(80);
  expect(holding(/createGroqClient/)).toContain("src/groq/groqClient.ts");
});

describe("nothing listens, nothing from outside acts, nothing is evaluated", () => {
  const absent = (name: string, pattern: RegExp) =>
    it(name, () => expect(holding(pattern)).toEqual([]));

  absent("no server", /\bcreateServer\b|\.listen\s*\(|WebSocket/);
  absent("no handler of addresses", /registerUriHandler/);
  absent("no eval", /\beval\s*\(|new Function\b|\bFunction\s*\(|node:vm\b|\.constructor\s*\(/);
  absent("no timers from text", /set(?:Timeout|Interval)\s*\(\s*["'`]/);
  absent("no terminals", /createTerminal|\bsendText\b/);
  it("no processes but Git's, for a diff and for what is ignored", () =>
    expect(holding(/node:child_process|\bexecFile\b|\bspawn\b/)).toEqual([
      "src/host/context/gitProgram.ts",
    ]));
  absent(
    "no HTML from text",
    /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write/,
  );
  absent("no trusted Markdown", /isTrusted\s*[=:]\s*true|supportHtml\s*[=:]\s*true/);
  it("Markdown links to named commands of ours in one place only", () =>
    expect(holding(/\bisTrusted\s*=|\bisTrusted:\s*\{/)).toEqual(["src/host/statusBar/meter.ts"]));
});

describe("one door", () => {
  it("groq-sdk is loaded in one folder", () => {
    for (const path of holding(/from "groq-sdk|import\("groq-sdk/))
      expect(path).toMatch(/^src\/groq\//);
  });

  it("nothing else goes to the network", () => {
    expect(holding(/(from |require\()["'](node:)?(https?|http2|net|tls|dgram)["']/)).toEqual([
      "src/http/readWhenAsked.ts",
      "src/http/sendRequest.ts",
    ]);
    // For the SDK, which would look for one of its own.
    expect(holding(/\bfetch\b/)).toEqual(["src/groq/groqClient.ts"]);
    expect(holding(/sendRequest\(/)).toEqual([
      "src/groq/groqClient.ts",
      "src/http/sendRequest.ts",
      "src/openai/post.ts",
    ]);
    expect(holding(/XMLHttpRequest|sendBeacon|EventSource\b/)).toEqual([]);
  });

  it("a model's stream is opened by the dispatcher alone", () => {
    // The other adapter hands on what the dispatcher asked for.
    expect(holding(/\.stream\(/)).toEqual([
      "src/compose/lazyServices.ts",
      "src/core/dispatch/attempt.ts",
    ]);
  });
});
