import type { QuickPickItem } from "vscode";

/** A list to choose from, as far as the host's code uses it; the test presses its buttons. */
export class FakeQuickPick {
  title = "";
  placeholder = "";
  matchOnDescription = false;
  matchOnDetail = false;
  busy = false;
  items: readonly QuickPickItem[] = [];
  value = "";
  keepScrollPosition = false;
  activeItems: readonly QuickPickItem[] = [];
  selectedItems: readonly QuickPickItem[] = [];
  buttons: readonly { readonly tooltip?: string }[] = [];
  isShown = false;
  #accepted = (): void => undefined;
  #hidden = (): void => undefined;
  #triggered = (_button: unknown): void => undefined;
  #typed = (): void => undefined;
  #itemTriggered = (_event: unknown): void => undefined;

  onDidAccept(listener: () => void): void {
    this.#accepted = listener;
  }

  onDidHide(listener: () => void): void {
    this.#hidden = listener;
  }

  onDidChangeValue(listener: () => void): void {
    this.#typed = listener;
  }

  onDidTriggerItemButton(listener: (event: unknown) => void): void {
    this.#itemTriggered = listener;
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

  /** The user types into the box. */
  type(value: string): void {
    this.value = value;
    this.#typed();
  }

  /** The user presses the button with this tooltip on the row with this label. */
  pressOn(label: string, tooltip: string): void {
    const item = this.items.find((candidate) => candidate.label === label);
    const button = item?.buttons?.find((candidate) => candidate.tooltip === tooltip);
    if (button === undefined) throw new Error(`no button ${tooltip} on ${label}`);
    this.#itemTriggered({ item, button });
  }
}
