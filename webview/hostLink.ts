interface VsCodeApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export interface HostLink<Incoming, Outgoing, Words, State> {
  /** The page's words in the user's language, which the host has written into it. */
  words: Words;
  postToHost: (message: Outgoing) => void;
  /** Keeps what the editor gives back to the host after a reload. */
  keepState: (state: State) => void;
  /** Listens to the host's messages. `decode` gives undefined for what is not a message: that is dropped. */
  listenToHost: (
    decode: (message: unknown) => Incoming | undefined,
    onMessage: (message: Incoming) => void,
  ) => void;
}

/** A page's link to the host; each page makes one. */
export function linkToHost<Incoming, Outgoing, Words, State = never>(): HostLink<
  Incoming,
  Outgoing,
  Words,
  State
> {
  const api = acquireVsCodeApi();
  return {
    words: JSON.parse(document.body.dataset["words"] ?? "{}") as Words,
    postToHost: (message) => api.postMessage(message),
    keepState: (state) => api.setState(state),
    listenToHost(decode, onMessage) {
      window.addEventListener("message", (event: MessageEvent<unknown>) => {
        const message = decode(event.data);
        if (message !== undefined) onMessage(message);
      });
    },
  };
}

/** The word with its `{0}` filled in. */
export function filled(word: string, value: string): string {
  return word.replace("{0}", () => value);
}
