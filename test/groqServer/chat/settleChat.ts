import type { Backend } from "../backend";
import type { BillEntry } from "../billing/ledger";
import { completionPrice, toolPrice } from "../billing/prices";
import type { Delivery } from "../http/reply";
import type { AdmittedChat } from "./chatReply";
import type { Generation } from "./generation";

/** Settles limits and money of an answer as far as it was delivered. */
export function settleChat(
  backend: Backend,
  call: AdmittedChat,
  generation: Generation,
  delivery: Delivery,
): void {
  const completion = billedCompletion(backend, generation, delivery);
  if (completion === undefined) {
    call.admission.settle({ inputTokens: 0, outputTokens: 0, audioSeconds: 0 });
    return;
  }
  const { prompt, cached } = call.input;
  const { cachedTokens, unusedOutput } = backend.switches;
  const kept = unusedOutput === "kept" ? call.reservedOutput : 0;
  call.admission.settle({
    inputTokens: cachedTokens === "kept" ? prompt : prompt - cached,
    outputTokens: Math.max(kept, completion),
    audioSeconds: 0,
  });
  charge(backend, call, generation, completion);
}

/** Completion tokens to bill, or nothing when nothing is. */
function billedCompletion(
  backend: Backend,
  generation: Generation,
  delivery: Delivery,
): number | undefined {
  switch (delivery.kind) {
    case "complete":
      return generation.completionTokens;
    case "partial":
      return backend.switches.abortedStream === "wholeAnswer"
        ? generation.completionTokens
        : delivery.completionTokens;
    case "failed":
      return undefined;
  }
}

function charge(
  backend: Backend,
  call: AdmittedChat,
  generation: Generation,
  completion: number,
): void {
  const organization = call.request.organization.id;
  const entry: BillEntry = {
    at: backend.clock.now(),
    requestId: call.request.id,
    model: call.model.id,
    kind: "chat",
    promptTokens: call.input.prompt,
    cachedTokens: call.input.cached,
    completionTokens: completion,
    audioSeconds: 0,
    amount: completionPrice(call.model.price, { ...call.input, completion }),
  };
  backend.ledger.charge(organization, entry);
  for (const piece of generation.pieces) {
    if (piece.kind !== "executedTools") continue;
    for (const tool of piece.tools) {
      const nothing = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
      const fee = { ...entry, ...nothing, kind: "tool", amount: toolPrice(tool) } as const;
      backend.ledger.charge(organization, fee);
    }
  }
}
