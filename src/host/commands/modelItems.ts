import { l10n } from "vscode";
import type { QuickPickItem } from "vscode";
import { formatPrice } from "../../core/budget/price";
import type { FreeRoom } from "../../core/limits/rateLimiter";
import type { Abilities, Model } from "../../core/models/model";
import { isAvailable } from "../../core/models/modelBook";
import type { ModelSpeed } from "../../core/report/usageReport";
import type { Settings } from "../settings";
import { formatCount } from "../formatCount";
import { requestWords } from "../spendWords";

/** The settings that decide which models are offered. */
export type OfferSettings = Pick<Settings, "book" | "model" | "plan">;

/** What this machine knows of a model beyond what is published. */
export interface ModelRecord {
  /** Of the last weeks. */
  readonly speed?: ModelSpeed;
  /** What the account has left of its limits. */
  readonly room?: FreeRoom;
}

/** The current model first; retired ones only if they can still be used. */
export function offeredModels({ book, model: current, plan }: OfferSettings): readonly Model[] {
  const others = book.models.filter(
    (model) =>
      model.kind === "chat" &&
      model.id !== current.id &&
      (model.status !== "retired" || isAvailable(model, plan)),
  );
  return [current, ...others];
}

/**
 * A model in a list: its state, its speed and what is left today, then price, context and abilities. A row of the list has
 * room for about 85 letters, and cuts the rest.
 */
export function modelItem(
  model: Model,
  { model: current, plan }: OfferSettings,
  record: ModelRecord = {},
): QuickPickItem {
  const { price, contextTokens } = model;
  const remarks = [
    model.id === current.id ? l10n.t("current") : "",
    model.status === "preview" ? l10n.t("preview") : "",
    isReplaced(model) ? l10n.t("replaced by {0}", model.successor) : "",
    isAvailable(model, plan) ? "" : l10n.t("unavailable"),
    price === undefined ? l10n.t("no price") : "",
    record.speed === undefined ? "" : speedWords(record.speed),
    record.room === undefined ? "" : leftToday(record.room),
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
    contextTokens === undefined ? "" : l10n.t("{0} context", formatCount(contextTokens)),
    abilityWords(model),
  ];
  return { label: model.id, description: joined(remarks), detail: joined(details) };
}

function isReplaced(model: Model): model is Model & { readonly successor: string } {
  return model.status === "replaced" && model.successor !== undefined;
}

/** `980 requests, 180,000 tokens left today`; empty where neither limit is known. */
function leftToday({ rpd, tpd }: FreeRoom): string {
  const parts = [
    rpd === undefined ? "" : requestWords(Math.floor(rpd.free)),
    tpd === undefined ? "" : l10n.t("{0} tokens", formatCount(Math.floor(tpd.free))),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : l10n.t("{0} left today", parts.join(", "));
}

function abilityWords({ abilities = {}, reasoningEffort }: Model): string {
  const names: readonly (readonly [can: boolean | undefined, name: string])[] = [
    [reasoningEffort, l10n.t("reasoning")],
    [abilities.tools, l10n.t("tools")],
    [abilities.images, l10n.t("images")],
    [abilities.strictJson, l10n.t("JSON")],
    [hasSearch(abilities), l10n.t("web")],
  ];
  return names.flatMap(([can, name]) => (can === true ? [name] : [])).join(", ");
}

function hasSearch({ builtInTools = [] }: Abilities): boolean {
  return builtInTools.includes("browser_search");
}

/** The median as measured here; the report has details. */
function speedWords({ tokensPerSecond }: ModelSpeed): string {
  if (tokensPerSecond === undefined) return "";
  return l10n.t("{0} tokens/s", formatCount(Math.round(tokensPerSecond.p50)));
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
