import type { QuickPickItem } from "vscode";

/** A list to choose from, as far as the host's code uses it; the test presses its buttons. */
export class FakeQuickPick {
  title = "";
  placeholder = "";
  matchOnDescription = false;
  matchOnDetail = false;
  busy = false;
  items: readonly QuickPickItem[] = [];
  selectedItems: readonly QuickPickItem[] = [];
  buttons: readonly { readonly tooltip?: string }[] = [];
  isShown = false;
  #accepted = (): void => undefined;
  #hidden = (): void => undefined;
  #triggered = (_button: unknown): void => undefined;

  onDidAccept(listener: () => void): void {
    this.#accepted = listener;
  }

  onDidHide(listener: () => void): void {
    this.#hidden = listener;
  }

  onDidTriggerButton(listener: (button: unknown) => void): void {
    this.#triggered = listener;
  }

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
    this.#hidden();
  }

  dispose(): void {
    this.isShown = false;
  }

  /** The user chooses the row with this label. */
  choose(label: string): void {
    this.selectedItems = this.items.filter((item) => item.label === label);
    this.#accepted();
  }

  /** The user presses the button with this tooltip. */
  press(tooltip: string): void {
    const button = this.buttons.find((candidate) => candidate.tooltip === tooltip);
    if (button === undefined) throw new Error(`no button ${tooltip}`);
    this.#triggered(button);
  }
}
