import { afterEach, beforeEach } from "vitest";
import type { SessionOptions } from "../../../src/store/storeSession";
import { openStore } from "../../fakes/openedStore";
import type { OpenedStore } from "../../fakes/openedStore";
import { TemporaryFolder } from "../../fakes/temporaryFolder";

/** The windows of one machine: each test has a store file of its own, in a folder of its own. */
export interface Windows {
  readonly path: string;
  readonly folder: TemporaryFolder;
  /** `name` is the file's, for a test that has filled one before. */
  open(options?: SessionOptions, name?: string): OpenedStore;
}

/** To be called where hooks are; what a test opens is closed after it. */
export function useWindows(): Windows {
  const opened: OpenedStore[] = [];
  let folder: TemporaryFolder | undefined;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    folder?.[Symbol.dispose]();
  });
  const ours = () => {
    if (folder === undefined) throw new Error("only within a test");
    return folder;
  };
  return {
    get path() {
      return ours().file("groqCoder.db");
    },
    get folder() {
      return ours();
    },
    open(options, name = "groqCoder.db") {
      const store = openStore(ours().file(name), options);
      opened.push(store);
      return store;
    },
  };
}
