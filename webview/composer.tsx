import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "./iconButton";
import { draft, postToHost, words } from "./host";

/** The message box and its buttons. Enter sends, Shift+Enter breaks the line, an input method is left alone. */
export function Composer({
  busy,
  focusRequests,
}: {
  readonly busy: boolean;
  readonly focusRequests: number;
}) {
  const [text, setText] = useState(draft.read);
  const box = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (focusRequests > 0) box.current?.focus();
  }, [focusRequests]);

  const change = (next: string) => {
    setText(next);
    draft.write(next);
  };
  const send = () => {
    if (busy || text.trim() === "") return;
    postToHost({ type: "send", text });
    change("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div class="composer">
      <textarea
        ref={box}
        rows={3}
        aria-label={words.message}
        placeholder={words.placeholder}
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
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
        <vscode-button disabled={busy || text.trim() === ""} onClick={send}>
          {words.send}
        </vscode-button>
      </div>
    </div>
  );
}
