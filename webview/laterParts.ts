import type * as highlighter from "./code/highlighter";
import type * as controls from "./controls";

/** What a page loads after its first paint, each a built file of this name. */
export interface LaterParts {
  readonly controls: typeof controls;
  readonly highlighter: typeof highlighter;
}

/** Loads a part from the address that the host has written into the page. */
export async function loadPart<Name extends keyof LaterParts>(
  name: Name,
): Promise<LaterParts[Name]> {
  const address = new URL(`${name}.js`, document.body.dataset["assets"]);
  return (await import(address.href)) as LaterParts[Name];
}

/** Loads the buttons' looks right after the first paint. */
export function loadControlsSoon(): void {
  requestAnimationFrame(() => setTimeout(() => void loadControls().catch(() => undefined)));
}

async function loadControls(): Promise<void> {
  const { registerControls } = await loadPart("controls");
  registerControls();
}
