import { markdownTable } from "./markdownTable.mjs";

/** @import { SourceFacts } from "./sourceFacts.mjs" */
/** @import { Model, RateLimits } from "../../src/core/models/model" */

/**
 * The tables about models, by name.
 * @param {SourceFacts} facts
 */
export function modelTables(facts) {
  const there = facts.catalogue.filter(({ status }) => status !== "retired");
  const chat = there.filter(({ kind }) => kind === "chat");
  return {
    readOn: `The catalogue was last read on ${facts.catalogueReadOn}.`,
    prices: priceTable(facts, chat),
    freeLimits: limitTable(there.filter(({ free }) => free).map(({ id, free }) => [id, free])),
    developerLimits: limitTable(
      there.filter(({ developer }) => developer).map(({ id, developer }) => [id, developer]),
    ),
    retired: retiredTable(facts.catalogue.filter(({ status }) => status === "retired")),
    otherModels: otherTable(
      facts,
      there.filter(({ kind }) => kind !== "chat"),
    ),
    superseded: supersededTable(facts),
    workedPrices: workedPrices(facts),
    productionModels: productionTable(
      facts,
      chat.filter(({ status }) => status === "production"),
    ),
  };
}

/**
 * @param {SourceFacts} facts
 * @param {readonly Model[]} models
 */
function priceTable({ formatPrice }, models) {
  const head = [
    "",
    "status",
    "input",
    "cached input",
    "output",
    "context",
    "longest answer",
    "read",
  ];
  return markdownTable(
    head,
    models.map((model) => [
      nameOf(model.id),
      statusOf(model),
      ...(model.price
        ? [
            formatPrice(model.price.input),
            // Where no discount is published the whole price holds.
            model.price.cachedInput === model.price.input
              ? "no discount known"
              : formatPrice(model.price.cachedInput),
            formatPrice(model.price.output),
          ]
        : ["no price known", "", ""]),
      count(model.contextTokens),
      count(model.maxOutputTokens),
      model.source,
    ]),
  );
}

/**
 * Prices and the free plan's limits, side by side.
 * @param {SourceFacts} facts
 * @param {readonly Model[]} models
 */
function productionTable({ formatPrice }, models) {
  return markdownTable(
    ["", "input", "cached input", "output", "free plan, per minute", "per day"],
    models.map(({ id, price, free }) => [
      nameOf(id),
      ...(price === undefined
        ? ["no price known", "", ""]
        : [price.input, price.cachedInput, price.output].map(formatPrice)),
      `${count(free?.rpm)} requests, ${count(free?.tpm)} tokens`,
      `${count(free?.rpd)} requests, ${count(free?.tpd)} tokens`,
    ]),
  );
}

/** @param {Model} model */
function statusOf({ status, successor }) {
  return successor === undefined ? status : `${status} by ${nameOf(successor)}`;
}

/** @param {readonly (readonly [string, RateLimits | undefined])[]} rows */
function limitTable(rows) {
  return markdownTable(
    ["", "requests a minute", "requests a day", "tokens a minute", "tokens a day"],
    rows.map(([id, limits]) => [
      nameOf(id),
      count(limits?.rpm),
      count(limits?.rpd),
      count(limits?.tpm),
      count(limits?.tpd),
    ]),
  );
}

/** @param {readonly Model[]} models */
function retiredTable(models) {
  return markdownTable(
    ["", "since", "what is used in its place", "read"],
    models
      .toSorted((left, right) => (right.retiredOn ?? "").localeCompare(left.retiredOn ?? ""))
      .map(({ id, retiredOn, successor, source }) => [
        nameOf(id),
        retiredOn ?? "not known",
        successor === undefined ? "nothing" : nameOf(successor),
        source,
      ]),
  );
}

/**
 * @param {SourceFacts} facts
 * @param {readonly Model[]} models
 */
function otherTable({ formatPrice, transcriptionModels, speechModels }, models) {
  return markdownTable(
    ["", "for", "status", "price"],
    [
      ...models.map(({ id, kind, status, price }) => [
        nameOf(id),
        kind,
        status,
        price === undefined
          ? "no price known"
          : `${formatPrice(price.input)} input, ${formatPrice(price.output)} output, per million tokens`,
      ]),
      ...transcriptionModels.map(({ id, kind, status, price }) => [
        nameOf(id),
        kind,
        status,
        `${formatPrice(price.perHour)} per hour, of each request at least ${price.leastSeconds} seconds`,
      ]),
      ...speechModels.map(({ id, kind, status, price }) => [
        nameOf(id),
        kind,
        status,
        `${formatPrice(price.perMillionCharacters)} per million characters`,
      ]),
    ],
  );
}

/** What holds in place of the flat list. */
function supersededTable(/** @type {SourceFacts} */ facts) {
  const head = [
    "",
    `list before ${facts.supersededListBefore}`,
    `on Groq's pages since ${facts.supersededOn} at the latest`,
  ];
  const rows = facts.supersededPrices.map(({ id, usdPerMillion }) => [
    nameOf(id),
    `$${usdPerMillion} for every million tokens`,
    pricesOf(facts, facts.findModel(id)),
  ]);
  return markdownTable(head, [
    ...rows,
    ["Free plan", "there is none", "there is one, without a card, with the limits below"],
  ]);
}

/**
 * @param {SourceFacts} facts
 * @param {Model | undefined} model
 */
function pricesOf({ formatPrice }, model) {
  if (model?.retiredOn !== undefined) return `retired on ${model.retiredOn}`;
  if (model?.price === undefined) return "no price known";
  const { input, cachedInput, output } = model.price;
  return `${formatPrice(input)} input, ${formatPrice(cachedInput)} cached input, ${formatPrice(output)} output`;
}

/** The same 100 million tokens in and 20 million out, in each way in which they can be billed. */
function workedPrices(/** @type {SourceFacts} */ facts) {
  const id = "openai/gpt-oss-120b";
  const price = facts.findModel(id)?.price;
  if (price === undefined) throw new Error(`the catalogue has no price for ${id}`);
  const work = { callsADay: 1000, daysAMonth: 1, inputTokens: 100_000, outputTokens: 20_000 };
  const dollars = (/** @type {number} */ cachedPercent, batchPercent = 0) =>
    facts.formatDollars(facts.monthlyCost({ ...work, cachedPercent, batchPercent }, price));
  return markdownTable(
    ["100 million tokens in, 20 million out, on `openai/gpt-oss-120b`", "cost"],
    [
      ["nothing cached", dollars(0)],
      ["half of the input cached", dollars(50)],
      ["all of the input cached", dollars(100)],
      ["in batches, whatever is cached", dollars(50, 100)],
    ],
  );
}

function nameOf(/** @type {string} */ id) {
  return /^[a-z0-9./-]+$/.test(id) ? `\`${id}\`` : id;
}

function count(/** @type {number | undefined} */ value) {
  return value === undefined ? "not known" : value.toLocaleString("en-US");
}
