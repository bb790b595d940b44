import { commands } from "vscode";
import type { Disposable } from "vscode";
import type { Chat } from "../core/chat/chat";
import type { Review } from "./editor/review";
import type { Secrets } from "./secrets";
import { section } from "./settings";

/** The steps that the walkthrough ticks off: context keys named in the manifest's completion events. */
type FirstStep = "hasKey" | "hasAnswer" | "hasEdit";

/** Tells the walkthrough whether there is a key that can be used. */
export async function tickOffKey(secrets: Pick<Secrets, "credentials">): Promise<void> {
  await tell("hasKey", (await secrets.credentials()).ok);
}

/** Tells it of the first complete answer, and of the first accepted edit. */
export function tickOffSteps({
  chat,
  review,
}: {
  readonly chat: Pick<Chat, "onChange">;
  readonly review: Pick<Review, "onDidChange" | "stateOf">;
}): Disposable {
  const told = new Set<FirstStep>();
  const tellOnce = (step: FirstStep) => {
    if (told.has(step)) return;
    told.add(step);
    void tell(step, true);
  };
  const stopFollowing = chat.onChange((change) => {
    if (change.kind !== "turn" || change.turn.role !== "answer") return;
    if (change.turn.status.kind === "complete") tellOnce("hasAnswer");
  });
  const reviewing = review.onDidChange((answerId) => {
    if (review.stateOf(answerId)?.kind === "accepted") tellOnce("hasEdit");
  });
  return {
    dispose() {
      stopFollowing();
      reviewing.dispose();
    },
  };
}

async function tell(step: FirstStep, isDone: boolean): Promise<void> {
  await commands.executeCommand("setContext", `${section}.${step}`, isDone);
}
