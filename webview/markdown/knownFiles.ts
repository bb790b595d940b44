import { postToHost } from "../host";

/** The files named in answers that the host has found. Each reference is asked about once. */
const found = new Set<string>();
const asked = new Set<string>();
const watchers = new Set<() => void>();
let due: string[] = [];

const mostAtOnce = 200;
/** The most references that a page ever asks about, in case an answer is nothing but paths. */
const mostAsked = 5000;

export function isKnownFile(reference: string): boolean {
  return found.has(reference);
}

/** Asks the host, batched with others of this moment; `onFound` is called when any file was found. */
export function watchFile(reference: string, onFound: () => void): () => void {
  watchers.add(onFound);
  if (!asked.has(reference) && asked.size < mostAsked) {
    asked.add(reference);
    if (due.length === 0) setTimeout(ask);
    due.push(reference);
  }
  return () => watchers.delete(onFound);
}

function ask(): void {
  for (let at = 0; at < due.length; at += mostAtOnce)
    postToHost({ type: "findFiles", references: due.slice(at, at + mostAtOnce) });
  due = [];
}

/** The host has found these in the workspace. */
export function addKnownFiles(references: readonly string[]): void {
  for (const reference of references) found.add(reference);
  for (const watcher of watchers) watcher();
}
