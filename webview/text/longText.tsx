import { useState } from "preact/hooks";
import { words } from "../host";
import { filled } from "../hostLink";
import { showHidden } from "./hiddenCharacters";

/** How many characters of a text are drawn at once: more without a break would block the page. */
const step = 20_000;

/** Text as it was written, of any length: beyond a limit it is shown piece by piece, when asked for. */
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

/** Asks for more of something long; `{0}` in the label is how much is left. */
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
      {filled(label, left.toLocaleString(document.documentElement.lang))}
    </button>
  );
}
