import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createFileSearch } from "../../../src/host/context/fileSearch";
import { fakeProject } from "../../fakes/fakeProject";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

let search: ReturnType<typeof createFileSearch>;
beforeEach(() => {
  fakeProject.open();
  fakeProject.write("src/cart.ts", "");
  fakeProject.write("src/deep/list.ts", "");
  search = createFileSearch();
});
afterEach(() => {
  search.dispose();
  fakeProject.close();
});

const find = async (query: string) => (await search.find(query, 10)).map(({ path }) => path);

it("finds files and their folders", async () => {
  expect(await search.find("deep", 1)).toEqual([{ path: "src/deep", isFolder: true }]);
  expect(await find("car")).toEqual(["src/cart.ts"]);
});

it("reads nothing before it is asked, then once", async () => {
  expect(fakeProject.listings).toBe(0);
  await Promise.all([find("a"), find("b"), find("c")]);
  await find("d");
  expect(fakeProject.listings).toBe(1);
});

it("hears of new files, and does not wait for them", async () => {
  await find("");
  fakeProject.write("src/new.ts", "");
  fakeProject.fire("create **/*");
  expect(await find("new")).toEqual([]);
  await expect.poll(() => find("new")).toEqual(["src/new.ts"]);
  expect(fakeProject.listings).toBe(2);
});

it("puts what was opened last first", async () => {
  const opened = ["src/cart.ts", "src/deep/list.ts"];
  for (const path of opened) {
    fakeProject.show(path, "");
    fakeProject.fire("window.onDidChangeActiveTextEditor", fakeProject.active);
  }
  expect((await find("")).slice(0, 2)).toEqual(opened.toReversed());
});
