import { l10n } from "vscode";
import { formatDollars } from "../../core/budget/money";
import { formatPrice } from "../../core/budget/price";
import { catalogueReadOn, findModel } from "../../core/models/catalogue";
import type { LimitDimension } from "../../core/limits/limits";
import type { Model } from "../../core/models/model";
import {
  supersededListBefore,
  supersededOn,
  supersededPrices,
} from "../../core/models/supersededPrices";
import { liveCallsADay } from "../../core/projection/projection";
import type { AdmittedCalls, ModelProjection } from "../../core/projection/projection";
import { workloadBounds } from "../../core/projection/workload";
import type { Workload, WorkloadField } from "../../core/projection/workload";
import type { ProjectedPlan, ProjectionResult } from "../../protocol/projectionMessages";
import type { TableView } from "../../protocol/reportMessages";
import { formatCount } from "../formatCount";
import { requestWords } from "../spendWords";

export function fieldLabel(field: WorkloadField): string {
  switch (field) {
    case "callsADay":
      return l10n.t("Requests a day");
    case "inputTokens":
      return l10n.t("Tokens in, each request");
    case "outputTokens":
      return l10n.t("Tokens out, each request");
    case "cachedPercent":
      return l10n.t("Input from the cache, %");
    case "batchPercent":
      return l10n.t("Requests in batches, %");
    case "daysAMonth":
      return l10n.t("Days a month");
  }
}

/** What a field accepts, for one that contains something else. */
export function fieldProblem(field: WorkloadField): string {
  const { least, most } = workloadBounds[field];
  return l10n.t("A whole number from {0} to {1}.", formatCount(least), formatCount(most));
}

export function planLabel(plan: ProjectedPlan): string {
  switch (plan) {
    case "account":
      return l10n.t("My account");
    case "free":
      return l10n.t("Free plan");
    case "developer":
      return l10n.t("Developer plan");
  }
}

/** All models side by side: what a month costs, and what the limits admit. */
export function projectionTable(
  workload: Workload,
  projections: readonly ModelProjection[],
): TableView {
  return {
    columns: [
      l10n.t("Model"),
      l10n.t("A month"),
      l10n.t("Requests a day that fit"),
      l10n.t("What binds"),
    ],
    rows: projections.map((projection) => ({
      head: modelWords(projection.model),
      cells: [
        costWords(projection),
        admittedWords(projection.admitted),
        bindingWords(workload, projection.admitted),
      ],
    })),
  };
}

/** The cheapest model, and the cheapest on which all of the work fits if that is another one. */
export function summaryWords(workload: Workload, projections: readonly ModelProjection[]): string {
  const priced = projections.filter(({ monthlyCost }) => monthlyCost !== undefined);
  const [cheapest] = priced;
  if (cheapest === undefined) return l10n.t("No price is known of any model.");
  const costs = l10n.t("{0}: {1} a month.", cheapest.model.id, costWords(cheapest));
  if (fits(workload, cheapest.admitted)) return `${costs} ${l10n.t("All of it fits.")}`;
  const fitting = priced.find(({ admitted }) => fits(workload, admitted));
  return fitting === undefined
    ? `${costs} ${bindingWords(workload, cheapest.admitted)}.`
    : `${costs} ${bindingWords(workload, cheapest.admitted)}. ${l10n.t(
        "All of it fits on {0}: {1} a month.",
        fitting.model.id,
        costWords(fitting),
      )}`;
}

export function projectionNotes({ batchPercent }: Workload, plan: ProjectedPlan): string[] {
  return [
    l10n.t("List prices, read {0}; an account or a contract can have others.", catalogueReadOn),
    ...(plan === "developer"
      ? [l10n.t("Of the developer plan only requests and tokens a minute are published.")]
      : []),
    ...(batchPercent > 0
      ? [l10n.t("Batches cost half, have no cache, and have limits of their own.")]
      : []),
  ];
}

/** Prices that are still quoted, beside those of the catalogue. */
export function supersededWords(): ProjectionResult["superseded"] {
  return {
    title: l10n.t("An older price list is superseded"),
    table: {
      columns: [
        l10n.t("Per million tokens"),
        l10n.t("List before {0}", supersededListBefore),
        l10n.t("Since {0} at the latest", supersededOn),
      ],
      rows: [
        ...supersededPrices.map(({ id, usdPerMillion }) => ({
          head: id,
          cells: [l10n.t("${0} for all", usdPerMillion), pricesNow(id)],
        })),
        { head: planLabel("free"), cells: [l10n.t("none"), l10n.t("there is one")] },
      ],
    },
  };
}

/** The catalogue's prices of a model on the older list. */
function pricesNow(id: string): string {
  const model = findModel(id);
  if (model?.retiredOn !== undefined) return l10n.t("retired on {0}", model.retiredOn);
  if (model?.price === undefined) return l10n.t("no price known");
  const { input, cachedInput, output } = model.price;
  return l10n.t(
    "{0} in, {1} cached, {2} out",
    formatPrice(input),
    formatPrice(cachedInput),
    formatPrice(output),
  );
}

function modelWords({ id, provider, status }: Model): string {
  if (provider === "fallback") return l10n.t("{0} (second provider)", id);
  return status === "preview" ? l10n.t("{0} (preview)", id) : id;
}

function costWords({ monthlyCost }: ModelProjection): string {
  return monthlyCost === undefined ? l10n.t("no price known") : formatDollars(monthlyCost);
}

function admittedWords(admitted: AdmittedCalls): string {
  switch (admitted.kind) {
    case "unknown":
      return l10n.t("not known");
    case "never":
      return l10n.t("none");
    case "upTo":
      return formatCount(admitted.callsADay);
  }
}

function bindingWords(workload: Workload, admitted: AdmittedCalls): string {
  switch (admitted.kind) {
    case "unknown":
      return l10n.t("No limit is known");
    case "never":
      return neverWords(admitted.by, admitted.limit);
    case "upTo": {
      const { callsADay, binding } = admitted;
      const limit = limitWords(binding);
      return fits(workload, admitted)
        ? l10n.t("{0} would be the first, at {1}", limit, requestWords(callsADay))
        : l10n.t(
            "{0}: {1} of {2} requests",
            limit,
            formatCount(callsADay),
            formatCount(liveCallsADay(workload)),
          );
    }
  }
}

function neverWords(by: Extract<AdmittedCalls, { kind: "never" }>["by"], limit: number): string {
  switch (by) {
    case "context":
      return l10n.t(
        "One request is too large: the model reads and writes {0} tokens",
        formatCount(limit),
      );
    case "maxOutput":
      return l10n.t("The answer is too long: the model writes {0} tokens", formatCount(limit));
    case "rpm":
    case "rpd":
    case "tpm":
    case "tpd":
      return l10n.t("One request is too large: {0} {1}", limitWords(by), formatCount(limit));
  }
}

function limitWords(dimension: LimitDimension): string {
  switch (dimension) {
    case "rpm":
      return l10n.t("Requests a minute (RPM)");
    case "rpd":
      return l10n.t("Requests a day (RPD)");
    case "tpm":
      return l10n.t("Tokens a minute (TPM)");
    case "tpd":
      return l10n.t("Tokens a day (TPD)");
  }
}

function fits(workload: Workload, admitted: AdmittedCalls): boolean {
  return admitted.kind === "upTo" && admitted.callsADay >= liveCallsADay(workload);
}
