import { l10n } from "vscode";
import type { QuickPickItem } from "vscode";
import { formatPrice } from "../../core/budget/price";
import type { FreeRoom } from "../../core/limits/rateLimiter";
import type { Abilities, Model } from "../../core/models/model";
import { isAvailable } from "../../core/models/modelBook";
import type { ModelSpeed } from "../../core/report/usageReport";
import type { Settings } from "../settings";

/** What tells which models there are, and which one is in use. */
export type OfferSettings = Pick<Settings, "book" | "model" | "plan">;

/** What this machine knows of a model beside what is published. */
export interface ModelRecord {
  /** Of the last weeks. */
  readonly speed?: ModelSpeed;
  /** What the account has left of its limits. */
  readonly room?: FreeRoom;
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

/** A model in a list: its state and what is left of its day, then price, context, speed and abilities. */
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
    contextTokens === undefined
      ? ""
      : l10n.t("{0} tokens of context", contextTokens.toLocaleString()),
    record.speed === undefined ? "" : speedWords(record.speed),
    abilityWords(model),
  ];
  return { label: model.id, description: joined(remarks), detail: joined(details) };
}

function isReplaced(model: Model): model is Model & { readonly successor: string } {
  return model.status === "replaced" && model.successor !== undefined;
}

/** `980 requests, 180,000 tokens left of its day`; empty where neither limit is known. */
function leftToday({ rpd, tpd }: FreeRoom): string {
  const parts = [
    rpd === undefined ? "" : l10n.t("{0} requests", Math.floor(rpd.free).toLocaleString()),
    tpd === undefined ? "" : l10n.t("{0} tokens", Math.floor(tpd.free).toLocaleString()),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : l10n.t("{0} left of its day", parts.join(", "));
}

function abilityWords({ abilities = {}, reasoningEffort }: Model): string {
  const names: readonly (readonly [can: boolean | undefined, name: string])[] = [
    [reasoningEffort, l10n.t("reasoning")],
    [abilities.tools, l10n.t("tools")],
    [abilities.images, l10n.t("images")],
    [abilities.promptCaching, l10n.t("prompt cache")],
    [abilities.strictJson, l10n.t("JSON schema")],
    [hasSearch(abilities), l10n.t("web search")],
  ];
  return names.flatMap(([can, name]) => (can === true ? [name] : [])).join(", ");
}

function hasSearch({ builtInTools = [] }: Abilities): boolean {
  return builtInTools.includes("browser_search");
}

/** Medians, as measured here. */
function speedWords({ firstToken, tokensPerSecond }: ModelSpeed): string {
  const parts = [
    firstToken === undefined
      ? ""
      : l10n.t("{0} s to the first token", (firstToken.p50 / 1000).toFixed(2)),
    tokensPerSecond === undefined
      ? ""
      : l10n.t("{0} tokens/s", Math.round(tokensPerSecond.p50).toLocaleString()),
  ];
  return joined(parts);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
