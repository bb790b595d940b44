import { postToHost, words } from "../host";
import { IconButton } from "../iconButton";

/** New chat, Stop while an answer is under way, and Send, which queues in the meantime. */
export function ComposerButtons({
  busy,
  canSend,
  onSend,
  onStop,
}: {
  readonly busy: boolean;
  readonly canSend: boolean;
  readonly onSend: () => void;
  /** After Stop, which goes. */
  readonly onStop: () => void;
}) {
  const stop = () => {
    postToHost({ type: "stop" });
    onStop();
  };
  return (
    <div class="buttons">
      <IconButton
        icon="add"
        label={words.newChat}
        onClick={() => postToHost({ type: "newChat" })}
      />
      {busy && (
        <vscode-button appearance="secondary" onClick={stop}>
          {words.stop}
        </vscode-button>
      )}
      <vscode-button disabled={!canSend} onClick={onSend}>
        {words.send}
      </vscode-button>
    </div>
  );
}
