import type { Lines } from "../context/codeExcerpt";
import type { ContextItem } from "../context/contextItem";
import { renderContext } from "../context/renderContext";

/**
 * What the user said and attached, as one message: the context first, the request last. Instructions are sent
 * once, before the whole conversation. `shown` collects the items of the prompt so far, so that an item that is
 * already in it is not paid for twice.
 */
export function userPrompt(
  request: {
    readonly text: string;
    readonly attachments: readonly ContextItem[];
    /** The lines that an edit is about, when more than they are attached. */
    readonly focus?: Lines;
  },
  shown: Set<string> = new Set(),
): string {
  const { text, attachments, focus } = request;
  const parts = attachments
    .filter(({ kind }) => kind !== "instructions")
    .map((item) => onlyOnce(renderContext(item), shown));
  if (focus !== undefined)
    parts.push(`The user selected lines ${focus.startLine}-${focus.endLine}.`);
  parts.push(text);
  return parts.join("\n\n");
}

function onlyOnce(rendered: string, shown: Set<string>): string {
  if (shown.has(rendered))
    return `${rendered.slice(0, rendered.indexOf("\n"))}, unchanged, as above`;
  shown.add(rendered);
  return rendered;
}
