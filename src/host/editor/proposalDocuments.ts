import { EventEmitter, Uri, workspace } from "vscode";
import type { Disposable } from "vscode";

const scheme = "groq-coder-proposal";

/** The right-hand side of a review: what a file would become, as read-only documents. */
export interface ProposalDocuments extends Disposable {
  /** The document's address; its name ends like the file's, so that it is highlighted alike. */
  put(proposalId: string, path: string, content: string): Uri;
  remove(proposalId: string): void;
}

export function createProposalDocuments(): ProposalDocuments {
  const contents = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => contents.get(uri.toString()),
  });
  return {
    put(proposalId, path, content) {
      const uri = Uri.from({ scheme, path: `/${path}`, query: proposalId });
      contents.set(uri.toString(), content);
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
