import { expect, it } from "vitest";
import { createLazyPart } from "../../../src/compose/lazyPart";
import type { Failure } from "../../../src/core/dispatch/failure";

it("is loaded once, however often it is asked for, and told to those that wait for it", async () => {
  let imports = 0;
  const heard: string[] = [];
  const part = createLazyPart(
    () => Promise.resolve({ word: `import ${++imports}` }),
    ({ word }) => `made of ${word}`,
    () => undefined,
  );
  part.onLoad((made) => heard.push(made));
  expect(part.loaded()).toBeUndefined();
  const loaded = await Promise.all([part.load(), part.load()]);
  const made = { ok: true, value: "made of import 1" };
  expect(loaded).toEqual([made, made]);
  expect(part.loaded()).toBe("made of import 1");
  expect(heard).toEqual(["made of import 1"]);
});

it("whose module is gone is a failure, which is told once", async () => {
  const told: Failure[] = [];
  const part = createLazyPart(
    () => Promise.reject(new Error("no such file")),
    () => "made",
    (failure) => told.push(failure),
  );
  const failed = { ok: false, failure: { kind: "extensionChanged" } };
  expect(await part.load()).toEqual(failed);
  expect(await part.load()).toEqual(failed);
  expect(part.loaded()).toBeUndefined();
  expect(told).toEqual([{ kind: "extensionChanged" }]);
});
