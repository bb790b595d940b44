import { useEffect, useState } from "preact/hooks";
import { words } from "../host";
import { IconButton } from "../iconButton";

const tellForMs = 2000;

/** Copies a text, and shows for a moment that it did; its accessible name stays the same. */
export function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), tellForMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <>
      <span class="announcer" role="status">
        {copied && words.copied}
      </span>
      <IconButton icon={copied ? "check" : "copy"} label={words.copy} onClick={copy} />
    </>
  );
}
