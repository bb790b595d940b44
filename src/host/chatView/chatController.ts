import { env, l10n, Uri, window } from "vscode";
import type { Disposable } from "vscode";
import type { ChatChange } from "../../core/chat/chat";
import { versionsIn } from "../../core/chat/branches";
import { questionOf } from "../../core/chat/conversation";
import type { AnswerStatus, Turn } from "../../core/chat/conversation";
import type { Clock } from "../../core/dispatch/clock";
import type { Ledger, Spend } from "../../core/dispatch/ledger";
import type {
  ChatStatus,
  ChatViewMessage,
  HostMessage,
  TurnView,
} from "../../protocol/chatMessages";
import { continueInChat, resendInChat, retryInChat } from "../commands/chatCommands";
import type { CommandResult } from "../commands/commandResult";
import type { Reporter } from "../commands/reporter";
import { acceptEdit, rejectEdit, reviewAnswer } from "../commands/reviewCommands";
import { explainFailure } from "../explainFailure";
import type { Log } from "../log";
import type { Secrets } from "../secrets";
import type { Settings } from "../settings";
import { costWords, requestWords } from "../spendWords";
import { createCodeActions } from "./codeActions";
import type { CodeActionsParts } from "./codeActions";
import type { Composer } from "./composer";
import { createCountdown } from "./countdown";
import { retryWith } from "./retryWith";
import { viewSetup } from "./setupView";
import { shownAppend } from "./shownText";
import { createSurfaces } from "./surfaces";
import type { Surfaces } from "./surfaces";
import { takeWayOut } from "./takeWayOut";
import { viewTurn } from "./turnViews";

export interface ChatController extends Disposable {
  readonly surfaces: Surfaces;
  /** Redraws the state of key and model. */
  refreshStatus(): Promise<void>;
  /** Redraws the session's cost: not all spending belongs to an answer of this window. */
  refreshCost(): Promise<void>;
  focus(): void;
  /** Sends a text as the message box does, but at once or not at all. */
  sendMessage(text: string): Promise<CommandResult>;
}

export interface ChatControllerParts extends CodeActionsParts {
  readonly ledger: Ledger;
  readonly keys: Secrets;
  readonly settings: () => Pick<Settings, "model" | "book" | "plan">;
  readonly clock: Clock;
  readonly log: Log;
  readonly reporter: Reporter;
  /** Makes the message box, which reports its changes through `post`. */
  readonly composer: (post: (message: HostMessage) => void) => Composer;
  /** Resolves when what the window remembers of the last session is restored. */
  readonly restored: () => Promise<void>;
}

