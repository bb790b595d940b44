import { provideVSCodeDesignSystem, vsCodeButton } from "@vscode/webview-ui-toolkit";
import type { ComponentChildren } from "preact";

/**
 * The only file that knows the control library, so that replacing the toolkit changes one file.
 */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
  // The toolkit reads the theme's colours when the window has loaded, which may have happened already.
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
