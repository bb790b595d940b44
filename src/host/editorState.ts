/** The part of the editor's `Memento` that is used: small values that outlive the window. */
export interface EditorState {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
