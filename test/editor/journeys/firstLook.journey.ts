import { afterAll, beforeAll, expect, test } from "vitest";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { launchEditor, type Editor } from "../harness/launchEditor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await launchEditor({ workspace: inRoot("test", "fixtures", "sampleWorkspace") });
});

afterAll(() => editor.close());

test("the activity bar has our container, and nothing is on the console", async () => {
  await editor.page.getByRole("tab", { name: "Groq Coder" }).waitFor();
  await editor.screenshot("firstLook");
  expect(editor.consoleErrors).toEqual([]);
});
