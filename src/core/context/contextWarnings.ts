import { excerptsOf } from "./contextItem";
import type { ContextItem } from "./contextItem";
import { renderContext } from "./renderContext";
import { scanForSecrets } from "./secretScan";
import type { SecretKind } from "./secretScan";

/** What the user may want to know of an item before it is sent. */
export interface ContextWarnings {
  /** The first of what looks like a secret. */
  readonly secret?: {
    readonly kind: SecretKind;
    /** One-based, in the file, where the item is a part of one. */
    readonly line?: number;
  };
  /** Invisible or bidirectional control characters, which can hide words for the model. */
  readonly hidden: boolean;
}

/** Bidi controls, zero-width and tag characters; not the joiners that scripts and emoji are written with. */
const hidden = /[\u202a-\u202e\u2066-\u2069\u200b\u2060\u{e0000}-\u{e007f}]/u;

export function warningsOf(item: ContextItem): ContextWarnings {
  const text = renderContext(item);
  const [found] = scanForSecrets(text);
  const secret = found && { kind: found.kind, ...lineIn(item) };
  return { hidden: hidden.test(text), ...(secret && { secret }) };
}

function lineIn(item: ContextItem): { readonly line?: number } {
  const [excerpt, ...others] = excerptsOf(item);
  if (excerpt === undefined || others.length > 0 || item.kind === "folder") return {};
  const [found] = scanForSecrets(excerpt.text);
  return found === undefined ? {} : { line: excerpt.startLine + found.line - 1 };
}
