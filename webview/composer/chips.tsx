import type { ChipView, ComposerView } from "../../src/protocol/composerMessages";
import { postToHost, words } from "../host";
import { filled } from "../hostLink";

/** The context of the next message: each item with its tokens and a button that removes it. */
export function Chips({
  composer,
  onAdd,
  onRemove,
}: {
  readonly composer: ComposerView;
  readonly onAdd: () => void;
  /** After a chip's button, which goes with it. */
  readonly onRemove: () => void;
}) {
  const { chips, automatic, instructions, queued } = composer;
  const unqueue = () => {
    postToHost({ type: "unqueue" });
    onRemove();
  };
  const remove = (id: string) => () => {
    postToHost({ type: "removeContext", id });
    onRemove();
  };
  return (
    <div class="chips">
      {queued !== "" && (
        <div class="chip queued">
          <span>{filled(words.queued, queued)}</span>
          <RemoveButton name={words.queuedName} onClick={unqueue} />
        </div>
      )}
      <Switch
        label={words.automatic}
        {...automatic}
        onChange={(on) => postToHost({ type: "automatic", on })}
      />
      {automatic.chip !== undefined && (
        <Chip chip={automatic.chip} onRemove={remove(automatic.chip.id)} />
      )}
      {instructions !== undefined && (
        <Switch
          label={words.instructions}
          {...instructions}
          onChange={(on) => postToHost({ type: "instructions", on })}
        />
      )}
      {chips.map((chip) => (
        <Chip key={chip.id} chip={chip} onRemove={remove(chip.id)} />
      ))}
      <button type="button" class="chip" onClick={onAdd}>
        {words.addContext}
      </button>
    </div>
  );
}

/** Switches context that is sent automatically on and off. */
function Switch({
  label,
  on,
  hint,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly hint: string;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <button
      type="button"
      class="chip automatic"
      aria-pressed={on}
      title={hint}
      onClick={() => onChange(!on)}
    >
      {label}
    </button>
  );
}

function Chip({ chip, onRemove }: { readonly chip: ChipView; readonly onRemove: () => void }) {
  const { label, tokens, warning } = chip;
  return (
    <div class={warning === "" ? "chip" : "chip warned"} title={warning === "" ? label : warning}>
      <span class="chip-label">{label}</span>
      <span class="chip-tokens">{tokens}</span>
      {warning !== "" && <span class="visually-hidden">{warning}</span>}
      <RemoveButton name={label} onClick={onRemove} />
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
