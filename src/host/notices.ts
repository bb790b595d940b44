import { l10n, window } from "vscode";
import type { EditorState } from "./editorState";
import type { Log } from "./log";
import { openSettings } from "./openSettings";
import { section, writeModel } from "./settings";
import type { ReplacedModel, Settings } from "./settings";
import type { SettingProblem } from "./modelSettings";

/** Tells the user which settings are not used as they are written. */
export interface Notices {
  /** Checks the settings; what the user has been told is not repeated. */
  look(): void;
}

const toldModelsKey = "toldModels";

export function createNotices(parts: {
  readonly settings: () => Pick<Settings, "problems" | "replaced">;
  readonly state: EditorState;
  readonly log: Log;
}): Notices {
  const { settings, state, log } = parts;
  const toldProblems = new Set<string>();

  /** Once per window, so that a setting that stays wrong is mentioned again another day. */
  async function tellProblem({ setting, problem }: SettingProblem): Promise<void> {
    const words = l10n.t("The setting {0} is wrong. {1}", `${section}.${setting}`, problem);
    if (toldProblems.has(words)) return;
    toldProblems.add(words);
    log.warn(words);
    const open = l10n.t("Open Setting");
    if ((await window.showWarningMessage(words, open)) === open)
      await openSettings(`${section}.${setting}`);
  }

  /** Once per model on this machine. */
  async function tellReplaced(replaced: readonly ReplacedModel[]): Promise<void> {
    const told = readTold(state);
    const news = replaced.filter(({ gone }) => !told.includes(gone.id));
    const names = [...new Set(news.map(({ gone }) => gone.id))];
    if (names.length === 0) return;
    await state.update(toldModelsKey, [...told, ...names]);
    await Promise.all(
      names.map((name) => offerToKeep(news.filter(({ gone }) => gone.id === name))),
    );
  }

  /** The settings that name one model. */
  async function offerToKeep(named: readonly ReplacedModel[]): Promise<void> {
    const [first] = named;
    if (first === undefined) return;
    const { setting, gone, by } = first;
    log.info(`${gone.id} is not offered any more; ${by.id} takes its place`);
    const keep = l10n.t("Keep {0}", by.id);
    const open = l10n.t("Open Setting");
    const chosen = await window.showInformationMessage(
      l10n.t("Groq no longer offers {0}. {1} answers in its place.", gone.id, by.id),
      keep,
      open,
    );
    if (chosen === keep) for (const each of named) await writeModel(by.id, each.setting);
    else if (chosen === open) await openSettings(`${section}.${setting}`);
  }

  async function tell(): Promise<void> {
    const { problems, replaced } = settings();
    await Promise.all([...problems.map(tellProblem), tellReplaced(replaced)]);
  }

  return {
    look() {
      tell().catch((error: unknown) => log.error(String(error)));
    },
  };
}

function readTold(state: EditorState): readonly string[] {
  const told = state.get(toldModelsKey);
  return Array.isArray(told) ? told.filter((id) => typeof id === "string") : [];
}
