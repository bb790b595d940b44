import { useState } from "preact/hooks";
import type { ChatViewMessage } from "../../src/protocol/chatMessages";
import { postToHost, words } from "../host";
import { IconButton } from "../iconButton";
import { hasHidden } from "../../src/protocol/hiddenCharacters";
import { ShowMore } from "../text/longText";
import { CodeText } from "./codeText";
import { CopyButton } from "./copyButton";

/** Which block of which answer, for the host to find it. */
export interface BlockPlace {
  readonly turnId: string;
  readonly block: number;
}

type CodeAction = Extract<ChatViewMessage, { type: "code" }>["action"];

/** How many characters of a block, and of one of its lines, are drawn unless more are asked for. */
const shownCharacters = 60_000;
const shownOfLine = 4000;

/** A block of code with its language and its actions. */
export function CodeBlock({
  language,
  code,
  whole,
  place,
}: {
  readonly language: string;
  readonly code: string;
  /** Nothing more is to come; only then are there other actions than copying. */
  readonly whole: boolean;
  /** Absent where the host does not know the block by a number. */
  readonly place?: BlockPlace;
}) {
  const [times, setTimes] = useState(1);
  const shown = shownPart(code, times);
  return (
    <div class="code">
      <div class="code-head">
        <span class="language">{language}</span>
        {hasHidden(shown) && <span class="warning">{words.hiddenCharacters}</span>}
        <CopyButton text={code} />
        {place !== undefined && whole && <BlockActions place={place} />}
      </div>
      <pre tabIndex={0} role="region" aria-label={words.code}>
        <CodeText language={language} code={shown} whole={whole || shown.length < code.length} />
      </pre>
      {shown.length < code.length && (
        <ShowMore
          label={words.showMoreText}
          left={code.length - shown.length}
          onClick={() => setTimes(times * 2)}
        />
      )}
    </div>
  );
}

function BlockActions({ place }: { readonly place: BlockPlace }) {
  const act = (action: CodeAction) => () => postToHost({ type: "code", action, ...place });
  return (
    <>
      <IconButton icon="insert" label={words.insert} onClick={act("insert")} />
      <IconButton icon="new-file" label={words.newFile} onClick={act("newFile")} />
      <IconButton icon="diff" label={words.apply} onClick={act("apply")} />
    </>
  );
}

/** The beginning of the code up to the limit, or up to the first line that is too long to be laid out at once. */
export function shownPart(code: string, times: number): string {
  const most = shownCharacters * times;
  const ofLine = shownOfLine * times;
  let start = 0;
  while (start < most) {
    const end = code.indexOf("\n", start);
    const length = (end === -1 ? code.length : end) - start;
    if (length > ofLine) return code.slice(0, start + ofLine);
    if (end === -1) return code;
    start = end + 1;
  }
  return code.length <= start ? code : code.slice(0, start);
}
