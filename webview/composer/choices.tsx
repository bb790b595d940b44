import type { ComposerView } from "../../src/protocol/composerMessages";
import { postToHost, words } from "../host";

/** Model, reasoning effort and answer length, as native boxes. */
export function Choices({ composer }: { readonly composer: ComposerView }) {
  const { model, models, effort, efforts, length, lengths } = composer;
  return (
    <div class="choices">
      <Choice what="model" label={words.model} value={model} choices={models} />
      {efforts.length > 0 && (
        <Choice what="effort" label={words.effort} value={effort} choices={efforts} />
      )}
      <Choice what="length" label={words.answerLength} value={length} choices={lengths} />
    </div>
  );
}

function Choice({
  what,
  label,
  value,
  choices,
}: {
  readonly what: "model" | "effort" | "length";
  readonly label: string;
  readonly value: string;
  readonly choices: ComposerView["models"];
}) {
  return (
    <select
      class={`choice choice-${what}`}
      aria-label={label}
      title={label}
      value={value}
      onChange={({ currentTarget }) =>
        postToHost({ type: "choose", what, value: currentTarget.value })
      }
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
