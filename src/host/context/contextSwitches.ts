import type { EditorState } from "../editorState";

export type ContextSwitch = "automatic" | "instructions";

/** What is sent automatically unless the user switches it off; remembered for the workspace. */
export interface SwitchStore {
  isOn(name: ContextSwitch): boolean;
  set(name: ContextSwitch, on: boolean): Promise<void>;
}

export function createSwitchStore(state: EditorState): SwitchStore {
  return {
    isOn: (name) => state.get(keyOf(name)) !== false,
    async set(name, on) {
      await state.update(keyOf(name), on);
    },
  };
}

function keyOf(name: ContextSwitch): string {
  return `context.${name}`;
}
