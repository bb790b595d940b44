import { type Refusal, badRequest } from "../http/refusal";
import type { Organization } from "../organization";
import type { Switches } from "../switches";
import type { Ledger } from "./ledger";

/** Groq notices spending 10 to 15 minutes late (spend-limits page, read 2026-10). */
const noticeMs = 10 * 60 * 1_000;

/**
 * Blocks an organisation whose noticed spending of this calendar month (UTC) has reached its limit.
 * The status and the codes are documented, the words are not quoted anywhere.
 */
export function checkSpendLimit(
  organization: Organization,
  ledger: Ledger,
  code: Switches["spendLimitCode"],
  now: number,
): Refusal | undefined {
  if (organization.spendLimit === undefined) return undefined;
  const month = monthOf(now);
  const noticed = ledger
    .bill(organization.id)
    .entries.filter(({ at }) => at <= now - noticeMs && monthOf(at) === month)
    .reduce((sum, { amount }) => sum + amount, 0n);
  if (noticed < organization.spendLimit) return undefined;
  const message =
    "API access is blocked because your organization has reached its monthly spend limit.";
  return badRequest(message, { code });
}

function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7);
}
