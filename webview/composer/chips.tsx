import type { ChipView, ComposerView } from "../../src/protocol/composerMessages";
import { filled, postToHost, words } from "../host";

/** What goes along with the next message, each with its tokens and a button that takes it away. */
export function Chips({ composer }: { readonly composer: ComposerView }) {
  const { chips, automatic, queued } = composer;
  return (
    <div class="chips">
      {queued !== "" && (
        <div class="chip queued">
          <span>{filled(words.queued, queued)}</span>
          <RemoveButton name={words.queuedName} onClick={() => postToHost({ type: "unqueue" })} />
        </div>
      )}
      <button
        type="button"
        class="chip automatic"
        aria-pressed={automatic.on}
        title={automatic.hint}
        onClick={() => postToHost({ type: "automatic", on: !automatic.on })}
      >
        {words.automatic}
      </button>
      {automatic.chip !== undefined && <Chip chip={automatic.chip} />}
      {chips.map((chip) => (
        <Chip key={chip.id} chip={chip} />
      ))}
    </div>
  );
}

function Chip({ chip }: { readonly chip: ChipView }) {
  const { id, label, tokens, warning } = chip;
  return (
    <div class={warning === "" ? "chip" : "chip warned"} title={warning === "" ? label : warning}>
      <span class="chip-label">{label}</span>
      <span class="chip-tokens">{tokens}</span>
      {warning !== "" && <span class="visually-hidden">{warning}</span>}
      <RemoveButton name={label} onClick={() => postToHost({ type: "removeContext", id })} />
    </div>
  );
}

function RemoveButton({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  const label = filled(words.remove, name);
  return (
    <button type="button" class="chip-remove" aria-label={label} title={label} onClick={onClick}>
      ×
    </button>
  );
}
