import { l10n } from "vscode";
import type { Plan, PlanEvidence, HeaderLimits } from "../../core/models/planLimits";
import { formatCount } from "../formatCount";

/** The plan whose limits apply, and how it is known. */
export function planWords(evidence: PlanEvidence): {
  readonly name: string;
  readonly evidence: string;
} {
  switch (evidence.kind) {
    case "set":
      return { name: planName(evidence.plan), evidence: l10n.t("as set in groqCoder.plan") };
    case "recognised":
      return {
        name: planName(evidence.plan),
        evidence: l10n.t("recognised from Groq's headers: {0}", toldWords(evidence.told)),
      };
    case "ownLimits":
      return {
        name: l10n.t("limits of your own"),
        evidence: l10n.t(
          "Groq's headers show limits of no published plan: {0}",
          toldWords(evidence.told),
        ),
      };
    case "assumedFree":
      return {
        name: planName("free"),
        evidence: l10n.t("assumed until the headers of a first answer show it"),
      };
  }
}

function planName(plan: Exclude<Plan, "auto">): string {
  switch (plan) {
    case "free":
      return l10n.t("Free plan");
    case "developer":
      return l10n.t("Developer plan");
    case "enterprise":
      return l10n.t("Enterprise plan");
    case "custom":
      return l10n.t("Plan of your own");
  }
}

function toldWords({ tpm, rpd }: HeaderLimits): string {
  const parts = [
    tpm === undefined ? "" : l10n.t("{0} tokens per minute", formatCount(tpm)),
    rpd === undefined ? "" : l10n.t("{0} requests per day", formatCount(rpd)),
  ];
  return parts.filter((part) => part !== "").join(", ");
}
