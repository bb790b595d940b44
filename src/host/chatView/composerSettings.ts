import { ConfigurationTarget, l10n, workspace } from "vscode";
import type { AnswerLength } from "../../core/chat/planAnswer";
import type { ReasoningEffort } from "../../core/dispatch/chatModel";
import { chatModels } from "../../core/models/modelBook";
import type { ComposerView } from "../../protocol/composerMessages";
import type { EditorState } from "../editorState";
import { efforts, section, writeModel } from "../settings";
import type { Settings } from "../settings";

type Choice = ComposerView["models"][number];

const lengths: readonly AnswerLength[] = ["short", "normal", "long"];
const lengthKey = "answerLength";

/** The choices beside the message box. The length applies to this workspace, the others everywhere. */
export interface ComposerSettings {
  length(): AnswerLength;
  view(): Pick<ComposerView, "model" | "models" | "effort" | "efforts" | "length" | "lengths">;
  /** A value that is not offered changes nothing. */
  choose(what: "model" | "effort" | "length", value: string): Promise<void>;
}

export function createComposerSettings(
  settings: () => Settings,
  state: EditorState,
): ComposerSettings {
  const length = (): AnswerLength =>
    lengths.find((known) => known === state.get(lengthKey)) ?? "normal";

  function modelChoices(): readonly Choice[] {
    const { book, plan, model } = settings();
    const offered = chatModels(book, plan).filter(({ status }) => status !== "replaced");
    const all = offered.some(({ id }) => id === model.id) ? offered : [model, ...offered];
    return all.map(({ id, status }) => ({
      value: id,
      label: status === "preview" ? l10n.t("{0} (preview)", shortName(id)) : shortName(id),
    }));
  }

  return {
    length,
    view() {
      const { model, reasoningEffort } = settings();
      return {
        model: model.id,
        models: [...modelChoices()],
        effort: reasoningEffort,
        efforts: model.reasoningEffort ? efforts.map(effortChoice) : [],
        length: length(),
        lengths: lengths.map(lengthChoice),
      };
    },
    async choose(what, value) {
      switch (what) {
        case "model":
          if (modelChoices().some((choice) => choice.value === value)) await writeModel(value);
          return;
        case "effort":
          if (efforts.some((effort) => effort === value))
            await workspace
              .getConfiguration(section)
              .update("reasoningEffort", value, ConfigurationTarget.Global);
          return;
        case "length":
          if (lengths.some((known) => known === value)) await state.update(lengthKey, value);
      }
    },
  };
}

/** Without the maker's prefix. */
function shortName(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}

function effortChoice(value: ReasoningEffort): Choice {
  switch (value) {
    case "low":
      return { value, label: l10n.t("Low") };
    case "medium":
      return { value, label: l10n.t("Medium") };
    case "high":
      return { value, label: l10n.t("High") };
  }
}

function lengthChoice(value: AnswerLength): Choice {
  switch (value) {
    case "short":
      return { value, label: l10n.t("Short") };
    case "normal":
      return { value, label: l10n.t("Normal") };
    case "long":
      return { value, label: l10n.t("Long") };
  }
}
