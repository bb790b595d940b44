import assert from "node:assert/strict";
import { Uri, workspace } from "vscode";
import type { Disposable } from "vscode";
import { MemoryFiles } from "./memoryFiles";
import {
  createEditorReview,
  givenFile,
  replaceTwo,
  saved,
  saveNothingByItself,
  textOf,
} from "./reviewInEditor";
import type { EditorReview } from "./reviewInEditor";

const three = "one\ntwo\nthree\n";
const scheme = "groq-coder-test-remote";

suite("An edit of files on a remote file system", () => {
  let desk: EditorReview;
  let remote: MemoryFiles;
  let registration: Disposable;
  suiteSetup(async () => {
    await saveNothingByItself();
    remote = new MemoryFiles();
    registration = workspace.registerFileSystemProvider(scheme, remote, { isCaseSensitive: true });
  });
  suiteTeardown(() => registration.dispose());
  setup(() => {
    remote.breaksAt = undefined;
    desk = createEditorReview();
  });
  teardown(() => desk.review.dispose());

  /** Each with its own name: the editor keeps documents for a while. */
  function given(name: string, text = three): Uri {
    remote.files.set(`/${name}`, Buffer.from(text));
    return Uri.parse(`${scheme}:/${name}`);
  }
  const textAt = (name: string) => Buffer.from(remote.files.get(`/${name}`) ?? []).toString();

  test("is applied, saved by the user, and undone", async () => {
    const uri = given("changed.txt");
    assert.equal(await desk.apply(replaceTwo(uri), [uri]), undefined);
    assert.equal(textAt("changed.txt"), three);
    await saved(uri);
    assert.equal(textAt("changed.txt"), three.replace("two", "zwei"));
    assert.equal((await desk.review.undoLast("ask")).ok, true);
    assert.equal(await textOf(uri), three);
  });

  test("a deleted file comes back", async () => {
    const uri = given("gone.txt");
    assert.equal(await desk.apply("*** Delete File: gone.txt", [uri]), undefined);
    assert.equal(remote.files.has("/gone.txt"), false);
    assert.equal((await desk.review.undoLast("ask")).ok, true);
    assert.equal(textAt("gone.txt"), three);
  });

  test("what changed there unseen is not written over", async () => {
    const uri = given("unseen.txt");
    assert.equal(await desk.open(replaceTwo(uri), [uri]), undefined);
    remote.files.set("/unseen.txt", Buffer.from("theirs\n"));
    const applied = await desk.review.acceptAll();
    assert.deepEqual(applied.ok || applied.failure, {
      kind: "documentChanged",
      path: "unseen.txt",
    });
  });

  test("what was deleted there is missing", async () => {
    const uri = given("missing.txt");
    assert.equal(await desk.open(replaceTwo(uri), [uri]), undefined);
    remote.files.delete("/missing.txt");
    const applied = await desk.review.acceptAll();
    assert.deepEqual(applied.ok || applied.failure, { kind: "fileMissing", path: "missing.txt" });
  });

  test("what may only be read there is not reviewed", async () => {
    const uri = given("locked.txt");
    remote.locked.add("/locked.txt");
    assert.deepEqual(await desk.open(replaceTwo(uri), [uri]), {
      kind: "readOnly",
      path: "locked.txt",
    });
  });

  test("where its connection breaks half-way, the files here are as before", async () => {
    const near = givenFile("near.txt", three);
    const far = given("far.txt");
    const operations = `${replaceTwo(near)}\n*** Delete File: far.txt`;
    remote.breaksAt = "delete";
    const failed = await desk.apply(operations, [near, far]);
    assert.equal(failed?.kind, "applyRefused");
    assert.equal(await textOf(near), three);
    assert.equal(textAt("far.txt"), three);
    remote.breaksAt = undefined;
    // The restored document has another version.
    assert.equal((await desk.review.openAgain()).ok, true);
    assert.equal((await desk.review.acceptAll()).ok, true);
    assert.equal(await textOf(near), three.replace("two", "zwei"));
    assert.equal(remote.files.has("/far.txt"), false);
  });
});
