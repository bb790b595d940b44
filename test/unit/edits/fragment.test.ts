import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../src/core/edits/applyEdits";

describe("a text for a whole file", () => {
  const functionOf = (n: number): string => `def f${n}(value):\n    return value + ${n}\n`;
  const functions = Array.from({ length: 8 }, (_, n) => functionOf(n));
  const file = functions.join("\n");
  const write = (content: string) =>
    applyEdits([{ kind: "write", path: "a.py", content }], new Map([["a.py", file]]));

  test.each([
    ["one function of it", functionOf(3)],
    ["one function of it, changed", `${functionOf(3)}${functionOf(4).replace("+ 4", "+ 40")}`],
    ["its beginning", functions.slice(0, 3).join("\n")],
    ["its end", functions.slice(5).join("\n")],
  ])("is not %s", (_, content) => {
    const { documents, problems } = write(content);
    expect(documents.size).toBe(0);
    expect(problems).toMatchObject([{ kind: "omission" }]);
  });

  test.each([
    ["more than half of it", functions.slice(0, 5).join("\n")],
    ["its beginning and its end", functionOf(0) + functionOf(7)],
    ["another text", "from helpers import f\n\nprint(f(1))\nprint(f(2))\n"],
  ])("may be %s", (_, content) => {
    const { documents, problems } = write(content);
    expect(problems).toEqual([]);
    expect(documents.get("a.py")).toBe(content);
  });
});
