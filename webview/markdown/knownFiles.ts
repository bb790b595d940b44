import { listenToHost, postToHost } from "../host";

/** What the host has found of the files that answers name. A reference is asked about once. */
const found = new Set<string>();
const asked = new Set<string>();
const watchers = new Set<() => void>();
let due: string[] = [];

const mostAtOnce = 200;
/** What a page asks about in its life; an answer of nothing but paths is not followed for ever. */
const mostAsked = 5000;

export function isKnownFile(reference: string): boolean {
  return found.has(reference);
}

/** Asks the host, together with all that is asked in this moment; `onFound` is called when any file was found. */
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

/** From the page's start on. */
export function listenForFiles(): void {
  listenToHost((message) => {
    if (message.type !== "foundFiles") return;
    for (const reference of message.references) found.add(reference);
    for (const watcher of watchers) watcher();
  });
}
