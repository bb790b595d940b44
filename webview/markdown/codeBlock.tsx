import { useState } from "preact/hooks";
import { words } from "../host";

/** A block of code with its language and a button that copies it. */
export function CodeBlock({
  language,
  code,
}: {
  readonly language: string;
  readonly code: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div class="code">
      <div class="code-head">
        <span>{language}</span>
        <vscode-button appearance="icon" aria-label={words.copy} title={words.copy} onClick={copy}>
          {copied ? words.copied : words.copy}
        </vscode-button>
      </div>
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
