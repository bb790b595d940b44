import { provideVSCodeDesignSystem, vsCodeButton } from "@vscode/webview-ui-toolkit";
import type { ComponentChildren } from "preact";

/**
 * The only file that knows the control library, so that a successor to the toolkit is a one-file change.
 */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
  // The toolkit takes the theme's colours, and follows them, from the window's loading on: here that may be over.
  if (document.readyState === "complete") window.dispatchEvent(new Event("load"));
}

interface ControlAttributes {
  readonly key?: string;
  readonly class?: string;
  readonly children?: ComponentChildren;
  readonly "aria-label"?: string;
  readonly "aria-hidden"?: "true";
}

interface ButtonAttributes extends ControlAttributes {
  readonly appearance?: "primary" | "secondary" | "icon";
  readonly disabled?: boolean;
  readonly title?: string;
  readonly onClick?: () => void;
}

declare module "preact" {
  // Preact looks up the elements it may create in this namespace.
  namespace JSX {
    interface IntrinsicElements {
      "vscode-button": ButtonAttributes;
    }
  }
}
