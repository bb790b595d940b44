import { l10n, window } from "vscode";
import type { NextRequest } from "../chatView/nextRequestWords";

export interface AskInPlace {
  /** Says what the question is about. */
  readonly title: string;
  readonly placeholder: string;
  /** What a request with these words would cost, and when it would go. */
  readonly foretell: (words: string) => Promise<NextRequest>;
}

/** An input box at the editor's top that tells the request's cost while the user types; undefined: Escape. */
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

    /** Of several forecasts that overlap, the one for what stands there counts. */
    async function tell(): Promise<void> {
      const turn = ++newest;
      const { next } = await foretell(box.value);
      if (turn === newest && next !== "") box.prompt = `${next} · ${howTo()}`;
    }
    // A forecast that fails is one that is not shown.
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
