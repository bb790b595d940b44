import type { Disposable } from "vscode";
import type { Chat } from "../../core/chat/chat";
import { isUnderWay } from "../../core/chat/conversation";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { editsSoFar } from "../../core/edits/growingEdits";
import { proposeEdits } from "./proposal";
import type { ReviewDesk } from "./review";

/** Often enough to read along; each time the edits so far are worked out again. */
const everyMs = 100;

export interface FollowParts {
  readonly chat: Chat;
  readonly review: Pick<ReviewDesk, "preview" | "endPreview">;
  /** The files that the answer may change. */
  readonly offered: (answer: AnswerTurn) => readonly CodeExcerpt[];
  /** Whether the user asked for an edit: a mere chat opens no editor. */
  readonly isEdit: (answer: AnswerTurn) => boolean;
  readonly onError: (error: unknown) => void;
}

/** Shows the edit that an answer brings while the model writes it, hunk by hunk. */
export function followEdits(parts: FollowParts): Disposable {
  const { chat, review } = parts;
  let timer: NodeJS.Timeout | undefined;
  /** The next view is worked out when this one is there: an older one must not replace it. */
  let isShowing = false;
  let shown = 0;
  /** The answer whose edit is shown so far. */
  let following: string | undefined;

  function answerOf(id: string): AnswerTurn | undefined {
    const turn = chat.conversation().turns.find((candidate) => candidate.id === id);
    return turn?.role === "answer" ? turn : undefined;
  }

  async function show(id: string): Promise<void> {
    const answer = answerOf(id);
    if (answer === undefined || !isUnderWay(answer)) return;
    const offered = parts.offered(answer);
    const [only, ...others] = new Set(offered.map(({ path }) => path));
    const edits = editsSoFar(answer.text, {
      knownPaths: offered.map(({ path }) => path),
      ...(only !== undefined && others.length === 0 && { defaultPath: only }),
    });
    const hunks = edits.reduce((sum, edit) => sum + ("hunks" in edit ? edit.hunks.length : 1), 0);
    if (hunks === shown) return;
    shown = hunks;
    const files = await proposeEdits(edits, offered);
    const current = answerOf(id);
    // A failure is reported at the end, with the whole answer.
    if (!files.ok || current === undefined || !isUnderWay(current)) return;
    following = id;
    await review.preview(id, files.value);
    const since = answerOf(id);
    if (since === undefined || since.status.kind === "failed") giveUp(id);
  }

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
    shown = 0;
    following = undefined;
  }

  /** The answer can no longer be found in this conversation. */
  function giveUp(id: string): void {
    stop();
    review.endPreview(id).catch(parts.onError);
  }

  const end = chat.onChange((change) => {
    if (change.kind === "appended" && change.field === "text") {
      const answer = answerOf(change.turnId);
      if (timer !== undefined || isShowing || answer === undefined || !parts.isEdit(answer)) return;
      timer = setTimeout(() => {
        timer = undefined;
        isShowing = true;
        show(change.turnId)
          .catch(parts.onError)
          .finally(() => (isShowing = false));
      }, everyMs);
    } else if (change.kind === "turn" && change.turn.role === "answer") {
      if (isUnderWay(change.turn)) return;
      if (change.turn.status.kind === "failed") giveUp(change.turn.id);
      else stop();
    } else if (change.kind === "conversation" && following !== undefined) {
      if (answerOf(following) === undefined) giveUp(following);
    }
  });
  return {
    dispose() {
      stop();
      end();
    },
  };
}
