import { l10n } from "vscode";
import type { UsageQueries } from "../../core/budget/usageQueries";
import type { Clock } from "../../core/dispatch/clock";
import { chatModels } from "../../core/models/modelBook";
import type { Model, RateLimits } from "../../core/models/model";
import { projectModels } from "../../core/projection/projection";
import {
  typicalWorkload,
  workloadBounds,
  workloadFields,
  wrongFields,
} from "../../core/projection/workload";
import type { TypicalWorkload, Workload, WorkloadField } from "../../core/projection/workload";
import { addMonths, eachMonth, monthOf } from "../../core/report/calendar";
import { projectedPlans } from "../../protocol/usageChoices";
import type {
  ProjectedPlan,
  ProjectionForm,
  TypedWorkload,
} from "../../protocol/projectionMessages";
import type { UsageHostMessage, UsageViewMessage } from "../../protocol/usageMessages";
import type { Settings } from "../settings";
import {
  fieldLabel,
  fieldProblem,
  planLabel,
  projectionNotes,
  projectionTable,
  summaryWords,
  supersededWords,
} from "./projectionWords";

export interface ProjectionParts {
  readonly usage: UsageQueries;
  readonly clock: Clock;
  readonly settings: () => Pick<Settings, "book" | "plan" | "fallback">;
  /** What is known about the account's limits for a model. */
  readonly limitsOf: (model: Model) => Promise<RateLimits>;
}

/** What the tab "What would this cost?" does, on the host's side. */
export interface ProjectionTab {
  /** The form with its first values and their result. */
  draw(): Promise<void>;
  hear(message: Extract<UsageViewMessage, { type: "project" }>): Promise<void>;
}

export function createProjectionTab(
  parts: ProjectionParts,
  post: (message: UsageHostMessage) => void,
): ProjectionTab {
  /** Of lookups that overlap, only the latest is drawn. */
  let latest = 0;

  async function project(workload: Workload, plan: ProjectedPlan): Promise<void> {
    const turn = ++latest;
    const superseded = supersededWords();
    const wrong = wrongFields(workload);
    if (wrong.length > 0) {
      const problems = wrong.map((name) => ({ name, problem: fieldProblem(name) }));
      post({ type: "projection", result: { problems, notes: [], superseded } });
      return;
    }
    const projections = projectModels(workload, await limitRows(parts, plan));
    if (turn !== latest) return;
    post({
      type: "projection",
      result: {
        problems: [],
        summary: summaryWords(workload, projections),
        table: projectionTable(workload, projections),
        notes: projectionNotes(workload, plan),
        superseded,
      },
    });
  }

  return {
    async draw() {
      const typical = await ownWorkload(parts);
      const plan = "account";
      post({ type: "projectionForm", form: formOf(typical, plan) });
      await project(typical.workload, plan);
    },
    hear: ({ typed, plan }) => project(readWorkload(typed), plan),
  };
}

/** The mean of this month and the one before; an assumed one if the store cannot be read, since nothing is spent here. */
async function ownWorkload({ usage, clock }: ProjectionParts): Promise<TypicalWorkload> {
  const today = clock.localDay(clock.now());
  const since = addMonths(monthOf(today), -1);
  const [hours, ...models] = await Promise.all([
    usage.spentByHour(since),
    ...eachMonth(since, today).map((month) => usage.spentByModel(month)),
  ]);
  return typicalWorkload(
    models.flatMap((found) => (found.ok ? found.value : [])),
    hours.ok ? hours.value : [],
  );
}

async function limitRows(
  { settings, limitsOf }: ProjectionParts,
  plan: ProjectedPlan,
): Promise<readonly { readonly model: Model; readonly limits: RateLimits }[]> {
  const { book, fallback, plan: ownPlan } = settings();
  const models = [
    ...chatModels(book, ownPlan),
    ...(fallback === undefined ? [] : [fallback.model]),
  ];
  return Promise.all(
    models.map(async (model) => ({ model, limits: await limitsUnder(plan, model, limitsOf) })),
  );
}

/** A plan of Groq's says nothing about another service. */
async function limitsUnder(
  plan: ProjectedPlan,
  model: Model,
  limitsOf: ProjectionParts["limitsOf"],
): Promise<RateLimits> {
  if (model.provider === "fallback") return limitsOf(model);
  switch (plan) {
    case "account":
      return limitsOf(model);
    case "free":
      return model.free ?? {};
    case "developer":
      return model.developer ?? {};
  }
}

function formOf({ workload, own }: TypicalWorkload, plan: ProjectedPlan): ProjectionForm {
  return {
    title: l10n.t("What would this cost?"),
    origin: own
      ? l10n.t("It starts from your average request of this month and the one before.")
      : l10n.t("It starts from an assumed request; there are none of your own yet."),
    fields: workloadFields.map((name) => ({
      name,
      label: fieldLabel(name),
      value: String(workload[name]),
      ...workloadBounds[name],
    })),
    planLabel: l10n.t("Limits of"),
    plans: projectedPlans.map((value) => ({ value, label: planLabel(value) })),
    plan,
  };
}

/** What is not a number becomes one that every field refuses. */
function readWorkload(typed: TypedWorkload): Workload {
  const read = (field: WorkloadField): number => {
    const text = typed[field]?.trim() ?? "";
    return text === "" ? Number.NaN : Number(text);
  };
  return {
    callsADay: read("callsADay"),
    daysAMonth: read("daysAMonth"),
    inputTokens: read("inputTokens"),
    outputTokens: read("outputTokens"),
    cachedPercent: read("cachedPercent"),
    batchPercent: read("batchPercent"),
  };
}
