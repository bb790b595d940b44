import { Uri } from "../../fakes/vscode";
import { beforeEach, describe, expect, it } from "vitest";
import { exportChat } from "../../../src/host/commands/exportChat";
import { importChat } from "../../../src/host/commands/importChat";
import { fakeEditor } from "../../fakes/fakeEditor";
import { question } from "../chat/chatBench";
import { HistoryBench } from "./historyBench";

let history: HistoryBench;
let id: string;
beforeEach(async () => {
  fakeEditor.reset();
  history = new HistoryBench();
  id = await history.converse("How to sort? own secret key", "So: `sort()`");
});

const write = (argument?: unknown) => exportChat(history, argument);
const read = (argument?: unknown) => importChat(history, argument);
const fileOf = (address: string) => new TextDecoder().decode(fakeEditor.files.get(address));
const put = (address: string, text: string) =>
  void fakeEditor.files.set(address, new TextEncoder().encode(text));
const failed = (kind: string, more: object = {}) => ({ ok: false, failure: { kind, ...more } });

describe("exportChat", () => {
  it.each([
    [{ path: "/out/a.md" }, "# How to sort?"],
    [{ path: "/out/a.json" }, '"format": "groq-coder-conversation"'],
    [{ path: "/out/a.txt" }, "# How to sort?"],
    [{ path: "/out/a", format: "json" }, '"version": 1'],
    [{ path: "file:///out/a.MD" }, "## Groq Coder"],
    [{ path: Uri.file("/out/a.md") }, "So: `sort()`"],
  ])("%j writes without asking, and no key", async (request, part) => {
    const exported = await write(request);
    const address = [...fakeEditor.files.keys()][0] ?? "";
    expect(exported).toEqual({ ok: true, path: address.replace("file://", "") });
    expect(fileOf(address)).toContain(part);
    expect(fileOf(address)).not.toContain("own secret key");
    expect(fakeEditor.notified).toEqual([]);
  });

  it("takes another conversation by its id", async () => {
    await history.converse("Another", "one");
    await write({ id, path: "/out/a.md" });
    expect(fileOf("file:///out/a.md")).toContain("How to sort?");
  });

  it("has the name that the conversation was given since", async () => {
    await history.conversationList.rename(id, "Sorting");
    await write({ path: "/out/a.md" });
    expect(fileOf("file:///out/a.md")).toContain("# Sorting");
  });

  it("never writes over a file unasked; the dialog has asked", async () => {
    put("file:///out/a.md", "mine");
    expect(await write({ path: "/out/a.md" })).toEqual(failed("fileExists", { path: "a.md" }));
    expect(fileOf("file:///out/a.md")).toBe("mine");
    fakeEditor.chosenItem = "JSON";
    fakeEditor.chosenFile = "file:///out/a.md";
    expect(await write()).toEqual({ ok: true, path: "/out/a.md" });
    expect(fileOf("file:///out/a.md")).toContain('"How to sort?');
    expect(fakeEditor.notified).toEqual(["The conversation was exported to a.md. | Open"]);
  });

  it("cancelled writes nothing", async () => {
    expect(await write()).toEqual(failed("stopped"));
    expect(await write({ format: "json" })).toEqual(failed("stopped"));
    expect(fakeEditor.files.size).toBe(0);
  });

  it("refuses what is gone and what is empty", async () => {
    expect(await write({ id: "none", path: "/a.md" })).toEqual(failed("conversationGone"));
    history.chat.startNew();
    expect(await write({ path: "/a.md" })).toEqual(failed("emptyConversation"));
  });
});

describe("importChat", () => {
  it.each(["/out/a.json", "/out/a.md"])("of %s: a new conversation, opened", async (path) => {
    await write({ path });
    const imported = await read(path);
    expect(imported).toMatchObject({ ok: true });
    const shown = history.chat.conversation();
    expect(imported).toMatchObject({ conversationId: shown.id });
    expect(shown.id).not.toBe(id);
    expect(shown.turns.map(({ text }) => text)).toEqual(["How to sort? [key]", "So: `sort()`"]);
    expect(await read({ path })).toMatchObject({ ok: true });
    expect(history.conversations.kept.size).toBe(3);
  });

  it("asks for the file; cancelled it does nothing", async () => {
    expect(await read()).toEqual(failed("stopped"));
    await write({ path: "/out/a.json" });
    fakeEditor.chosenFile = "file:///out/a.json";
    expect(await read()).toMatchObject({ ok: true });
  });

  it("does not disturb an answer under way", async () => {
    await write({ path: "/out/a.json" });
    void history.chat.ask(question("more"));
    expect(await read("/out/a.json")).toMatchObject({ ok: true });
    expect(history.chat.isBusy()).toBe(true);
    expect(history.chat.conversation().id).toBe(id);
  });

  it.each([
    ["notes", "foreign"],
    ["{", "foreign"],
    ['{"format":"groq-coder-conversation","version":1', "damaged"],
    ['{"format":"groq-coder-conversation","version":9}', "newer"],
  ])("refuses %s: %s, and adds nothing", async (text, reason) => {
    put("file:///out/a.json", text);
    expect(await read("/out/a.json")).toEqual(failed("notImported", { path: "a.json", reason }));
    expect(history.conversations.kept.size).toBe(1);
  });

  it("refuses what is no text, what is too large, and what is not there", async () => {
    fakeEditor.files.set("file:///a.json", new Uint8Array([0x7b, 0xff, 0xfe]));
    expect(await read("/a.json")).toMatchObject(failed("notImported", { reason: "foreign" }));
    fakeEditor.files.set("file:///a.json", new Uint8Array(64 * 1024 * 1024 + 1));
    expect(await read("/a.json")).toMatchObject(failed("notImported", { reason: "tooLarge" }));
    expect(await read("/none.json")).toMatchObject(failed("fileNotRead", { path: "none.json" }));
  });

  it("adds nothing where the store refuses", async () => {
    await write({ path: "/out/a.json" });
    history.conversationList.refusal = { kind: "storeTooNew" };
    expect(await read("/out/a.json")).toEqual(failed("storeTooNew"));
    expect(history.chat.conversation().id).toBe(id);
  });
});
