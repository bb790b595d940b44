/** A box to type into, as far as the host's code uses it; the test types. */
export class FakeInputBox {
  title = "";
  placeholder = "";
  prompt = "";
  value = "";
  validationMessage = "";
  ignoreFocusOut = false;
  isShown = false;
  #changed = (_value: string): void => undefined;
  #accepted = (): void => undefined;
  #hidden = (): void => undefined;

  onDidChangeValue(listener: (value: string) => void): void {
    this.#changed = listener;
  }

  onDidAccept(listener: () => void): void {
    this.#accepted = listener;
  }

  onDidHide(listener: () => void): void {
    this.#hidden = listener;
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

  type(text: string): void {
    this.value = text;
    this.#changed(text);
  }

  pressEnter(): void {
    this.#accepted();
  }
}
