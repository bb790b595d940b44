import { l10n } from "vscode";

/** `2 s`, `9 min 38 s`, `3 h 5 min`; rounded up, so that a wait is never announced too short. */
export function formatWait(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return l10n.t("{0} s", seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return l10n.t("{0} min {1} s", minutes, seconds % 60);
  return l10n.t("{0} h {1} min", Math.floor(minutes / 60), minutes % 60);
}
