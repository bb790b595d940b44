import { renderExcerpt } from "../context/codeExcerpt";
import type { CodeExcerpt } from "../context/codeExcerpt";

/** What the user said and attached, as one message: the code first, the request last. */
export function userPrompt(request: {
  readonly text: string;
  readonly attachments: readonly CodeExcerpt[];
  /** The lines that an edit is about, when more than they are attached. */
  readonly focus?: { readonly startLine: number; readonly endLine: number };
}): string {
  const { text, attachments, focus } = request;
  const parts = attachments.map(renderExcerpt);
  if (focus !== undefined)
    parts.push(`The user selected lines ${focus.startLine}-${focus.endLine}.`);
  parts.push(text);
  return parts.join("\n\n");
}
