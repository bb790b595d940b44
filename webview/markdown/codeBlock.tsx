import { useState } from "preact/hooks";
import { words } from "../host";
import { IconButton } from "../iconButton";

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
        <IconButton
          icon={copied ? "check" : "copy"}
          label={copied ? words.copied : words.copy}
          onClick={copy}
        />
      </div>
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
