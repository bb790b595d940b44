/** What can be chosen on the usage page. Apart from the messages, because the report is laid out before any is read. */

export const usageTabs = ["report", "projection"] as const;
export type UsageTab = (typeof usageTabs)[number];

export const periodKinds = [
  "today",
  "last7",
  "last30",
  "month",
  "lastMonth",
  "quarter",
  "lastQuarter",
  "year",
  "all",
] as const;

/** Whose limits a projection is held against: the account's as far as they are known, or a plan's as published. */
export const projectedPlans = ["account", "free", "developer"] as const;
