import { postToHost, words } from "../host";
import { IconButton } from "../iconButton";

/** New chat, Stop while an answer is under way, and Send, which queues in the meantime. */
export function ComposerButtons({
  busy,
  canSend,
  onSend,
}: {
  readonly busy: boolean;
  readonly canSend: boolean;
  readonly onSend: () => void;
}) {
  return (
    <div class="buttons">
      <IconButton
        icon="add"
        label={words.newChat}
        onClick={() => postToHost({ type: "newChat" })}
      />
      {busy && (
        <vscode-button appearance="secondary" onClick={() => postToHost({ type: "stop" })}>
          {words.stop}
        </vscode-button>
      )}
      <vscode-button disabled={!canSend} onClick={onSend}>
        {words.send}
      </vscode-button>
    </div>
  );
}
