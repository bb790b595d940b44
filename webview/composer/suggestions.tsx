import { useEffect, useState } from "preact/hooks";
import type { ComposerView } from "../../src/protocol/composerMessages";
import type { MentionsFound } from "../chatState";
import { postToHost, words } from "../host";

/** Completions for the text before the caret: commands after a slash, context after an at sign. */
export interface SuggestionList {
  readonly items: readonly Suggestion[];
  readonly active: number;
  readonly listId: string | undefined;
  readonly activeId: string | undefined;
  take(index: number): void;
  /** The files that match are not known yet. */
  readonly isLooking: boolean;
  /** Whether the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean;
}

interface Suggestion {
  readonly label: string;
  readonly description: string;
  readonly take: () => void;
}

const listId = "suggestions";

export function useSuggestions(given: {
  readonly text: string;
  readonly caret: number;
  readonly commands: ComposerView["commands"];
  readonly contexts: ComposerView["contexts"];
  readonly mentions: MentionsFound;
  readonly replace: (text: string, caret: number) => void;
}): SuggestionList {
  const { text, caret } = given;
  const [active, setActive] = useState(0);
  const [closedFor, setClosedFor] = useState<string>();
  const query = mentionQuery(text.slice(0, caret));

  useEffect(() => {
    if (query !== undefined) postToHost({ type: "mentions", query });
  }, [query]);
  useEffect(() => setActive(0), [text]);

  const all =
    closedFor === text
      ? []
      : [...commandItems(given), ...contextItems(given, query), ...mentionItems(given, query)];
  const index = Math.min(active, all.length - 1);
  const take = (at: number) => all[at]?.take();
  return {
    items: all,
    active: index,
    listId: all.length > 0 ? listId : undefined,
    activeId: all.length > 0 ? `${listId}-${index}` : undefined,
    isLooking: query !== undefined && given.mentions.query !== query && closedFor !== text,
    take,
    onKeyDown(event) {
      if (all.length === 0) return false;
      switch (event.key) {
        case "ArrowDown":
          setActive((index + 1) % all.length);
          break;
        case "ArrowUp":
          setActive((index + all.length - 1) % all.length);
          break;
        case "Tab":
        case "Enter":
          take(index);
          break;
        case "Escape":
          setClosedFor(text);
          break;
        default:
          return false;
      }
      event.preventDefault();
      return true;
    },
  };
}

export function Suggestions({ list }: { readonly list: SuggestionList }) {
  if (list.items.length === 0) return null;
  return (
    <ul class="suggestions" role="listbox" id={listId} aria-label={words.suggestions}>
      {list.items.map(({ label, description }, index) => (
        <li
          key={label}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === list.active}
          // On mouse down, before the box loses the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            list.take(index);
          }}
        >
          <span>{label}</span>
          <span class="description">{description}</span>
        </li>
      ))}
    </ul>
  );
}

/** A command is only offered until its name is complete: then Enter sends it. */
function commandItems({
  text,
  caret,
  commands,
  replace,
}: Parameters<typeof useSuggestions>[0]): Suggestion[] {
  const typed = /^\/[a-z]*$/i.exec(text.slice(0, caret))?.[0];
  if (typed === undefined || commands.some(({ name }) => name === typed)) return [];
  const fitting = commands.filter(({ name }) => name.startsWith(typed.toLowerCase()));
  return fitting.map(({ name, description }) => ({
    label: name,
    description,
    take: () => replace(`${name} ${text.slice(caret).trimStart()}`, name.length + 1),
  }));
}

/** Named context comes above the files, however much of its name is typed. */
function contextItems(
  { text, caret, contexts, replace }: Parameters<typeof useSuggestions>[0],
  query: string | undefined,
): Suggestion[] {
  if (query === undefined) return [];
  const fitting = contexts.filter(({ name }) => name.startsWith(query.toLowerCase()));
  return fitting.map(({ name, description }) => ({
    label: `@${name}`,
    description,
    take: () => {
      postToHost({ type: "addContext", name });
      cutQuery({ text, caret, replace }, query);
    },
  }));
}

function mentionItems(
  { text, caret, mentions, replace }: Parameters<typeof useSuggestions>[0],
  query: string | undefined,
): Suggestion[] {
  if (query === undefined || mentions.query !== query) return [];
  return mentions.found.map(({ path, isFolder }) => ({
    label: isFolder ? `${path}/` : path,
    description: "",
    take: () => {
      postToHost({ type: "attach", path });
      cutQuery({ text, caret, replace }, query);
    },
  }));
}

/** The at sign and what follows it have become a chip. */
function cutQuery(
  {
    text,
    caret,
    replace,
  }: Pick<Parameters<typeof useSuggestions>[0], "text" | "caret" | "replace">,
  query: string,
): void {
  const start = caret - query.length - 1;
  replace(text.slice(0, start) + text.slice(caret), start);
}

/** What is typed after an at sign that begins a word. */
function mentionQuery(before: string): string | undefined {
  return /(?:^|\s)@([^\s@]{0,200})$/.exec(before)?.[1];
}
