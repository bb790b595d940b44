import { useEffect, useRef, useState } from "preact/hooks";
import type { UserView } from "../src/protocol/chatMessages";
import { postToHost, words } from "./host";
import { IconButton } from "./iconButton";
import { showHidden } from "./text/hiddenCharacters";
import { LongText } from "./text/longText";

/** A question. It can be edited and sent again; arrows switch between its versions. */
export function UserTurn({ turn }: { readonly turn: UserView }) {
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const end = () => {
    setEditing(false);
    edit.current?.focus();
  };
  return (
    <article class="turn user" aria-label={words.you}>
      <h2>
        <span class="who">{words.you}</span>
        {turn.versions !== undefined && <Versions current={turn.id} versions={turn.versions} />}
        <IconButton
          icon="edit"
          label={words.edit}
          onClick={() => setEditing(true)}
          element={edit}
        />
      </h2>
      {turn.attachments.map((attachment, at) => (
        // Never reordered; two may be called the same.
        <div class="chip" key={at}>
          {showHidden(attachment)}
        </div>
      ))}
      {editing ? (
        <Editor turn={turn} onEnd={end} />
      ) : (
        <div class="said">
          <LongText text={turn.text} />
        </div>
      )}
    </article>
  );
}

/** `‹ 1/2 ›` */
function Versions({
  current,
  versions,
}: {
  readonly current: string;
  readonly versions: readonly string[];
}) {
  const at = versions.indexOf(current);
  const show = (index: number) => () => {
    const turnId = versions[index];
    if (turnId !== undefined) postToHost({ type: "showVersion", turnId });
  };
  return (
    <span class="versions">
      <IconButton icon="chevron-left" label={words.previousVersion} onClick={show(at - 1)} />
      {at + 1}/{versions.length}
      <IconButton icon="chevron-right" label={words.nextVersion} onClick={show(at + 1)} />
    </span>
  );
}

function Editor({ turn, onEnd }: { readonly turn: UserView; readonly onEnd: () => void }) {
  const [text, setText] = useState(turn.text);
  const box = useRef<HTMLTextAreaElement>(null);
  // Only at first: a turn that is drawn again must not take the focus from elsewhere.
  useEffect(() => box.current?.focus(), []);
  const send = () => {
    if (text.trim() === "") return;
    // The new version takes the place of this turn. While an answer is under way it is refused, and the text must stay.
    postToHost({ type: "resend", turnId: turn.id, text });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") onEnd();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  return (
    <div class="composer">
      <textarea
        ref={box}
        rows={3}
        aria-label={words.editMessage}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="actions">
        <vscode-button disabled={text.trim() === ""} onClick={send}>
          {words.resend}
        </vscode-button>
        <vscode-button appearance="secondary" onClick={onEnd}>
          {words.cancel}
        </vscode-button>
      </div>
    </div>
  );
}
