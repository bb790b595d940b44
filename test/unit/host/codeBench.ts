import { afterEach, beforeEach, expect } from "vitest";
import { EventEmitter } from "vscode";
import type { AnswerTurn } from "../../../src/core/chat/conversation";
import type { CodeExcerpt } from "../../../src/core/context/codeExcerpt";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import type { DispatchTask } from "../../../src/core/dispatch/task";
import type { Edit } from "../../../src/core/edits/edit";
import { parseEdits } from "../../../src/core/edits/parseEdits";
import type { CodeCommandParts } from "../../../src/host/commands/codeQuestion";
import type { CommandResult } from "../../../src/host/commands/commandResult";
import { createGit } from "../../../src/host/context/git";
import { readInstructions } from "../../../src/host/context/instructionsSource";
import type { Review } from "../../../src/host/editor/review";
import { createSettings } from "../../../src/host/settings";
import { fakeProject } from "../../fakes/fakeProject";
import { chatBench } from "../chat/chatBench";
import type { ChatBench } from "../chat/chatBench";

/** The review as far as the commands use it: it reads the edit, and shows nothing. */
class ReadingReview {
  readonly onDidChange = new EventEmitter<string>().event;
  edits: readonly Edit[] = [];
  offered: readonly string[] = [];

  changes() {
    return [];
  }

  open(answer: AnswerTurn, offered: readonly CodeExcerpt[]) {
    this.offered = offered.map(({ path }) => path);
    const { edits, problems } = parseEdits(answer.text, { knownPaths: this.offered });
    this.edits = edits;
    return Promise.resolve(problems.length === 0 ? succeed(undefined) : fail({ kind: "noEdit" }));
  }
}

export interface CodeBench extends ChatBench {
  readonly parts: CodeCommandParts;
  readonly review: ReadingReview;
  /** With the custom instructions. */
  readonly user: { wishes: string };
  /** Runs a command, answers its request with the text, and gives what was sent. */
  run(
    command: (parts: CodeCommandParts) => Promise<CommandResult>,
    answer?: string,
  ): Promise<{
    readonly result: CommandResult;
    readonly task: DispatchTask;
    readonly sent: string;
  }>;
}

/** The commands on code, over the open fake project. */
export function codeBench(): CodeBench {
  const bench = Object.assign(chatBench(), { user: { wishes: "" } });
  const review = new ReadingReview();
  const parts: CodeCommandParts = {
    chat: bench.chat,
    review: review as unknown as Review,
    places: { show: () => Promise.resolve(), openTab: () => undefined, dispose: () => undefined },
    settings: createSettings(() => undefined),
    git: createGit(),
    board: { instructionsFor: () => readInstructions(bench.user.wishes, undefined) },
  };
  return {
    ...bench,
    parts,
    review,
    async run(command, answer = "Nothing to say.") {
      const before = bench.dispatcher.runs.length;
      const running = command(parts);
      await expect.poll(() => bench.dispatcher.runs.length).toBeGreaterThan(before);
      const asked = bench.dispatcher.last();
      asked.emit({ kind: "text", text: answer });
      asked.complete();
      const result = await running;
      const sent = asked.task.messages.at(-1)?.content ?? "";
      return { result, task: asked.task, sent };
    },
  };
}

/** The bench of each test, over an open fake project. */
export function useCodeBench(): () => CodeBench {
  let bench: CodeBench;
  beforeEach(() => {
    fakeProject.open();
    bench = codeBench();
  });
  afterEach(() => fakeProject.close());
  return () => bench;
}
