/** A webview whose page is the test: it says what a page would, and keeps what it is sent. */
export class FakeWebview {
  readonly posted: unknown[] = [];
  #listener: ((message: unknown) => void) | undefined;

  readonly onDidReceiveMessage = (listener: (message: unknown) => void) => {
    this.#listener = listener;
    return { dispose: () => (this.#listener = undefined) };
  };

  postMessage(message: unknown): Promise<boolean> {
    this.posted.push(message);
    return Promise.resolve(true);
  }

  /** What the page sends. */
  say(message: unknown): void {
    this.#listener?.(message);
  }
}
