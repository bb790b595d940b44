import { expect, test } from "vitest";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { sessionForAll } from "./session";

const session = sessionForAll(() => ({
  workspace: inRoot("test", "fixtures", "sampleWorkspace"),
  openFolder: false,
}));

test("the activity bar has our container, and nothing is on the console", async () => {
  const { editor } = session();
  await editor.page.getByRole("tab", { name: "Groq Coder" }).waitFor();
  await editor.screenshot("firstLook");
  expect(editor.consoleErrors).toEqual([]);
});
