import {
  commands,
  EventEmitter,
  l10n,
  TabInputText,
  TabInputTextDiff,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { Disposable, Event, Uri } from "vscode";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { applyProposal, proposeFrom, refuseReadOnly } from "./proposal";
import type { ProposedFile } from "./proposal";
import { createProposalDocuments } from "./proposalDocuments";

export type ReviewState = "reviewing" | "accepted" | "rejected";

/** Shows an answer's edit as a diff and applies it when the user accepts exactly that. One at a time. */
export interface Review extends Disposable {
  readonly onDidChange: Event<string>;
  stateOf(answerId: string): ReviewState | undefined;
  open(answer: AnswerTurn, offered: readonly CodeExcerpt[]): Promise<Result<void>>;
  /** The same for what has been worked out already, as of one block of the answer. */
  show(answerId: string, files: readonly ProposedFile[]): Promise<Result<void>>;
  /** Without an id: the one under review. */
  accept(answerId?: string): Promise<Result<void>>;
  reject(answerId?: string): Promise<Result<void>>;
}

interface OpenProposal {
  readonly answerId: string;
  readonly files: readonly ProposedFile[];
}

const reviewingContext = "groqCoder.reviewing";

export function createReview(): Review {
  const documents = createProposalDocuments();
  const changed = new EventEmitter<string>();
  const states = new Map<string, ReviewState>();
  let shown: OpenProposal | undefined;

  async function close(proposal: OpenProposal): Promise<void> {
    shown = undefined;
    states.delete(proposal.answerId);
    await commands.executeCommand("setContext", reviewingContext, false);
    await closeDiffs(proposal.answerId);
    documents.remove(proposal.answerId);
    changed.fire(proposal.answerId);
  }

  async function settle(proposal: OpenProposal, state: "accepted" | "rejected"): Promise<void> {
    await close(proposal);
    states.set(proposal.answerId, state);
    changed.fire(proposal.answerId);
  }

  function underReview(answerId: string | undefined): OpenProposal | undefined {
    return answerId === undefined || answerId === shown?.answerId ? shown : undefined;
  }

  async function show(answerId: string, files: readonly ProposedFile[]): Promise<Result<void>> {
    if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
    for (const file of files) {
      const readOnly = await refuseReadOnly(file.uri, file.path);
      if (readOnly !== undefined) return fail(readOnly);
    }
    if (shown !== undefined && !isSame(shown, answerId, files)) await close(shown);
    shown = { answerId, files };
    states.set(answerId, "reviewing");
    await commands.executeCommand("setContext", reviewingContext, true);
    for (const { uri, path, after } of files) {
      const proposed = documents.put(answerId, path, after);
      const title = l10n.t("{0}: proposed edit", path);
      const options = { preview: false, viewColumn: columnOf(uri) };
      await commands.executeCommand("vscode.diff", uri, proposed, title, options);
    }
    changed.fire(answerId);
    return succeed(undefined);
  }

  return {
    onDidChange: changed.event,
    stateOf: (answerId) => states.get(answerId),
    async open(answer, offered) {
      if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
      const files = await proposeFrom(answer, offered);
      return files.ok ? show(answer.id, files.value) : files;
    },
    show,
    async accept(answerId) {
      const proposal = underReview(answerId);
      if (proposal === undefined) return fail({ kind: "noProposal" });
      if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
      const applied = await applyProposal(proposal.files);
      if (!applied.ok) return applied;
      await settle(proposal, "accepted");
      const [first] = proposal.files;
      if (first !== undefined)
        await window.showTextDocument(first.uri, { viewColumn: columnOf(first.uri) });
      return succeed(undefined);
    },
    async reject(answerId) {
      const proposal = underReview(answerId);
      if (proposal === undefined) return fail({ kind: "noProposal" });
      await settle(proposal, "rejected");
      return succeed(undefined);
    },
    dispose() {
      documents.dispose();
      changed.dispose();
    },
  };
}

/** Another block of the same answer is another proposal; the same one again keeps its tabs. */
function isSame(open: OpenProposal, answerId: string, files: readonly ProposedFile[]): boolean {
  const paths = new Set(files.map(({ path }) => path));
  return open.answerId === answerId && open.files.every(({ path }) => paths.has(path));
}

async function closeDiffs(answerId: string): Promise<void> {
  const tabs = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof TabInputTextDiff && input.modified.query === answerId);
  await window.tabGroups.close(tabs);
}

/** Where the document is open already, so that nothing covers the chat when that is a tab, too. */
function columnOf(uri: Uri): ViewColumn {
  const group = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(
      ({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString(),
    ),
  );
  return group?.viewColumn ?? ViewColumn.Active;
}
