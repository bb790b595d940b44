import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readLastLetters, setOwnWindow, writeLastLetters } from "../../../webview/lastLetters";

/** The browser's storage of one tab, as far as it is used. */
class TabStorage {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

let storage: TabStorage;
beforeEach(() => {
  storage = new TabStorage();
  vi.stubGlobal("sessionStorage", storage);
  setOwnWindow("here");
});
afterEach(() => vi.unstubAllGlobals());

it("come back as they were typed, with the window that they were typed into", () => {
  expect(readLastLetters()).toBeUndefined();
  writeLastLetters("half a thou");
  writeLastLetters("half a thought");
  expect(readLastLetters()).toEqual({ window: "here", text: "half a thought" });
});

it("leave nothing behind once the box is empty", () => {
  writeLastLetters("private");
  writeLastLetters("");
  expect(storage.kept.size).toBe(0);
});

it.each(["{", "7", "null", '{"text":"a"}', '{"window":1,"text":"a"}'])(
  "%s of another program is none",
  (value) => {
    storage.kept.set("groqCoder.lastLetters", value);
    expect(readLastLetters()).toBeUndefined();
  },
);

it("do without a storage that the browser denies", () => {
  const denied = () => {
    throw new Error("SecurityError");
  };
  vi.stubGlobal("sessionStorage", { getItem: denied, setItem: denied, removeItem: denied });
  expect(() => writeLastLetters("a")).not.toThrow();
  expect(() => writeLastLetters("")).not.toThrow();
  expect(readLastLetters()).toBeUndefined();
});
