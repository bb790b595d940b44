import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { TurnView } from "../src/protocol/chatMessages";
import { words } from "./host";
import { Turn } from "./turns";

/** How near to its end, in pixels, the reader still counts as following along. */
const nearEnd = 40;

/** The conversation. It scrolls with a growing answer only while the reader is at its end. */
export function Transcript({
  turns,
  children,
}: {
  readonly turns: readonly TurnView[];
  /** Shown before the first turn. */
  readonly children: ComponentChildren;
}) {
  const log = useRef<HTMLDivElement>(null);
  const following = useRef(true);

  useLayoutEffect(() => {
    const element = log.current;
    if (element !== null && following.current) element.scrollTop = element.scrollHeight;
  }, [turns]);

  const onScroll = () => {
    const element = log.current;
    if (element === null) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    following.current = below < nearEnd;
  };

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
      {children}
      {turns.map((turn) => (
        <Turn key={turn.id} turn={turn} />
      ))}
    </div>
  );
}
