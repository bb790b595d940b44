import { l10n, ThemeIcon, window } from "vscode";
import type { QuickPick, QuickPickItem } from "vscode";
import { formatPrice } from "../../core/budget/price";
import { fail } from "../../core/dispatch/failure";
import type { Failure } from "../../core/dispatch/failure";
import type { ModelList } from "../../core/dispatch/modelList";
import { catalogueReadOn } from "../../core/models/catalogue";
import type { Model } from "../../core/models/model";
import { isAvailable } from "../../core/models/modelBook";
import { explainFailure } from "../explainFailure";
import type { ModelListings } from "../modelListings";
import type { Secrets } from "../secrets";
import { writeModel } from "../settings";
import type { Settings } from "../settings";
import type { CommandResult } from "./commandResult";

export interface SelectModelParts {
  readonly settings: () => Settings;
  readonly secrets: Secrets;
  readonly models: ModelList;
  readonly listings: ModelListings;
}

/** What tells which models there are, and which one is in use. */
export type OfferSettings = Pick<Settings, "book" | "model" | "plan">;

/** Which model answers from now on: the chosen one, or what takes its place. */
interface SelectedModel {
  readonly ok: true;
  readonly model: string;
}

/** Chooses the model for all later requests; asks without an argument. */
export async function selectModel(
  parts: SelectModelParts,
  argument: unknown,
): Promise<CommandResult> {
  const id = typeof argument === "string" ? argument.trim() : await pickModel(parts);
  if (id === undefined || id === "") return fail({ kind: "stopped" });
  await writeModel(id);
  const selected: SelectedModel = { ok: true, model: parts.settings().model.id };
  return selected;
}

/** Shows the models with their prices, until one is chosen or Escape is pressed. */
async function pickModel(parts: SelectModelParts): Promise<string | undefined> {
  const picker = window.createQuickPick();
  const abort = new AbortController();
  picker.title = l10n.t("Model for Groq Coder");
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.buttons = [{ iconPath: new ThemeIcon("refresh"), tooltip: l10n.t("Refresh list") }];
  drawModels(picker, parts);
  picker.onDidTriggerButton(() => void refresh(picker, parts, abort.signal));
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.label);
      picker.hide();
    });
    picker.onDidHide(() => {
      abort.abort();
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function drawModels(picker: QuickPick<QuickPickItem>, parts: SelectModelParts): void {
  const settings = parts.settings();
  const readAt = parts.listings.current()?.readAt;
  const prices = l10n.t("US dollars per million tokens, read on {0}", catalogueReadOn);
  picker.placeholder =
    readAt === undefined
      ? prices
      : l10n.t("{0} · your list is of {1}", prices, new Date(readAt).toLocaleDateString());
  picker.items = offeredModels(settings).map((model) => modelItem(model, settings));
}

/** Asks Groq which models the account may use, which costs nothing. */
async function refresh(
  picker: QuickPick<QuickPickItem>,
  parts: SelectModelParts,
  signal: AbortSignal,
): Promise<void> {
  if (picker.busy) return;
  picker.busy = true;
  const failure = await readList(parts, signal);
  if (signal.aborted) return;
  picker.busy = false;
  if (failure === undefined) drawModels(picker, parts);
  else picker.placeholder = explainFailure(failure).title;
}

async function readList(
  { secrets, models, listings }: SelectModelParts,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const credentials = await secrets.credentials();
  if (!credentials.ok) return credentials.failure;
  const listed = await models.list(credentials.value, signal);
  if (!listed.ok) return listed.failure;
  await listings.remember(credentials.value.baseUrl, listed.value);
  return undefined;
}

/** The one in use first; what is retired only where it can be used all the same. */
export function offeredModels({ book, model: current, plan }: OfferSettings): readonly Model[] {
  const others = book.models.filter(
    (model) =>
      model.kind === "chat" &&
      model.id !== current.id &&
      (model.status !== "retired" || isAvailable(model, plan)),
  );
  return [current, ...others];
}

export function modelItem(model: Model, { model: current, plan }: OfferSettings): QuickPickItem {
  const { price, contextTokens } = model;
  const remarks = [
    model.id === current.id ? l10n.t("current") : "",
    model.status === "preview" ? l10n.t("preview") : "",
    isReplaced(model) ? l10n.t("replaced by {0}", model.successor) : "",
    isAvailable(model, plan) ? "" : l10n.t("unavailable"),
    price === undefined ? l10n.t("no price") : "",
  ];
  const details = [
    price === undefined
      ? ""
      : l10n.t(
          "{0} in · {1} cached · {2} out",
          formatPrice(price.input),
          formatPrice(price.cachedInput),
          formatPrice(price.output),
        ),
    contextTokens === undefined
      ? ""
      : l10n.t("{0} tokens of context", contextTokens.toLocaleString()),
  ];
  return { label: model.id, description: joined(remarks), detail: joined(details) };
}

function isReplaced(model: Model): model is Model & { readonly successor: string } {
  return model.status === "replaced" && model.successor !== undefined;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
