import type { SetupView } from "../src/protocol/chatMessages";
import { words } from "./host";
import { Failure } from "./turns";

/**
 * What keeps the chat from working, and the ways out. `whole`: with everything that a newcomer should know, which would
 * push an existing conversation out of sight.
 */
export function Setup({ setup, whole }: { readonly setup: SetupView; readonly whole: boolean }) {
  const { points } = setup;
  if (!whole || points === undefined) return <Failure failure={setup} />;
  return (
    <div class="empty">
      <h2>{words.welcome}</h2>
      <Failure failure={setup} />
      <dl>
        {points.map(({ title, text }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
