import { parseJson } from "../core/unchecked";

/**
 * A body's text, up to little more than so many characters. `onText` gets what has come so far with each piece. Throws where the
 * body breaks off.
 */
export async function readBodyText(
  body: AsyncIterable<Uint8Array>,
  mostCharacters: number,
  onText: (soFar: string) => void,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    onText(text);
    if (text.length > mostCharacters) break;
  }
  return text;
}

/** What the text is as JSON; the text itself if it is none. */
export function parseJsonOrText(text: string): unknown {
  const parsed = parseJson(text);
  return parsed === undefined ? text : parsed;
}
