import { commands, l10n, QuickPickItemKind, window } from "vscode";
import type { QuickPickItem } from "vscode";
import type { FreeRoom } from "../../core/limits/rateLimiter";
import type { PlanEvidence } from "../../core/models/planLimits";
import { budgetLevel, readMeterState } from "../statusBar/meterState";
import type { MeterSources, MeterState } from "../statusBar/meterState";
import { limitRows } from "../statusBar/meterWords";
import { planWords } from "../statusBar/planWords";
import type { CommandResult } from "./commandResult";

/** What is known of the current model's limits; `limits` is empty if nothing is. */
interface ShownLimits {
  readonly ok: true;
  readonly model?: string;
  /** Where the limits come from. */
  readonly plan?: PlanEvidence;
  readonly limits: FreeRoom;
}

type Choice = QuickPickItem & { readonly command?: string; readonly argument?: unknown };

/** Shows the current model's limits and, below them, actions on budget and limits. */
export async function showLimits(sources: MeterSources): Promise<CommandResult> {
  const state = await readMeterState(sources);
  if (!state.ok) return state;
  const { room } = state.value;
  const rows = room === undefined ? [] : limitRows(room);
  const items: Choice[] = [
    { label: room?.model ?? l10n.t("No key is set"), kind: QuickPickItemKind.Separator },
    ...rows.map(([name = "", free = "", full = ""]) => ({
      label: name,
      description: free,
      detail: full,
    })),
    ...planItems(room?.plan),
    { label: l10n.t("Actions"), kind: QuickPickItemKind.Separator },
    { label: l10n.t("$(comment-discussion) Open Chat"), command: "groqCoder.openChat" },
    { label: l10n.t("$(symbol-misc) Select Model"), command: "groqCoder.selectModel" },
    ...todayChoices(state.value),
    { label: l10n.t("$(credit-card) Set Budget"), command: "groqCoder.setBudget" },
    { label: l10n.t("$(graph) Show Usage"), command: "groqCoder.showUsage" },
  ];
  // Not awaited: the caller gets the numbers at once.
  void window
    .showQuickPick(items, { title: l10n.t("Limits and Budget"), matchOnDescription: true })
    .then((chosen) => chosen && run(chosen));
  const shown: ShownLimits = {
    ok: true,
    limits: room?.room ?? {},
    ...(room !== undefined && { model: room.model }),
    ...(room?.plan !== undefined && { plan: room.plan }),
  };
  return shown;
}

function planItems(plan: PlanEvidence | undefined): readonly Choice[] {
  if (plan === undefined) return [];
  const { name, evidence } = planWords(plan);
  return [{ label: name, detail: evidence }];
}

/** The item that takes today's raise back or, if today's budget is nearly used up, raises it. */
function todayChoices(state: MeterState): readonly Choice[] {
  const command = "groqCoder.setBudget";
  if (state.raise !== undefined)
    return [
      { label: l10n.t("$(discard) Take Back Today's Raise"), command, argument: { today: 0 } },
    ];
  if (state.caps.day === undefined || budgetLevel(state) === "calm") return [];
  const argument = { raiseForToday: true };
  return [{ label: l10n.t("$(arrow-up) Raise for Today…"), command, argument }];
}

async function run({ command, argument }: Choice): Promise<void> {
  if (command === undefined) return;
  await commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
}
