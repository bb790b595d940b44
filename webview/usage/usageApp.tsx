import { useEffect, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { decodeUsageHostMessage } from "../../src/protocol/usageMessages";
import type { UsageTab } from "../../src/protocol/usageChoices";
import { keepState, listenToHost, postToHost, words } from "./host";
import { Projection } from "./projection";
import type { TypedProjection } from "./projection";
import { Report } from "./report/report";
import { Tabs } from "./tabs";
import { initialState, reduce } from "./usageState";

export function UsageApp() {
  const [state, dispatch] = useReducer(reduce, initialState);
  const typed = useRef<TypedProjection>({});
  const { tab, report, projectionForm, projection, failure } = state;

  // Immediately, not after the first paint: the editor delivers posted messages as soon as the page is loaded.
  useLayoutEffect(() => {
    let isDrawn = false;
    listenToHost(decodeUsageHostMessage, (message) => {
      isDrawn ||= message.type === "report" || message.type === "failed";
      dispatch(message);
    });
    const tell = () => setTimeout(() => postToHost({ type: "ready", isDrawn }));
    window.addEventListener("load", tell, { once: true });
  }, []);

  useEffect(
    () => keepState({ tab, ...(report !== undefined && { period: report.period }) }),
    [tab, report?.period],
  );

  function choose(chosen: UsageTab): void {
    dispatch({ type: "showTab", tab: chosen });
    postToHost({ type: "showTab", tab: chosen });
  }

  return (
    <>
      <main>
        <h1 class="visually-hidden">{words.usage}</h1>
        <Tabs chosen={tab} onChoose={choose} />
        {failure !== undefined && (
          <div class="failure" role="alert">
            <h2>{failure.title}</h2>
            <p>{failure.detail}</p>
          </div>
        )}
        <div id={`panel-${tab}`} role="tabpanel" aria-labelledby={`tab-${tab}`}>
          {tab === "report" ? (
            <Report report={report} />
          ) : (
            <Projection form={projectionForm} result={projection} typed={typed.current} />
          )}
        </div>
      </main>
      <div class="announcer" aria-live="polite">
        {state.announcement}
      </div>
    </>
  );
}
