import type { ComposerView } from "../../src/protocol/composerMessages";
import { words } from "../host";

/** The forecast of the next request: tokens, cost and when, or why not and what would help. */
export function NextRequest({ composer }: { readonly composer: ComposerView | undefined }) {
  return (
    <div
      class={composer?.heldUp === true ? "next held-up" : "next"}
      role="status"
      aria-live="off"
      aria-label={words.nextRequest}
      title={composer?.nextDetail}
    >
      {composer?.next}
    </div>
  );
}
