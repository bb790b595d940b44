import path from "node:path";
import { taskKinds } from "../../../src/core/dispatch/ledger";
import { addDays } from "../../../src/core/report/calendar";
import { openStore } from "../../fakes/openedStore";
import { reservation, settlement } from "../../unit/store/storeSamples";

/** Where the extension of an editor with this data folder keeps its store. */
export function storeFileIn(dataFolder: string): string {
  return path.join(
    dataFolder,
    "user",
    "User",
    "globalStorage",
    "groq-coder.groq-coder",
    "groqCoder.db",
  );
}

const workspaces = ["groq-coder", "billing-service", "website"];
const models = ["openai/gpt-oss-120b", "openai/gpt-oss-20b"];

/** Two months of work up to yesterday, weekends quieter, with waits, refusals and a model without a known price. */
export function fillLedger(file: string, today: string): void {
  const store = openStore(file);
  for (let back = 60; back > 0; back--) {
    const day = addDays(today, -back);
    const calls = back % 7 < 2 ? 2 : 6 + (back % 5);
    for (let call = 0; call < calls; call++) {
      const id = `${day} ${call}`;
      const [model = "", provider] =
        back % 9 === 0 && call === 0 ? ["someone/new"] : [models[call % 3 === 2 ? 1 : 0], "groq"];
      const about = {
        day,
        hour: 8 + (call % 10),
        model,
        provider: provider === undefined ? ("fallback" as const) : ("groq" as const),
        task: taskKinds[(call + back) % taskKinds.length] ?? "chat",
        workspace: workspaces[(call + back) % 3] ?? "",
        conversationId: `c ${back}`,
        cost: provider === undefined ? undefined : 9_000_000_000n,
      };
      store.reserve(reservation(id, about), {});
      const promptTokens = 2000 + 150 * ((call * 7 + back) % 11);
      store.settle(
        id,
        settlement({
          cost:
            provider === undefined
              ? undefined
              : BigInt(promptTokens) * 150_000n + BigInt(400 + call * 30) * 600_000n,
          estimated: call === 5 && back % 10 === 0,
          usage: {
            promptTokens,
            cachedTokens: call % 2 === 0 ? 1024 : 0,
            completionTokens: 400 + call * 30,
            reasoningTokens: 120,
          },
          timeToFirstTokenMs: 180 + 37 * ((call + back) % 9),
          durationMs: 1100 + 60 * ((call * 3 + back) % 13),
        }),
      );
    }
    const at = { at: 1, day, hour: 10, model: models[0] ?? "", provider: "groq" } as const;
    if (back % 4 === 0) store.noteHoldUp({ ...at, kind: "wait", reason: "tpm", waitedMs: 14_000 });
    if (back % 11 === 0)
      store.noteHoldUp({ ...at, kind: "refusal", reason: "tooLarge", waitedMs: 0 });
  }
  store.close();
}
