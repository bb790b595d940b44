import type { RefObject } from "preact";

export type Icon =
  | "add"
  | "check"
  | "chevron-left"
  | "chevron-right"
  | "copy"
  | "diff"
  | "edit"
  | "insert"
  | "new-file"
  | "refresh"
  | "versions";

/**
 * A button of one icon; its label is its accessible name and its tooltip. A native element: an answer may have
 * hundreds, and each of the toolkit's brings a tree and style sheets of its own.
 */
export function IconButton({
  icon,
  label,
  onClick,
  element,
}: {
  readonly icon: Icon;
  readonly label: string;
  readonly onClick: () => void;
  /** For who gives it the focus. */
  readonly element?: RefObject<HTMLButtonElement | null>;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={onClick}
      {...(element && { ref: element })}
    >
      <span class={`icon icon-${icon}`} aria-hidden="true" />
    </button>
  );
}
