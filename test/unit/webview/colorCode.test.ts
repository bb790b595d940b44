import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createColorer } from "../../../webview/code/colorCode";
import type { ColoredCode } from "../../../webview/code/colorCode";
import * as highlighter from "../../../webview/code/highlighter";

vi.mock("../../../webview/laterParts", () => ({ loadPart: () => Promise.resolve(highlighter) }));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function follow(language: string) {
  const seen: ColoredCode[] = [];
  const colorer = createColorer((colored) => seen.push(colored));
  return { seen, to: (code: string, whole = false) => colorer.follow(language, code, whole) };
}

const textOf = (colored: ColoredCode | undefined) => colored?.runs.map(({ text }) => text).join("");

describe("a block that grows", () => {
  it("has its colours with the text that came in, without a timer of their own", async () => {
    const { seen, to } = follow("typescript");
    to("const a = 1;\n");
    await vi.runAllTimersAsync();
    expect(seen).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(500);
    to("const a = 1;\nconst b = 2;\n");
    expect(seen).toHaveLength(2);
    expect(textOf(seen[1])).toBe("const a = 1;\nconst b = 2;\n");
  });

  it("is not coloured anew with each addition, and not for ever left without", async () => {
    const { seen, to } = follow("typescript");
    to("const a = 1;\n");
    await vi.runAllTimersAsync();
    to("const a = 1;\nconst b = 2;\n");
    to("const a = 1;\nconst b = 2;\nconst c = 3;\n");
    expect(seen).toHaveLength(1);
    await vi.runAllTimersAsync();
    expect(seen).toHaveLength(2);
    expect(textOf(seen[1])).toContain("const c");
  });

  it("does not hold the drawing up when it is long, and is coloured all the same", async () => {
    const { seen, to } = follow("typescript");
    to("const a = 1;\n");
    await vi.runAllTimersAsync();
    await vi.advanceTimersByTimeAsync(500);
    let code = "";
    for (let line = 0; line < 300; line++) {
      code += `const line${line} = ${line};\n`;
      to(code);
      await vi.advanceTimersByTimeAsync(50);
    }
    const long = seen.filter(({ code: colored }) => colored.length > 4000);
    expect(long.length).toBeGreaterThan(2);
    to(code, true);
    const before = seen.length;
    await vi.runAllTimersAsync();
    expect(seen).toHaveLength(before + 1);
    expect(textOf(seen.at(-1))).toBe(code);
  });
});

it("a block that is whole from the start is coloured in a task of its own", async () => {
  const { seen, to } = follow("typescript");
  to("const a = 1;", true);
  expect(seen).toHaveLength(0);
  await vi.runAllTimersAsync();
  expect(textOf(seen[0])).toBe("const a = 1;");
});

it("what the library cannot read is shown as it is", async () => {
  const { seen, to } = follow("typescript");
  to("const a = 1;\n");
  await vi.runAllTimersAsync();
  await vi.advanceTimersByTimeAsync(500);
  const broken = vi.spyOn(highlighter, "highlight").mockImplementation(() => {
    throw new Error("out of its depth");
  });
  to("const a = 1;\nconst b = 2;\n");
  expect(broken).toHaveBeenCalledOnce();
  expect(seen).toHaveLength(1);
});
