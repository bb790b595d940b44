import { ConfigurationTarget, workspace } from "vscode";
import * as z from "zod/mini";
import type { CapPeriod } from "../../core/budget/caps";
import { fail } from "../../core/dispatch/failure";
import type { Failure } from "../../core/dispatch/failure";
import type { DailyRaise } from "../dailyRaise";
import { readDollars } from "../modelSettings";
import { section } from "../settings";
import { askForBudget, askForRaise } from "./askForBudget";
import type { Budget } from "./askForBudget";
import { done, toCommandResult } from "./commandResult";
import type { CommandResult } from "./commandResult";

const amount = z.optional(z.number().check(z.nonnegative(), z.maximum(1_000_000)));
/** US dollars; 0 removes the cap. Absent fields stay as they are. `today`: for the rest of the day; 0 takes the raise back. */
const budgetSchema = z
  .strictObject({ session: amount, daily: amount, monthly: amount, today: amount })
  .check(z.refine((budget) => Object.keys(budget).length > 0));
/** Asks for a raise for today; `needed`: spent so far and what the refused request needs, in picodollars. */
const raiseSchema = z.strictObject({
  raiseForToday: z.literal(true),
  needed: z.optional(z.string().check(z.regex(/^\d{1,24}$/))),
});

const settingOf = { session: "session", day: "daily", month: "monthly" } as const satisfies Record<
  CapPeriod,
  keyof Budget
>;

/** Sets caps for all windows; asks which one and how much without an argument. */
export async function setBudget(raise: DailyRaise, argument: unknown): Promise<CommandResult> {
  const given = await readArgument(raise, argument);
  if ("kind" in given) return fail(given);
  const configuration = workspace.getConfiguration(`${section}.budget`);
  for (const setting of Object.values(settingOf)) {
    const dollars = given[setting];
    if (dollars !== undefined)
      await configuration.update(setting, dollars, ConfigurationTarget.Global);
  }
  return given.today === undefined ? done : raiseToday(raise, given.today);
}

async function readArgument(raise: DailyRaise, argument: unknown): Promise<Budget | Failure> {
  const stopped: Failure = { kind: "stopped" };
  if (argument === undefined) return (await askForBudget(raise)) ?? stopped;
  const asked = raiseSchema.safeParse(argument);
  if (asked.success) return (await askForRaise(raise, BigInt(asked.data.needed ?? "0"))) ?? stopped;
  return budgetSchema.safeParse(argument).data ?? { kind: "invalidBudget" };
}

async function raiseToday(raise: DailyRaise, dollars: number): Promise<CommandResult> {
  const cap = readDollars(dollars);
  if (cap === undefined) return fail({ kind: "invalidBudget" });
  if (cap > 0n) return toCommandResult(await raise.raise(cap));
  await raise.takeBack();
  return done;
}
