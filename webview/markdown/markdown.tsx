import type { Token, Tokens } from "marked";
import type { ComponentChild } from "preact";
import { memo } from "preact/compat";
import { pathsInText, readFileReference } from "../../src/protocol/fileReference";
import type { AnswerBlock } from "../../src/protocol/answerBlocks";
import { CodeBlock } from "../code/codeBlock";
import { postToHost, words } from "../host";
import { showHidden } from "../text/hiddenCharacters";
import { LongText } from "../text/longText";
import { FileLink } from "./fileLink";
import { lex } from "./lexer";

/**
 * Draws a model's Markdown as elements, never as HTML: raw HTML and images show as text. Only two kinds of links work:
 * https links, after the host has asked, and links to files that the host has found in the workspace.
 */
export function Markdown({
  blocks,
  turnId,
  whole,
}: {
  readonly blocks: readonly AnswerBlock[];
  readonly turnId: string;
  /** Nothing more is to come. */
  readonly whole: boolean;
}) {
  return (
    <div class="markdown">
      {blocks.map((block, index) => (
        <Block
          key={index}
          block={block}
          number={index}
          turnId={turnId}
          whole={whole || index < blocks.length - 1}
        />
      ))}
    </div>
  );
}

const Block = memo(
  ({ block, number, turnId, whole }: BlockProps) =>
    block.kind === "code" ? (
      <CodeBlock
        language={block.language}
        code={block.code}
        whole={whole || block.closed}
        place={{ turnId, block: number }}
      />
    ) : (
      <>{drawText(block.source)}</>
    ),
  (before, after) => sameBlock(before, after),
);

interface BlockProps {
  readonly block: AnswerBlock;
  readonly number: number;
  readonly turnId: string;
  readonly whole: boolean;
}

/** In characters: a longer text without a break is not meant as Markdown, and the lexer is slow on it. */
const longestText = 12_000;

/** Nesting deeper than any real answer's, on which the lexer takes seconds or runs out of stack. */
const tooDeep = /^(?:(?:[ \t]*(?:>|[*+-][ \t]|\d+[.)][ \t])){40}|[ \t]{120,}(?:[>*+-]|\d+[.)]))/m;

function drawText(source: string): ComponentChild {
  if (source.length <= longestText && !tooDeep.test(source)) {
    try {
      return drawTokens(lex(source));
    } catch {
      // Shown as it was written, like everything that cannot be read.
    }
  }
  return (
    <p class="said">
      <LongText text={source} />
    </p>
  );
}

/** Whether two blocks are drawn alike. A closed block is not redrawn when the answer ends. */
function sameBlock(before: BlockProps, after: BlockProps): boolean {
  const [left, right] = [before.block, after.block];
  if (left === right && before.whole === after.whole) return true;
  if (left.kind === "text") return right.kind === "text" && left.source === right.source;
  return (
    right.kind === "code" &&
    left.language === right.language &&
    left.code === right.code &&
    (before.whole || left.closed) === (after.whole || right.closed)
  );
}

function drawTokens(tokens: readonly Token[] | undefined): ComponentChild[] {
  return (tokens ?? []).map((token) => drawToken(token as MarkedToken));
}

type MarkedToken =
  | Tokens.Blockquote
  | Tokens.Br
  | Tokens.Code
  | Tokens.Codespan
  | Tokens.Del
  | Tokens.Em
  | Tokens.Heading
  | Tokens.Hr
  | Tokens.Image
  | Tokens.Link
  | Tokens.List
  | Tokens.Paragraph
  | Tokens.Strong
  | Tokens.Table
  | Tokens.Text
  | Tokens.Space
  | Tokens.Escape
  | Tokens.HTML
  | Tokens.Def;

function drawToken(token: MarkedToken): ComponentChild {
  switch (token.type) {
    case "paragraph":
      return <p>{drawTokens(token.tokens)}</p>;
    case "text":
      return "tokens" in token ? <>{drawTokens(token.tokens)}</> : drawWords(decode(token.text));
    case "strong":
      return <strong>{drawTokens(token.tokens)}</strong>;
    case "em":
      return <em>{drawTokens(token.tokens)}</em>;
    case "del":
      return <del>{drawTokens(token.tokens)}</del>;
    case "codespan":
      return drawCodeSpan(decode(token.text));
    case "code":
      return <CodeBlock language={token.lang ?? ""} code={token.text} whole />;
    case "heading":
      return <Heading depth={token.depth}>{drawTokens(token.tokens)}</Heading>;
    case "blockquote":
      return <blockquote>{drawTokens(token.tokens)}</blockquote>;
    case "list":
      return drawList(token);
    case "table":
      return drawTable(token);
    case "link":
      return drawLink(token);
    case "hr":
      return <hr />;
    case "br":
      return <br />;
    case "escape":
      return showHidden(token.text);
    case "space":
    case "def":
      return null;
    case "image":
    case "html":
      return showHidden(token.raw);
    default:
      return rawOf(token);
  }
}

/** Token kinds that a later version of the library may add are shown as they were written. */
function rawOf(token: Token): ComponentChild {
  return showHidden(token.raw);
}

/** Running text, in which paths may become links. */
function drawWords(text: string): ComponentChild {
  if (!text.includes("/")) return showHidden(text);
  const parts: ComponentChild[] = [];
  let at = 0;
  for (const { 0: path, index } of text.matchAll(pathsInText)) {
    parts.push(showHidden(text.slice(at, index)), <FileLink reference={path}>{path}</FileLink>);
    at = index + path.length;
  }
  return <>{[...parts, showHidden(text.slice(at))]}</>;
}

function drawCodeSpan(text: string): ComponentChild {
  const code = <code>{showHidden(text)}</code>;
  return readFileReference(text) === undefined ? (
    code
  ) : (
    <FileLink reference={text}>{code}</FileLink>
  );
}

/** Headings of an answer rank below the turn's own heading, so that the page's outline stays in order. */
function Heading({
  depth,
  children,
}: {
  readonly depth: number;
  readonly children: ComponentChild;
}) {
  const level = Math.min(6, depth + 2);
  return (
    <div role="heading" aria-level={level} class={`heading-${depth}`}>
      {children}
    </div>
  );
}

function drawList(list: Tokens.List): ComponentChild {
  const items = list.items.map((item, index) => <li key={index}>{drawTokens(item.tokens)}</li>);
  if (!list.ordered) return <ul>{items}</ul>;
  return <ol start={typeof list.start === "number" ? list.start : 1}>{items}</ol>;
}

function drawTable(table: Tokens.Table): ComponentChild {
  return (
    <div class="table" role="region" aria-label={words.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              <th key={index}>{drawTokens(cell.tokens)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) => (
                <td key={index}>{drawTokens(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function drawLink(link: Tokens.Link): ComponentChild {
  const url = URL.parse(link.href);
  if (url?.protocol !== "https:") return drawFileLink(link);
  const open = (event: Event) => {
    event.preventDefault();
    // The editor listens further up, and would ask a second time.
    event.stopPropagation();
    postToHost({ type: "openLink", url: url.href });
  };
  return (
    <a href={url.href} title={url.href} onClick={open}>
      {drawTokens(link.tokens)}
    </a>
  );
}

function drawFileLink({ href, tokens }: Tokens.Link): ComponentChild {
  const children = <>{drawTokens(tokens)}</>;
  if (readFileReference(href) === undefined) return children;
  return <FileLink reference={href}>{children}</FileLink>;
}

/** Undoes the library's HTML escaping, since the text goes into a text node. */
function decode(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
