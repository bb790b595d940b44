import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { makeTemporaryFolder, removeFolder } from "../../../scripts/system/cleanup.mjs";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import type { GroqServerOptions } from "../../groqServer/groqServerOptions";
import { launchEditor } from "../harness/launchEditor";
import type { Editor, LaunchRequest } from "../harness/launchEditor";

/** An editor with our extension on a folder of real source, and the stand-in that it talks to. */
export interface Session {
  readonly editor: Editor;
  readonly groq: GroqServer;
  /** The workspace: a copy of this project's own `src`, for tests to change. */
  readonly folder: string;
  /** Does nothing to what is already closed. */
  close(): Promise<void>;
}

/** What moves or is drawn beside the code costs a small machine a tenth of its time, and no journey looks at it. */
const quiet = {
  "breadcrumbs.enabled": false,
  "editor.cursorBlinking": "solid",
  "editor.guides.indentation": false,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.stickyScroll.enabled": false,
  "workbench.reduceMotion": "on",
};

export interface SessionRequest extends LaunchRequest {
  readonly groq?: GroqServerOptions;
  /** Files of the workspace, by their paths: the editor's search finds what is there when it opens. */
  readonly files?: Readonly<Record<string, string>>;
  /** False opens an empty window. */
  readonly openFolder?: boolean;
  /** False leaves the environment without a key; the stand-in's address is in the settings instead. */
  readonly keyInEnvironment?: boolean;
}

/**
 * Lets each test of the suite open its own sessions, which end with it. A failed test keeps a picture of the windows as
 * `failed-NAME.png`.
 */
export function sessionsPerTest(): (request?: SessionRequest) => Promise<Session> {
  const opened: Session[] = [];
  afterEach(async ({ task }) => {
    const ending = opened.splice(0);
    if (task.result?.state === "fail") await pictureFailure(ending, task.name);
    for (const session of ending) await session.close();
  });
  return async (request) => {
    const session = await openSession(request);
    opened.push(session);
    return session;
  };
}

/** One session for all tests of the suite, in their order; also pictured when one fails. */
export function sessionForAll(request: () => SessionRequest | Promise<SessionRequest>) {
  let session: Session | undefined;
  const current = (): Session => {
    if (session === undefined) throw new Error("There is no session before the tests.");
    return session;
  };
  beforeAll(async () => {
    session = await openSession(await request());
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await pictureFailure([current()], task.name);
  });
  afterAll(() => session?.close());
  return current;
}

/** The caller must close it; `sessionsPerTest` and `sessionForAll` do that themselves. */
export async function openSession(request: SessionRequest = {}): Promise<Session> {
  const {
    groq: options,
    files = {},
    openFolder = true,
    keyInEnvironment = true,
    ...launch
  } = request;
  const groq = await startGroqServer({ speed: 400, ...options });
  const folder = makeTemporaryFolder("workspace");
  cpSync(inRoot("src"), `${folder}/src`, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const editor = await launchEditor({
    ...(keyInEnvironment && { env: { GROQ_API_KEY: "gsk_journey", GROQ_BASE_URL: groq.origin } }),
    ...(openFolder && { workspace: folder }),
    bare: true,
    ...launch,
    settings: {
      ...quiet,
      ...(!keyInEnvironment && { "groqCoder.baseUrl": groq.origin }),
      ...launch.settings,
    },
  });
  return {
    editor,
    groq,
    folder,
    async close() {
      await editor.close();
      await groq.close();
      await removeFolder(folder);
    },
  };
}

async function pictureFailure(sessions: readonly Session[], test: string): Promise<void> {
  const name = `failed-${test.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
  let pictures = 0;
  for (const { editor } of sessions)
    for (const window of editor.windows())
      await window.screenshot(pictures++ === 0 ? name : `${name}-${pictures}`);
}
