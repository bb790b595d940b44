import { Fragment } from "preact";
import { memo } from "preact/compat";
import { useEffect, useRef, useState } from "preact/hooks";
import type { TurnView } from "../src/protocol/chatMessages";
import type { HistoryView } from "../src/protocol/composerMessages";
import { HistoryMarks } from "./historyMarks";
import { watchNear } from "./nearView";
import { Turn } from "./turns";

/** How many turns are drawn, or not drawn, together: a question and its answer. */
const turnsInGroup = 2;
/** The assumed height of a turn that was never drawn, in pixels, until it comes near and is drawn. */
const likelyHeight = 240;

/** The turns in groups of `turnsInGroup`. */
export function groupTurns(turns: readonly TurnView[]): readonly (readonly TurnView[])[] {
  const groups: TurnView[][] = [];
  for (let at = 0; at < turns.length; at += turnsInGroup)
    groups.push(turns.slice(at, at + turnsInGroup));
  return groups;
}

/**
 * A few turns. Far from what is in sight they are only a space of the same height, so that a conversation of any
 * length costs only what is seen of it; a mark is drawn in any case, so that it can be found.
 */
export const TurnGroup = memo(
  ({
    turns,
    isLast,
    history,
  }: {
    readonly turns: readonly TurnView[];
    readonly isLast: boolean;
    readonly history: HistoryView;
  }) => {
    const box = useRef<HTMLDivElement>(null);
    const height = useRef(turns.length * likelyHeight);
    const [near, setNear] = useState(isLast);
    const drawn = near || isLast;
    const isDrawn = useRef(drawn);
    isDrawn.current = drawn;

    useEffect(() => {
      const element = box.current;
      const scrolled = element?.closest(".transcript");
      if (element === null || scrolled === null || scrolled === undefined) return;
      return watchNear(element, scrolled, (isNear) => {
        if (!isNear && isHeld(element)) return;
        if (!isNear && isDrawn.current) height.current = element.offsetHeight;
        setNear(isNear);
      });
    }, []);

    return (
      <div class="group" ref={box} style={drawn ? {} : { height: `${height.current}px` }}>
        {turns.map((turn) => (
          <Fragment key={turn.id}>
            <HistoryMarks history={history} before={turn.id} />
            {drawn && <Turn turn={turn} />}
          </Fragment>
        ))}
      </div>
    );
  },
  (before, after) =>
    before.isLast === after.isLast &&
    before.history === after.history &&
    before.turns.length === after.turns.length &&
    before.turns.every((turn, index) => turn === after.turns[index]),
);

/** Whether it has the keyboard focus or selected text, so that it must not disappear. */
function isHeld(element: Element): boolean {
  const selection = document.getSelection();
  return (
    element.contains(document.activeElement) ||
    (selection !== null && !selection.isCollapsed && selection.containsNode(element, true))
  );
}
