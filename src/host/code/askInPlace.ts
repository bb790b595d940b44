import { l10n, window } from "vscode";
import type { NextRequest } from "../chatView/nextRequestWords";

export interface AskInPlace {
  /** Says what the question is about. */
  readonly title: string;
  readonly placeholder: string;
  /** Forecasts a request with these words: its cost, and when it would be sent. */
  readonly foretell: (words: string) => Promise<NextRequest>;
}

/** An input box at the editor's top that shows the request's cost while the user types; undefined after Escape. */
export function askInPlace(asked: AskInPlace): Promise<string | undefined> {
  const { title, placeholder, foretell } = asked;
  return new Promise((resolve) => {
    const box = window.createInputBox();
    box.title = title;
    box.placeholder = placeholder;
    box.prompt = howTo();
    box.ignoreFocusOut = true;
    let answer: string | undefined;
    let newest = 0;

    /** Of overlapping forecasts only the one for the current text counts. */
    async function tell(): Promise<void> {
      const turn = ++newest;
      const { next } = await foretell(box.value);
      if (turn === newest && next !== "") box.prompt = `${next} · ${howTo()}`;
    }
    // A forecast that fails is simply not shown.
    const retell = () => void tell().catch(() => undefined);

    box.onDidChangeValue(() => {
      box.validationMessage = "";
      retell();
    });
    box.onDidAccept(() => {
      const words = box.value.trim();
      if (words === "") {
        box.validationMessage = l10n.t("Say what to change, or press Escape.");
        return;
      }
      answer = words;
      box.hide();
    });
    box.onDidHide(() => {
      newest++;
      box.dispose();
      resolve(answer);
    });
    box.show();
    retell();
  });
}

function howTo(): string {
  return l10n.t("Enter sends, and shows the change before it is made");
}
