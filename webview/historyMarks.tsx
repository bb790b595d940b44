import type { HistoryView } from "../src/protocol/composerMessages";
import { postToHost, words } from "./host";
import { LongText } from "./text/longText";

/** The marks above a turn or, without a turn, below all: they show which part of the conversation is sent. */
export function HistoryMarks({
  history,
  before,
}: {
  readonly history: HistoryView;
  readonly before?: string;
}) {
  const { summary, cut } = history;
  return (
    <>
      {summary !== undefined && summary.before === before && <SummaryMark summary={summary} />}
      {cut !== undefined && cut.before === before && <CutMark cut={cut} />}
    </>
  );
}

/** Whether there is a mark above one of the turns. */
export function hasMark(
  { summary, cut }: HistoryView,
  turns: readonly { readonly id: string }[],
): boolean {
  return turns.some(({ id }) => id === summary?.before || id === cut?.before);
}

function SummaryMark({ summary }: { readonly summary: NonNullable<HistoryView["summary"]> }) {
  const { turnId, text, receipt } = summary;
  return (
    <section class="mark" aria-label={words.summary}>
      <details>
        <summary>{words.summary}</summary>
        <div class="said">
          <LongText text={text} />
        </div>
      </details>
      <div class="foot">
        <span class="receipt">{receipt}</span>
        <vscode-button
          appearance="secondary"
          onClick={() => postToHost({ type: "removeSummary", turnId })}
        >
          {words.removeSummary}
        </vscode-button>
      </div>
    </section>
  );
}

function CutMark({ cut }: { readonly cut: NonNullable<HistoryView["cut"]> }) {
  return (
    <section class="mark" aria-label={words.notSent}>
      <p class="note">{cut.words}</p>
      {cut.progress !== "" && <p class="note">{cut.progress}</p>}
      {cut.offer !== "" && (
        <vscode-button appearance="secondary" onClick={() => postToHost({ type: "summarise" })}>
          {cut.offer}
        </vscode-button>
      )}
    </section>
  );
}
