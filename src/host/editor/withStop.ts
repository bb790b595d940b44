import { ProgressLocation, window } from "vscode";

/** Shows that something is under way, and lets the user stop it. */
export async function withStop<T>(
  title: string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, (_progress, cancellation) => {
    const abort = new AbortController();
    cancellation.onCancellationRequested(() => abort.abort());
    return run(abort.signal);
  });
}
