import { Lexer } from "marked";
import type { Token, Tokens } from "marked";
import type { ComponentChild } from "preact";
import { memo } from "preact/compat";
import { postToHost } from "../host";
import { CodeBlock } from "./codeBlock";
import { splitBlocks } from "./splitBlocks";
import type { MarkdownBlock } from "./splitBlocks";

/**
 * Draws a model's Markdown as elements, never as HTML: raw HTML and images show as text, and of links only
 * https ones work, after the host has asked.
 */
export function Markdown({ source }: { readonly source: string }) {
  return (
    <div class="markdown">
      {splitBlocks(source).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

const Block = memo(
  ({ block }: { readonly block: MarkdownBlock }) =>
    block.kind === "code" ? (
      <CodeBlock language={block.language} code={block.code} />
    ) : (
      <>{drawText(block.source)}</>
    ),
  (before, after) => sameBlock(before.block, after.block),
);

/** Nested deeper than any answer means it, the lexer takes seconds or runs out of stack. */
const tooDeep = /^(?:(?:[ \t]*(?:>|[*+-][ \t]|\d+[.)][ \t])){40}|[ \t]{120,}(?:[>*+-]|\d+[.)]))/m;

function drawText(source: string): ComponentChild {
  if (!tooDeep.test(source)) {
    try {
      return drawTokens(Lexer.lex(source, { gfm: true }));
    } catch {
      // Shown as it was written, like all that cannot be read.
    }
  }
  return <p>{source}</p>;
}

function sameBlock(left: MarkdownBlock, right: MarkdownBlock): boolean {
  if (left.kind === "text") return right.kind === "text" && left.source === right.source;
  return right.kind === "code" && left.language === right.language && left.code === right.code;
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
      return "tokens" in token ? <>{drawTokens(token.tokens)}</> : decode(token.text);
    case "strong":
      return <strong>{drawTokens(token.tokens)}</strong>;
    case "em":
      return <em>{drawTokens(token.tokens)}</em>;
    case "del":
      return <del>{drawTokens(token.tokens)}</del>;
    case "codespan":
      return <code>{decode(token.text)}</code>;
    case "code":
      return <CodeBlock language={token.lang ?? ""} code={token.text} />;
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
      return token.text;
    case "space":
    case "def":
      return null;
    case "image":
    case "html":
      return token.raw;
    default:
      return rawOf(token);
  }
}

/** Kinds of tokens that a later version of the library may add are shown as they were written. */
function rawOf(token: Token): string {
  return token.raw;
}

/** Headings of an answer stand under the turn's own, so that the page's outline stays in order. */
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
    <div class="table" role="region" tabIndex={0}>
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
  if (url?.protocol !== "https:") return <>{drawTokens(link.tokens)}</>;
  const open = (event: Event) => {
    event.preventDefault();
    postToHost({ type: "openLink", url: url.href });
  };
  return (
    <a href={url.href} title={url.href} onClick={open}>
      {drawTokens(link.tokens)}
    </a>
  );
}

/** The library escapes text for HTML; as a text node it has to read as it was written. */
function decode(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
