import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { postToHost } from "../host";
import { isKnownFile, watchFile } from "./knownFiles";

/** A link to a file of the workspace once the host has found it there, and plain text until then. */
export function FileLink({
  reference,
  children,
}: {
  readonly reference: string;
  readonly children: ComponentChildren;
}) {
  const [known, setKnown] = useState(() => isKnownFile(reference));
  useEffect(() => {
    if (known) return;
    return watchFile(reference, () => setKnown(isKnownFile(reference)));
  }, [reference, known]);
  if (!known) return <>{children}</>;
  return (
    <button
      type="button"
      role="link"
      class="file"
      title={reference}
      onClick={() => postToHost({ type: "openFile", reference })}
    >
      {children}
    </button>
  );
}
