import { useEffect, useRef, useState } from "preact/hooks";
import type { ChatState } from "../chatState";
import { postToHost, words } from "../host";
import { setOwnWindow, writeLastLetters } from "../lastLetters";
import { attachDropped, attachPasted } from "./attachFiles";
import { Chips } from "./chips";
import { Choices } from "./choices";
import { ComposerButtons } from "./composerButtons";
import { NextRequest } from "./nextRequest";
import { Suggestions, useSuggestions } from "./suggestions";

/**
 * The message box with its context, the forecast of its cost, and the choices. Enter sends, Shift+Enter breaks the
 * line, and input methods are left alone.
 */
export function Composer({
  busy,
  composer,
  mentions,
  draftRequest,
  keptDraft,
  takenDraft,
  focusRequests,
}: { readonly busy: boolean } & Pick<
  ChatState,
  "composer" | "mentions" | "draftRequest" | "keptDraft" | "takenDraft" | "focusRequests"
>) {
  const [text, setText] = useState("");
  const [caret, setCaret] = useState(0);
  const box = useRef<HTMLTextAreaElement>(null);
  /** The box's newest text, before it is drawn; undefined until something has changed it. */
  const newest = useRef<string | undefined>(undefined);

  /** The text at an Enter that waits. */
  const entered = useRef<string | undefined>(undefined);

  const show = (next: string, at = next.length) => {
    newest.current = next;
    writeLastLetters(next);
    setText(next);
    setCaret(at);
  };
  /** The host gets each letter at once, so that a reload loses none. */
  const change = (next: string, at = next.length) => {
    show(next, at);
    postToHost({ type: "draft", text: next });
  };

  useEffect(() => {
    if (focusRequests > 0) box.current?.focus();
  }, [focusRequests]);
  useEffect(() => {
    if (draftRequest !== undefined) show(draftRequest.text);
  }, [draftRequest]);
  useEffect(() => {
    if (keptDraft === undefined) return;
    setOwnWindow(keptDraft.window);
    if (newest.current === undefined) show(keptDraft.text);
    else writeLastLetters(newest.current);
  }, [keptDraft]);
  useEffect(() => {
    if (takenDraft !== undefined && takenDraft.text === text) show("");
  }, [takenDraft]);

  const send = () => {
    if (text.trim() === "") return;
    postToHost({ type: "send", text });
    // The host forgets the draft itself once the message is part of the conversation.
    show("");
  };
  const suggestions = useSuggestions({
    text,
    caret,
    commands: composer?.commands ?? [],
    contexts: composer?.contexts ?? [],
    mentions,
    replace: change,
  });
  /** For buttons that go when they are pressed: the focus would go with them. */
  const takeFocus = () => box.current?.focus();
  /** Opens the list that an at sign opens. */
  const offerContext = () => {
    change(`${text}${text === "" || /\s$/.test(text) ? "" : " "}@`);
    takeFocus();
  };
  /** Enter that was pressed while files were looked up counts for what is found: a half-typed name is not sent. */
  useEffect(() => {
    if (entered.current === undefined || suggestions.isLooking) return;
    const isSame = entered.current === text;
    entered.current = undefined;
    if (!isSame) return;
    if (suggestions.items.length > 0) suggestions.take(suggestions.active);
    else send();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || suggestions.onKeyDown(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    if (suggestions.isLooking) entered.current = text;
    else send();
  };

  return (
    <div class="composer" onDragOver={(event) => event.preventDefault()} onDrop={attachDropped}>
      {composer !== undefined && (
        <Chips composer={composer} onAdd={offerContext} onRemove={takeFocus} />
      )}
      <Suggestions list={suggestions} />
      <textarea
        ref={box}
        rows={3}
        aria-label={words.message}
        aria-autocomplete="list"
        aria-controls={suggestions.listId}
        aria-activedescendant={suggestions.activeId}
        placeholder={words.placeholder}
        value={text}
        onInput={({ currentTarget }) => change(currentTarget.value, currentTarget.selectionStart)}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={attachPasted}
      />
      <NextRequest composer={composer} />
      <div class="composer-bar">
        {composer !== undefined && <Choices composer={composer} />}
        <ComposerButtons
          busy={busy}
          canSend={text.trim() !== ""}
          onSend={send}
          onStop={takeFocus}
        />
      </div>
    </div>
  );
}
