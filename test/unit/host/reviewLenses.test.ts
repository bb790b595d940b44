import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { fakeEditor } from "../../fakes/fakeEditor";
import { nine, update, useReview } from "../../security/reviewBench";

const bench = useReview();
const { given, open } = bench;

describe("what is offered beside each change", () => {
  it("by name, with the hunk's id", async () => {
    given("package.json", nine);
    const { id } = await open(update("package.json"), ["package.json"]);
    const uri = fakeEditor.activeTextEditor?.document.uri;
    const shown = fakeEditor.lensProvider?.provideCodeLenses({ uri }) ?? [];
    expect(shown.map(({ command }) => [command.title, ...(command.arguments ?? [])])).toEqual([
      ["Edit of package.json · 2 to decide"],
      ["$(warning) names packages"],
      ["Accept all"],
      ["Reject all"],
      ["Diff", "package.json"],
      ["Accept", `${id}/0/0`],
      ["Reject", `${id}/0/0`],
      ["Accept", `${id}/0/1`],
      ["Reject", `${id}/0/1`],
    ]);
    expect(shown[1]?.command.tooltip).toBe("Package managers install and run what this names.");
  });

  it("in a row that an editor of half a window has room for, however long the path and the warnings", async () => {
    const path = `.github/workflows/${"deeply/".repeat(8)}package.json`;
    mkdirSync(dirname(bench.folder.file(path)), { recursive: true });
    given(path, nine);
    await open(`*** Update File: ${path}\n@@\n l0\n-l1\n+  "postinstall": "x\u200b"\n l2`, [path]);
    const uri = fakeEditor.activeTextEditor?.document.uri;
    const lenses = fakeEditor.lensProvider?.provideCodeLenses({ uri }) ?? [];
    const [said, warning] = lenses.map(({ command }) => command);
    expect(said).toMatchObject({
      title: "Edit of …ly/deeply/deeply/package.json · 1 to decide",
      tooltip: `Edit of ${path}`,
    });
    expect(warning?.title).toBe(
      "$(warning) run by CI, names packages, a script that runs, hidden characters",
    );
    expect(warning?.tooltip?.split("\n")).toHaveLength(4);
    const row = lenses.filter(({ range }) => range.start.line === 0);
    const letters = row.map(({ command }) => command.title).join(" | ").length;
    expect(letters).toBeLessThan(170);
  });
});
