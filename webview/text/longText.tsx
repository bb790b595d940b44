import { useState } from "preact/hooks";
import { words } from "../host";
import { showHidden } from "./hiddenCharacters";

/** So much of a text is drawn at once: more without a break would hold the page up. */
const step = 20_000;

/** Text as it was written, of any length: what is beyond a limit is shown piece by piece, when asked for. */
export function LongText({ text }: { readonly text: string }) {
  const [limit, setLimit] = useState(step);
  if (text.length <= limit) return <>{showHidden(text)}</>;
  return (
    <>
      {showHidden(text.slice(0, limit))}
      <ShowMore
        label={words.showMoreText}
        left={text.length - limit}
        onClick={() => setLimit(limit + step)}
      />
    </>
  );
}

/** Asks for the rest of something long; `{0}` in the label is how much there is left. */
export function ShowMore({
  label,
  left,
  onClick,
}: {
  readonly label: string;
  readonly left: number;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" class="more" onClick={onClick}>
      {label.replace("{0}", left.toLocaleString(document.documentElement.lang))}
    </button>
  );
}
