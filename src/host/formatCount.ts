import { env } from "vscode";
import { whenUsed } from "./whenUsed";

const wholeNumbers = whenUsed(
  () => new Intl.NumberFormat(env.language, { maximumFractionDigits: 0 }),
);

/** A whole number as the editor's language writes it: `6,100`, in German `6.100`. */
export function formatCount(count: number): string {
  return wholeNumbers().format(count);
}
