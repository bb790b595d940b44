import type { Clock } from "../dispatch/clock";
import type { Dispatcher } from "../dispatch/dispatcher";
import { advance, startedAnswer } from "./answer";
import { withEarlierCost } from "./continueAnswer";
import { isUnderWay } from "./conversation";
import type { AnswerTurn, UserTurn } from "./conversation";
import type { AnswerPlan } from "./planAnswer";
import type { Thread } from "./thread";

export interface RunPorts {
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Text is saved this many milliseconds after it came, even if nothing follows: a crash loses a second at most. */
const saveWithinMs = 1000;

/** Dispatches a planned answer and updates its turn in the thread as events arrive; returns the finished turn. */
export async function runAnswer(
  ports: RunPorts,
  thread: Thread,
  question: UserTurn,
  { task, history, linesLeftOut, continues }: AnswerPlan,
  signal: AbortSignal,
): Promise<AnswerTurn> {
  const { clock, dispatcher } = ports;
  const started = startedAnswer({
    id: ports.newId(),
    questionId: question.id,
    task: question.task,
    model: task.model.id,
    turnsLeftOut: history.leftOut.length,
    linesLeftOut,
  });
  let turn: AnswerTurn =
    continues === undefined ? started : { ...continues, status: started.status };
  thread.put(turn);
  let isSaved = true;

  async function saveSoon(): Promise<void> {
    if (!isSaved) return;
    isSaved = false;
    await clock.sleep(saveWithinMs, signal);
    keep();
  }

  /** Saves everything that has arrived since the last time at once. */
  function keep(): void {
    if (isSaved) return;
    isSaved = true;
    thread.keep(turn);
  }

  try {
    for await (const event of dispatcher.dispatch(task, signal)) {
      turn = withEarlierCost(advance(turn, event), continues?.settlement);
      if (event.kind === "text" || event.kind === "reasoning") {
        thread.append(turn, event);
        void saveSoon();
        continue;
      }
      isSaved = true;
      thread.put(turn);
    }
  } finally {
    // Only a bug leads here with an answer under way; it must not be shown as under way forever.
    if (isUnderWay(turn)) {
      turn = { ...turn, status: { kind: "failed", failure: { kind: "cutOff" } } };
      isSaved = true;
      thread.put(turn);
    }
  }
  return turn;
}
