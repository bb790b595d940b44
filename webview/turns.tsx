import { memo } from "preact/compat";
import { useRef, useState } from "preact/hooks";
import { growBlocks } from "../src/protocol/answerBlocks";
import type { AnswerBlock } from "../src/protocol/answerBlocks";
import type { AnswerView, FailureView, ProposalView, TurnView } from "../src/protocol/chatMessages";
import { postToHost, words } from "./host";
import { IconButton } from "./iconButton";
import { UserTurn } from "./userTurn";
import { Markdown } from "./markdown/markdown";
import { showHidden } from "./text/hiddenCharacters";
import { LongText, ShowMore } from "./text/longText";

/** One turn, redrawn only when it has changed. */
export const Turn = memo(({ turn }: { readonly turn: TurnView }) =>
  turn.role === "user" ? <UserTurn turn={turn} /> : <AnswerTurn turn={turn} />,
);

function AnswerTurn({ turn }: { readonly turn: AnswerView }) {
  return (
    <article class="turn answer" aria-label={words.assistant} aria-busy={turn.underWay}>
      <h2>
        {words.assistant}
        {turn.underWay && <span class="ring" aria-hidden="true" />}
      </h2>
      {turn.notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      {turn.reasoning !== "" && <Thinking text={turn.reasoning} />}
      {turn.text !== "" && <Answer turn={turn} />}
      {turn.status !== "" && <p class="note">{turn.status}</p>}
      {turn.failure !== undefined && <Failure failure={turn.failure} turnId={turn.id} />}
      {turn.proposal !== undefined && <Proposal proposal={turn.proposal} turnId={turn.id} />}
      <Foot turn={turn} />
    </article>
  );
}

/** The reasoning, collapsed; it is drawn only when it is opened. */
function Thinking({ text }: { readonly text: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="thinking" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.thinking}</summary>
      <div>{open && <LongText text={text} />}</div>
    </details>
  );
}

/** How many blocks of an answer are drawn unless more are asked for: more than a long answer has. */
const shownBlocks = 300;

function Answer({ turn }: { readonly turn: AnswerView }) {
  const [limit, setLimit] = useState(shownBlocks);
  const drawn = useRef<{ source: string; blocks: readonly AnswerBlock[] }>({
    source: "",
    blocks: [],
  });
  const blocks = growBlocks(drawn.current, turn.text);
  drawn.current = { source: turn.text, blocks };
  return (
    <>
      <Markdown blocks={blocks.slice(0, limit)} turnId={turn.id} whole={!turn.underWay} />
      {blocks.length > limit && (
        <ShowMore
          label={words.showMoreParts}
          left={blocks.length - limit}
          onClick={() => setLimit(limit + shownBlocks)}
        />
      )}
    </>
  );
}

function Foot({ turn }: { readonly turn: AnswerView }) {
  if (turn.underWay) return null;
  const turnId = turn.id;
  const retriedAbove = turn.failure?.actions.some(({ id }) => id === "retry") ?? false;
  const act = (type: "retry" | "retryWith" | "continue") => () => postToHost({ type, turnId });
  return (
    <div class="foot">
      <span class="receipt">{turn.receipt}</span>
      {turn.canContinue === true && (
        <vscode-button appearance="secondary" onClick={act("continue")}>
          {words.continueAnswer}
        </vscode-button>
      )}
      {!retriedAbove && <IconButton icon="refresh" label={words.retry} onClick={act("retry")} />}
      <IconButton icon="versions" label={words.retryWith} onClick={act("retryWith")} />
    </div>
  );
}

/** What went wrong and the ways out, for a turn or, without one, for the chat's setup. */
export function Failure({
  failure,
  turnId,
}: {
  readonly failure: FailureView;
  readonly turnId?: string;
}) {
  return (
    <div class="failure">
      <strong>{showHidden(failure.title)}</strong>
      {failure.detail !== "" && (
        <div class="detail">
          <LongText text={failure.detail} />
        </div>
      )}
      <div class="actions">
        {failure.actions.map(({ id, label }) => (
          <vscode-button
            key={id}
            appearance="secondary"
            onClick={() =>
              postToHost({ type: "action", actionId: id, ...(turnId !== undefined && { turnId }) })
            }
          >
            {label}
          </vscode-button>
        ))}
      </div>
    </div>
  );
}

function Proposal({
  proposal,
  turnId,
}: {
  readonly proposal: ProposalView;
  readonly turnId: string;
}) {
  const button = (type: "review" | "accept" | "reject", primary: boolean) => (
    <vscode-button
      appearance={primary ? "primary" : "secondary"}
      onClick={() => postToHost({ type, turnId })}
    >
      {words[type]}
    </vscode-button>
  );
  return (
    <section class="proposal" aria-label={words.proposal}>
      <div>{proposal.summary}</div>
      {proposal.state === "open" && <div class="actions">{button("review", true)}</div>}
      {proposal.state === "reviewing" && (
        <div class="actions">
          {button("accept", true)}
          {button("reject", false)}
          {button("review", false)}
        </div>
      )}
    </section>
  );
}
