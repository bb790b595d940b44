/** The usage page's texts in the user's language, which the host writes into the page. */
export interface UsageWords {
  readonly usage: string;
  readonly report: string;
  readonly projection: string;
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly figures: string;
  readonly showTable: string;
  /** `{0}` is a chart's title. */
  readonly pickBar: string;
  readonly nothing: string;
  readonly loading: string;
  readonly exportAs: string;
  readonly exportCsv: string;
  readonly exportJson: string;
  readonly exportMarkdown: string;
}