/** Keeps every chat webview showing the window's conversation. The host owns the state; they draw it. */
export function createChatController(parts: ChatControllerParts): ChatController {
  const { chat, review, clock, log, reporter } = parts;
  const surfaces = createSurfaces(receive, () =>
    log.warn("Dropped an unknown message of the chat view"),
  );
  const countdown = createCountdown();
  const codeActions = createCodeActions(parts);
  const composer = parts.composer(surfaces.post);
  let sessionCost = "";
  /** The user opened the chat, and the page is not ready yet. */
  let isFocusWanted = false;

  const book = () => parts.settings().book;
  const wayOutParts = { chat, review, keys: parts.keys, book, reporter };

  function view(turn: Turn, versions: ReturnType<typeof versionsIn>): TurnView {
    return viewTurn(turn, {
      review: review.stateOf(turn.id),
      question: turn.role === "answer" ? questionOf(chat.conversation(), turn) : undefined,
      versions: versions.get(turn.id) ?? [],
      nowMs: clock.now(),
    });
  }

  function focusIfWanted(reply: (answer: HostMessage) => void): void {
    if (isFocusWanted) reply({ type: "focus" });
    isFocusWanted = false;
  }

  function postTurn(turnId: string): void {
    const turn = chat.shown().find((candidate) => candidate.id === turnId);
    const versions = versionsIn(chat.conversation().turns);
    if (turn !== undefined) surfaces.post({ type: "turn", turn: view(turn, versions) });
  }

  async function status(): Promise<ChatStatus> {
    const credentials = await parts.keys.credentials();
    const address = parts.keys.baseUrl();
    const { model } = parts.settings();
    const told = { model, disclosure: address.ok ? disclosure(address.value) : "" };
    return {
      busy: chat.isBusy(),
      sessionCost,
      disclosure: told.disclosure,
      ...(!credentials.ok && { setup: viewSetup(credentials.failure, told) }),
    };
  }

  async function refreshStatus(): Promise<void> {
    surfaces.post({ type: "status", status: await status() });
  }

  async function refreshCost(): Promise<void> {
    const spend = await parts.ledger.spent({
      kind: "session",
      conversationId: chat.conversation().id,
    });
    sessionCost = spend.ok ? sessionCostWords(spend.value) : l10n.t("Session cost unknown");
    await refreshStatus();
  }

  /** To be posted at once: it would undo text that arrives in between. */
  function snapshot(current: ChatStatus): HostMessage {
    const { id, turns: all } = chat.conversation();
    const versions = versionsIn(all);
    const turns = chat.shown().map((turn) => view(turn, versions));
    return { type: "conversation", conversationId: id, turns, status: current };
  }

  async function run(act: () => Promise<CommandResult>): Promise<void> {
    await reporter.report(act);
  }

  function receive(message: ChatViewMessage, reply: (answer: HostMessage) => void): void {
    void handle(message, reply).catch((error: unknown) => log.error(String(error)));
  }

  async function handle(
    message: ChatViewMessage,
    reply: (answer: HostMessage) => void,
  ): Promise<void> {
    switch (message.type) {
      case "ready":
        await parts.restored();
        reply(snapshot(await status()));
        composer.open(message.lastLetters, reply);
        return focusIfWanted(reply);
      case "send":
        await parts.restored();
        return composer.send(message.text);
      case "stop":
        return chat.stop();
      case "newChat":
        return chat.startNew();
      case "retry":
        return run(() => retryInChat(parts, message.turnId));
      case "action":
        await takeWayOut(wayOutParts, message.actionId, message.turnId);
        return refreshStatus();
      case "review":
        return run(() => reviewAnswer(parts, message.turnId));
      case "accept":
        return run(() => acceptEdit(parts, message.turnId));
      case "reject":
        return run(() => rejectEdit(parts, message.turnId));
      case "retryWith":
        return run(() => retryWith(parts, parts.settings(), message.turnId));
      case "continue":
        return run(() => continueInChat(parts, message.turnId));
      case "resend":
        // Unless it is refused, the box in which it was edited goes.
        if (!chat.isBusy()) reply({ type: "focus" });
        return run(() => resendInChat(parts, message.turnId, message.text));
      case "showVersion":
        return chat.showVersion(message.turnId);
      case "openLink":
        return openLink(message.url);
      case "code":
        return run(() => codeActions.run(message));
      case "findFiles": {
        const found = await codeActions.findFiles(message.references);
        return reply({ type: "foundFiles", references: found });
      }
      case "openFile":
        return run(() => codeActions.openFile(message.reference));
      default:
        return composer.handle(message, reply);
    }
  }

  async function follow(change: ChatChange): Promise<void> {
    switch (change.kind) {
      case "conversation":
        sessionCost = "";
        // The end of an answer in another conversation is not reported any more.
        countdown.dispose();
        surfaces.post(snapshot(await status()));
        return refreshCost();
      case "appended": {
        const { turnId, field, offset, text } = change;
        const append = shownAppend({ type: "append", turnId, field, offset, text });
        if (append !== undefined) surfaces.post(append);
        return;
      }
      case "turn":
        return followTurn(change.turn);
      case "busy":
        // A summary may have ended instead of an answer, and it has cost something as well.
        return chat.isBusy() ? refreshStatus() : refreshCost();
      case "summarising":
        return;
      case "notSaved": {
        const { title, detail } = explainFailure(change.failure);
        log.error(`${title}: ${detail}`);
        surfaces.post({ type: "announce", text: title });
        return;
      }
    }
  }

  function followTurn(turn: Turn): void {
    postTurn(turn.id);
    if (turn.role === "user") return;
    countdown.follow(turn.status, () => postTurn(turn.id));
    const text = announcement(turn.status);
    if (text !== undefined) surfaces.post({ type: "announce", text });
  }

  const stopFollowing = chat.onChange((change) => {
    void follow(change).catch((error: unknown) => log.error(String(error)));
  });
  const reviewing = review.onDidChange(postTurn);

  return {
    surfaces,
    async refreshStatus() {
      await refreshStatus();
      await composer.refresh();
    },
    refreshCost,
    focus() {
      isFocusWanted = !surfaces.post({ type: "focus" });
    },
    sendMessage: (text) => composer.sendNow(text),
    dispose() {
      stopFollowing();
      composer.dispose();
      reviewing.dispose();
      countdown.dispose();
    },
  };
}

/** What a screen reader announces of an answer: its start, its end, its failure; never the text itself. */
function announcement(status: AnswerStatus): string | undefined {
  switch (status.kind) {
    case "waiting":
      return undefined;
    case "streaming":
      return l10n.t("Answering");
    case "complete":
      return l10n.t("The answer is complete");
    case "failed":
      return explainFailure(status.failure).title;
  }
}

function sessionCostWords(spend: Spend): string {
  const { calls, unpriced } = spend;
  const cost = costWords(spend);
  return unpriced === 0 || unpriced === calls
    ? l10n.t("Session: {0}", cost)
    : l10n.t("Session: {0} and {1} without a known price", cost, requestWords(unpriced));
}

function disclosure(baseUrl: string): string {
  return l10n.t(
    "What you ask goes to {0}, with what the chips above the message box show, or with the code that a command is about and what that code uses. Nothing else leaves this machine, and nothing is sent before you ask.",
    new URL(baseUrl).host,
  );
}

/** Links in answers come from the model: the whole address is shown and must be confirmed before it opens. */
async function openLink(address: string): Promise<void> {
  const url = URL.parse(address);
  if (url?.protocol !== "https:") return;
  const open = l10n.t("Open");
  const message = l10n.t("Open this address from the answer?");
  const options = { modal: true, detail: url.href };
  if ((await window.showWarningMessage(message, options, open)) === open)
    await env.openExternal(Uri.parse(url.href));
}
