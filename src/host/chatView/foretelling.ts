import type { Disposable } from "vscode";
import type { Chat, Question, SummaryForecast } from "../../core/chat/chat";
import { expectedOutput } from "../../core/chat/expectedOutput";
import type { Clock } from "../../core/dispatch/clock";
import type { Result } from "../../core/dispatch/failure";
import type { ComposerView } from "../../protocol/composerMessages";
import type { ContextBoard } from "../context/contextBoard";
import type { Settings } from "../settings";
import type { ComposerSettings } from "./composerSettings";
import { createCountdown } from "./countdown";
import { leftOutWords, viewHistory } from "./historyView";
import { nextRequestWords, nothingNext } from "./nextRequestWords";
import type { NextRequest } from "./nextRequestWords";
import { readSlashCommand } from "./slashCommands";

/** Forecasts the message in the box as a request, and which part of the conversation would be sent with it. */
export interface Foretelling extends Disposable {
  view(): Pick<ComposerView, "next" | "nextDetail" | "heldUp" | "history">;
  /** Forecasts again. */
  look(): Promise<void>;
  /** Forecasts once nothing has been typed for a moment. */
  lookSoon(): void;
}

export interface ForetellingParts {
  readonly chat: Chat;
  readonly board: ContextBoard;
  readonly settings: () => Settings;
  readonly choices: ComposerSettings;
  readonly clock: Pick<Clock, "now">;
  readonly draft: () => string;
  /** Called when what is shown has changed. */
  readonly draw: () => void;
  readonly run: (work: Promise<unknown>) => void;
}

/** While a request would have to wait, its countdown is updated this often. */
const countdownMs = 1000;
/** How long after the last keystroke the next request is forecast. */
const typingPauseMs = 150;

export function createForetelling(parts: ForetellingParts): Foretelling {
  const { chat, board, choices, draft, draw, run } = parts;
  const progress = createCountdown();
  let next: NextRequest = nothingNext;
  let ofSummary: Result<SummaryForecast> | undefined;
  let share: ReturnType<Chat["history"]> | undefined;
  let looks = 0;
  let timer: NodeJS.Timeout | undefined;

  const question = (): Question => ({ task: "chat", text: draft(), attachments: board.items() });
  const shareNow = () => chat.history(question(), { length: choices.length() });

  /** Of overlapping looks only the last one is shown. */
  async function look(): Promise<void> {
    clearTimeout(timer);
    const turn = ++looks;
    const sharing = shareNow();
    // At the end of an answer the mark moves along with it, and not when the price of a summary is known.
    const isCutElsewhere = firstSentOf(sharing) !== firstSentOf(share);
    share = sharing;
    if (isCutElsewhere) draw();
    const foretold = await foretell(leftOutWords(sharing));
    const summary = sharing.history.leftOut.length > 0 ? await chat.forecastSummary() : undefined;
    if (turn !== looks) return;
    next = foretold;
    ofSummary = summary;
    draw();
    if (next.heldUp) timer = setTimeout(() => run(look()), countdownMs);
  }

  async function foretell(also: string): Promise<NextRequest> {
    const asked = question();
    if (asked.text.trim() === "" || readSlashCommand(asked.text) !== undefined) return nothingNext;
    const foretold = await chat.forecast(asked, { length: choices.length() });
    const { model } = parts.settings();
    const expected = expectedOutput(asked.task, chat.conversation().turns);
    return nextRequestWords(foretold, { model, expectedOutput: expected, also });
  }

  const stopFollowing = chat.onChange(({ kind }) => {
    if (kind === "conversation") {
      ofSummary = undefined;
      run(look());
    }
    if (kind !== "summarising") return;
    progress.follow(chat.summarising(), draw);
    draw();
  });

  return {
    view: () => ({
      ...next,
      history:
        share === undefined
          ? {}
          : viewHistory(share, {
              foretold: ofSummary,
              summarising: chat.summarising(),
              nowMs: parts.clock.now(),
            }),
    }),
    look,
    lookSoon() {
      clearTimeout(timer);
      timer = setTimeout(() => run(look()), typingPauseMs);
    },
    dispose() {
      clearTimeout(timer);
      progress.dispose();
      stopFollowing();
    },
  };
}

/** The oldest turn that is sent; undefined while nothing was forecast, or nothing earlier is sent. */
function firstSentOf(share: ReturnType<Chat["history"]> | undefined): string | undefined {
  return share?.history.kept[0]?.id;
}
