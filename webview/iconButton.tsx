/** A button of one codicon; its label is its accessible name and its tooltip. */
export function IconButton({
  icon,
  label,
  onClick,
}: {
  readonly icon: "add" | "check" | "copy" | "refresh";
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <vscode-button appearance="icon" aria-label={label} title={label} onClick={onClick}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </vscode-button>
  );
}
