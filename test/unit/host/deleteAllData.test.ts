import { beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import type { Result } from "../../../src/core/dispatch/failure";
import { deleteAllData } from "../../../src/host/commands/deleteAllData";
import { createLog } from "../../../src/host/log";
import { createSecrets } from "../../../src/host/secrets";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemorySecrets } from "../../fakes/memorySecrets";

beforeEach(() => fakeEditor.reset());

const key = { apiKey: "gsk_a", baseUrl: "https://api.groq.com" };

/** What the command needs, and the order in which it went about it. */
class DeleteBench {
  readonly done: string[] = [];
  deleted: Result<void> = succeed(undefined);
  readonly clock = new FakeClock();
  readonly log = createLog();
  readonly storage = new MemorySecrets();
  readonly secrets = createSecrets(this.storage, {});
  readonly chat = {
    stop: () => void this.done.push("stop"),
    idle: () => Promise.resolve(),
    startNew: () => void this.done.push("startNew"),
  };
  readonly data = {
    deleteAll: (today: string) => {
      this.done.push(`delete on ${today}`);
      return Promise.resolve(this.deleted);
    },
  };
  readonly listings = {
    forget: () => {
      this.done.push("forget");
      return Promise.resolve();
    },
  };
  readonly today = this.clock.localDay(this.clock.now());
}

const confirmed = { confirmed: true };

describe("deleteAllData", () => {
  it("stops the answer, deletes, starts a new chat, and clears the keys", async () => {
    const bench = new DeleteBench();
    await bench.secrets.store(key);
    expect(await deleteAllData(bench, confirmed)).toEqual({ ok: true });
    expect(bench.done).toEqual(["stop", `delete on ${bench.today}`, "startNew", "forget"]);
    expect(await bench.storage.keys()).toEqual([]);
    expect(fakeEditor.notified).toEqual([]);
  });

  it.each([[undefined], [{}], [{ confirmed: "true" }], [true], [null]])(
    "asks when it is given %j, and says what goes and what stays",
    async (argument) => {
      const bench = new DeleteBench();
      fakeEditor.answer = () => undefined;
      expect(await deleteAllData(bench, argument)).toEqual(fail({ kind: "stopped" }));
      expect(bench.done).toEqual([]);
      for (const word of ["conversations", "API keys", "your settings", "budgets", "undone"])
        expect(fakeEditor.notified.join()).toContain(word);
    },
  );

  it("goes on when the user agrees", async () => {
    const bench = new DeleteBench();
    fakeEditor.answer = (_message, [go]) => go;
    expect(await deleteAllData(bench, undefined)).toEqual({ ok: true });
  });

  it("keeps keys and chat when the store cannot delete", async () => {
    const bench = new DeleteBench();
    await bench.secrets.store(key);
    bench.deleted = fail({ kind: "storeUnavailable", detail: "locked" });
    expect(await deleteAllData(bench, confirmed)).toEqual(bench.deleted);
    expect(bench.done).not.toContain("startNew");
    expect(await bench.storage.keys()).not.toEqual([]);
  });

  it("tells of a keyring that does not let go of the keys", async () => {
    const bench = new DeleteBench();
    bench.storage.trouble = new Error("locked");
    expect(await deleteAllData(bench, confirmed)).toMatchObject({
      ok: false,
      failure: { kind: "keyStoreUnavailable" },
    });
  });
});
