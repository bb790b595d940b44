import { memo } from "preact/compat";
import { useEffect, useReducer } from "preact/hooks";
import type { HistoryView } from "../src/protocol/composerMessages";
import { initialState, reduce } from "./chatState";
import { Composer } from "./composer/composer";
import { listenToHost, postToHost, words } from "./host";
import { readLastLetters } from "./lastLetters";
import { addKnownFiles } from "./markdown/knownFiles";
import { Transcript } from "./transcript";
import { Setup } from "./setup";

/** Not redrawn for each piece of an answer that arrives. */
const QuietComposer = memo(Composer);

/** Until the first message of the host. */
const noHistory: HistoryView = {};

function sayReady(): void {
  const lastLetters = readLastLetters();
  postToHost({ type: "ready", ...(lastLetters && { lastLetters }) });
}

export function App() {
  const [state, dispatch] = useReducer(reduce, initialState);
  const { turns, status } = state;
  const isNewcomer = turns.length === 0 && status?.setup?.points !== undefined;

  useEffect(() => {
    void listenToHost((message) => {
      if (message.type === "foundFiles") addKnownFiles(message.references);
      else dispatch(message);
    }).then(sayReady);
  }, []);

  useEffect(() => {
    if (state.behind) sayReady();
  }, [state.behind]);

  return (
    <>
      <Transcript turns={turns} history={state.composer?.history ?? noHistory}>
        {turns.length === 0 && !isNewcomer && (
          <div class="empty">
            <h2>{words.emptyTitle}</h2>
            <p>{words.emptyHint}</p>
          </div>
        )}
        {status?.setup !== undefined && <Setup setup={status.setup} whole={isNewcomer} />}
        {status !== undefined && status.disclosure !== "" && turns.length <= 2 && !isNewcomer && (
          <p class="note disclosure">{status.disclosure}</p>
        )}
      </Transcript>
      <footer>
        <QuietComposer
          busy={status?.busy ?? false}
          composer={state.composer}
          mentions={state.mentions}
          draftRequest={state.draftRequest}
          keptDraft={state.keptDraft}
          takenDraft={state.takenDraft}
          focusRequests={state.focusRequests}
        />
        <div class="line">
          <span role="status" aria-live="off" aria-label={words.sessionCost}>
            {status?.sessionCost}
          </span>
        </div>
      </footer>
      <div class="announcer" aria-live="polite">
        {state.announcement}
      </div>
    </>
  );
}
