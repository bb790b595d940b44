import { env } from "vscode";
import { whenUsed } from "./whenUsed";

const wholeNumbers = whenUsed(
  () => new Intl.NumberFormat(env.language, { maximumFractionDigits: 0 }),
);

const tenths = whenUsed(() => new Intl.NumberFormat(env.language, { maximumFractionDigits: 1 }));

/** A number with at most one decimal place: `0.4`, in German `0,4`. */
export function formatTenths(value: number): string {
  return tenths().format(value);
}

/** A whole number as the editor's language writes it: `6,100`, in German `6.100`. */
export function formatCount(count: number): string {
  return wholeNumbers().format(count);
}
