import type { ProjectionForm, ProjectionResult } from "../../src/protocol/projectionMessages";
import type { ReportView } from "../../src/protocol/reportMessages";
import type { UsageTab } from "../../src/protocol/usageChoices";
import type { UsageHostMessage } from "../../src/protocol/usageMessages";

/** What the page draws: a copy of the host's state, of which the page itself changes only the tab. */
export interface UsageState {
  readonly tab: UsageTab;
  readonly report: ReportView | undefined;
  readonly projectionForm: ProjectionForm | undefined;
  readonly projection: ProjectionResult | undefined;
  /** Why nothing can be shown. */
  readonly failure: { readonly title: string; readonly detail: string } | undefined;
  readonly announcement: string;
}

export const initialState: UsageState = {
  tab: "report",
  report: undefined,
  projectionForm: undefined,
  projection: undefined,
  failure: undefined,
  announcement: "",
};

export function reduce(state: UsageState, message: UsageHostMessage): UsageState {
  switch (message.type) {
    case "report":
      return { ...state, report: message.report, failure: undefined };
    case "projectionForm":
      return { ...state, projectionForm: message.form };
    case "projection":
      return { ...state, projection: message.result };
    case "showTab":
      return { ...state, tab: message.tab };
    case "announce":
      return { ...state, announcement: message.text };
    case "failed":
      return { ...state, failure: message };
  }
}
