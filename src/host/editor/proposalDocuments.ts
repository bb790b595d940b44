import { EventEmitter, Uri, workspace } from "vscode";
import type { Disposable } from "vscode";

/** Read-only documents that the extension provides: views of an edit, and what a file would become. */
export interface ProposalDocuments extends Disposable {
  /** The document's address; its name, and so its tab's title, ends like the path. */
  put(proposalId: string, path: string, content: string): Uri;
  remove(proposalId: string): void;
}

/** The sides of a diff. */
export const proposalScheme = "groq-coder-proposal";
/** The merged view in which changes are decided on. */
export const reviewScheme = "groq-coder-review";

/** Whether it is one of these documents, and not the user's text. */
export function isMadeUp({ scheme }: Uri): boolean {
  return scheme === reviewScheme || scheme === proposalScheme;
}

export function createProposalDocuments(scheme: string): ProposalDocuments {
  const contents = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => contents.get(uri.toString()),
  });
  return {
    put(proposalId, path, content) {
      const uri = Uri.from({ scheme, path: `/${path}`, query: proposalId });
      const key = uri.toString();
      if (contents.get(key) === content) return uri;
      contents.set(key, content);
      changed.fire(uri);
      return uri;
    },
    remove(proposalId) {
      for (const key of contents.keys())
        if (Uri.parse(key).query === proposalId) contents.delete(key);
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}
