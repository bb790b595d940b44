import { env, l10n, ThemeIcon, window } from "vscode";
import type { QuickPick, QuickPickItem } from "vscode";
import type { Clock } from "../../core/dispatch/clock";
import { fail } from "../../core/dispatch/failure";
import type { Failure } from "../../core/dispatch/failure";
import type { ModelList } from "../../core/dispatch/modelList";
import { catalogueReadOn } from "../../core/models/catalogue";
import type { Model } from "../../core/models/model";
import { addDays } from "../../core/report/calendar";
import type { UsageReports } from "../../core/report/usageReport";
import { explainFailure } from "../explainFailure";
import type { ModelListings } from "../modelListings";
import type { Secrets } from "../secrets";
import { writeModel } from "../settings";
import type { Settings } from "../settings";
import type { ModelRoom } from "../statusBar/meterState";
import type { CommandResult } from "./commandResult";
import { modelItem, offeredModels } from "./modelItems";
import type { ModelRecord } from "./modelItems";

export interface SelectModelParts {
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly speeds: UsageReports["speeds"];
  /** What the account has left with a model. */
  readonly roomOf: (model: Model) => Promise<ModelRoom | undefined>;
  readonly secrets: Secrets;
  readonly models: ModelList;
  readonly listings: ModelListings;
}

/** The model that answers from now on: the chosen one, or its stand-in. */
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
  const records = new Map<string, ModelRecord>();
  drawModels(picker, parts, records);
  void readRecords(parts, records).then(() => {
    if (!abort.signal.aborted) drawModels(picker, parts, records);
  });
  picker.onDidTriggerButton(() => void refresh(picker, parts, records, abort.signal));
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

/** Measurements older than this do not count: models and networks change. */
const measuredDays = 28;

/** Fills in what this machine knows of the models; nothing if the store fails. */
async function readRecords(
  { settings, clock, speeds, roomOf }: SelectModelParts,
  records: Map<string, ModelRecord>,
): Promise<void> {
  const to = clock.localDay(clock.now());
  const range = { from: addDays(to, 1 - measuredDays), to };
  const models = offeredModels(settings());
  const [measured, rooms] = await Promise.all([speeds(range), Promise.all(models.map(roomOf))]);
  for (const [place, { id, provider }] of models.entries()) {
    const room = rooms[place]?.room;
    const speed = measured.ok
      ? measured.value.find((one) => one.model === id && one.provider === provider)
      : undefined;
    records.set(id, { ...(room && { room }), ...(speed && { speed }) });
  }
}

function drawModels(
  picker: QuickPick<QuickPickItem>,
  parts: SelectModelParts,
  records: ReadonlyMap<string, ModelRecord>,
): void {
  const settings = parts.settings();
  const readAt = parts.listings.current()?.readAt;
  const prices = l10n.t("US dollars per million tokens, read on {0}", catalogueReadOn);
  picker.placeholder =
    readAt === undefined
      ? prices
      : l10n.t(
          "{0} · your list is from {1}",
          prices,
          new Date(readAt).toLocaleDateString(env.language),
        );
  // New items reset the active one.
  const active = picker.activeItems[0]?.label;
  picker.items = offeredModels(settings).map((model) =>
    modelItem(model, settings, records.get(model.id)),
  );
  picker.activeItems = picker.items.filter(({ label }) => label === active);
}

/** Asks Groq which models the account may use, which costs nothing. */
async function refresh(
  picker: QuickPick<QuickPickItem>,
  parts: SelectModelParts,
  records: ReadonlyMap<string, ModelRecord>,
  signal: AbortSignal,
): Promise<void> {
  if (picker.busy) return;
  picker.busy = true;
  const failure = await readList(parts, signal);
  if (signal.aborted) return;
  picker.busy = false;
  if (failure === undefined) drawModels(picker, parts, records);
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
