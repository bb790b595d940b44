import { cpSync } from "node:fs";
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
  close(): Promise<void>;
}

export interface SessionRequest extends LaunchRequest {
  readonly groq?: GroqServerOptions;
  /** False opens an empty window. */
  readonly openFolder?: boolean;
  /** False leaves the environment without a key; the stand-in's address is in the settings instead. */
  readonly keyInEnvironment?: boolean;
}

export async function openSession(request: SessionRequest = {}): Promise<Session> {
  const { groq: options, openFolder = true, keyInEnvironment = true, ...launch } = request;
  const groq = await startGroqServer({ speed: 400, ...options });
  const folder = makeTemporaryFolder("workspace");
  cpSync(inRoot("src"), `${folder}/src`, { recursive: true });
  const editor = await launchEditor({
    ...(keyInEnvironment
      ? { env: { GROQ_API_KEY: "gsk_journey", GROQ_BASE_URL: groq.origin } }
      : { settings: { "groqCoder.baseUrl": groq.origin } }),
    ...(openFolder && { workspace: folder }),
    ...launch,
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
