import hljs from "highlight.js/lib/core";
import type { Emitter } from "highlight.js";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import makefile from "highlight.js/lib/languages/makefile";
import markdown from "highlight.js/lib/languages/markdown";
import php from "highlight.js/lib/languages/php";
import powershell from "highlight.js/lib/languages/powershell";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import scss from "highlight.js/lib/languages/scss";
import sql from "highlight.js/lib/languages/sql";
import swift from "highlight.js/lib/languages/swift";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

/** A run of code in one colour; "" is the colour of plain text. */
export interface CodeRun {
  readonly color: CodeColor;
  readonly text: string;
}

export type CodeColor =
  | ""
  | "comment"
  | "keyword"
  | "string"
  | "number"
  | "literal"
  | "function"
  | "type"
  | "added"
  | "removed";

const languages = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  makefile,
  markdown,
  php,
  powershell,
  python,
  ruby,
  rust,
  scss,
  sql,
  swift,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
hljs.registerAliases(["vue", "svelte"], { languageName: "xml" });
hljs.registerAliases(["shellscript", "console"], { languageName: "bash" });
hljs.registerAliases(["typescriptreact"], { languageName: "typescript" });
hljs.registerAliases(["javascriptreact"], { languageName: "javascript" });
hljs.registerAliases(["jsonc", "json5"], { languageName: "json" });

/** The code as coloured runs; undefined for an unknown language. */
export function highlight(language: string, code: string): readonly CodeRun[] | undefined {
  const name = language.toLowerCase();
  if (hljs.getLanguage(name) === undefined) return undefined;
  const { _emitter: emitter } = hljs.highlight(code, { language: name, ignoreIllegals: true });
  return emitter instanceof RunEmitter ? emitter.runs : undefined;
}

/** Collects what the library finds as runs; its own emitter would make HTML. */
class RunEmitter implements Emitter {
  readonly runs: CodeRun[] = [];
  readonly #open: CodeColor[] = [];

  startScope(scope: string): void {
    this.#open.push(colors.get(scope) ?? colors.get(scope.replace(/\..*/, "")) ?? this.#color());
  }

  endScope(): void {
    this.#open.pop();
  }

  /** The library's older names of the two methods above; it uses both. */
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  addText(text: string): void {
    const last = this.runs.at(-1);
    const color = this.#color();
    if (last?.color === color) this.runs[this.runs.length - 1] = { color, text: last.text + text };
    else if (text !== "") this.runs.push({ color, text });
  }

  /** A language inside another one: HTML's scripts, a template's expressions. */
  __addSublanguage(inner: unknown): void {
    if (!(inner instanceof RunEmitter)) return;
    for (const run of inner.runs) {
      if (run.color === "") this.addText(run.text);
      else this.runs.push(run);
    }
  }

  finalize(): void {}

  /** Unused, but required by the library. */
  toHTML(): string {
    return "";
  }

  #color(): CodeColor {
    return this.#open.at(-1) ?? "";
  }
}

/** Only a few colours, because each must exist among those that every theme gives to a webview. */
const colors = new Map<string, CodeColor>([
  ["comment", "comment"],
  ["quote", "comment"],
  ["doctag", "keyword"],
  ["keyword", "keyword"],
  ["operator", ""],
  ["punctuation", ""],
  ["string", "string"],
  ["char", "string"],
  ["regexp", "string"],
  ["subst", ""],
  ["number", "number"],
  ["literal", "literal"],
  ["symbol", "literal"],
  ["title", "function"],
  ["title.class", "type"],
  ["type", "type"],
  ["built_in", "type"],
  ["meta", "keyword"],
  ["section", "keyword"],
  ["name", "keyword"],
  ["selector-tag", "keyword"],
  ["selector-class", "type"],
  ["selector-id", "type"],
  ["attr", "type"],
  ["attribute", "type"],
  ["variable.language", "literal"],
  ["addition", "added"],
  ["deletion", "removed"],
]);

hljs.configure({ __emitter: RunEmitter });
