import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { TurnView } from "../src/protocol/chatMessages";
import type { HistoryView } from "../src/protocol/composerMessages";
import { hasMark, HistoryMarks } from "./historyMarks";
import { words } from "./host";
import { groupTurns, TurnGroup } from "./turnGroup";

/** Always the same object, so that a group without marks is not redrawn. */
const noMarks: HistoryView = {};

/** How near to the end, in pixels, the reader still counts as following along. */
const nearEnd = 40;

/** The conversation. It scrolls with a growing answer only while the reader is at its end. */
export function Transcript({
  turns,
  history,
  children,
}: {
  readonly turns: readonly TurnView[];
  readonly history: HistoryView;
  /** Shown before the first turn. */
  readonly children: ComponentChildren;
}) {
  const log = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(false);
  const lastTop = useRef(0);

  useEffect(() => {
    const [element, inner] = [log.current, content.current];
    if (element === null || inner === null) return;
    // The height also changes without a change of a turn: by another width, a font, a part that is opened.
    const resizes = new ResizeObserver(stayAtEnd);
    resizes.observe(element);
    resizes.observe(inner);
    return () => resizes.disconnect();
  }, []);

  const lastQuestion = turns.findLast(({ role }) => role === "user")?.id;
  useLayoutEffect(() => {
    // Whoever asks something wants to see the answer; what is shown before the first question is read from its beginning.
    follow(lastQuestion !== undefined);
  }, [lastQuestion]);

  useLayoutEffect(() => {
    // Now, and not later in the frame: a scroll position that is set after the layout costs a second frame.
    stayAtEnd();
  }, [turns]);

  function stayAtEnd(): void {
    const element = log.current;
    if (element === null || !following.current) return;
    element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
  }

  function follow(follows: boolean): void {
    following.current = follows;
    // The browser's scroll anchoring, when something above changes, looks like a reader who scrolls up.
    log.current?.style.setProperty("overflow-anchor", follows ? "none" : "auto");
  }

  const onScroll = () => {
    const element = log.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    if (scrollHeight - scrollTop - clientHeight < nearEnd) follow(true);
    // Only the reader scrolls up; the end may be far because text has come in since.
    else if (scrollTop < lastTop.current) follow(false);
    lastTop.current = scrollTop;
  };

  const groups = groupTurns(turns);
  return (
    <div
      class="transcript"
      role="log"
      aria-live="off"
      aria-label={words.transcript}
      tabIndex={0}
      ref={log}
      onScroll={onScroll}
    >
      <div ref={content}>
        {children}
        {groups.map((group, index) => (
          <TurnGroup
            key={group[0]?.id}
            turns={group}
            isLast={index === groups.length - 1}
            history={hasMark(history, group) ? history : noMarks}
          />
        ))}
        <HistoryMarks history={history} />
      </div>
    </div>
  );
}
