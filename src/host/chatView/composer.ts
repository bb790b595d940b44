import type { Disposable } from "vscode";
import { l10n } from "vscode";
import type { Chat, Question } from "../../core/chat/chat";
import { expectedOutput } from "../../core/chat/expectedOutput";
import type { HostMessage, ChatViewMessage } from "../../protocol/chatMessages";
import type { ChipView, ComposerView } from "../../protocol/composerMessages";
import { askInChat } from "../commands/chatCommands";
import type { Reporter } from "../commands/reporter";
import type { ContextBoard, ContextChip, ContextRequest } from "../context/contextBoard";
import type { FileSearch } from "../context/fileSearch";
import type { Log } from "../log";
import type { Settings } from "../settings";
import type { ComposerSettings } from "./composerSettings";
import { nextRequestWords, nothingNext } from "./nextRequestWords";
import type { NextRequest } from "./nextRequestWords";
import { runSlashCommand } from "./runSlashCommand";
import { describeSlashCommand, readSlashCommand, slashCommands } from "./slashCommands";

/** Messages of the webview that are about its message box. */
export type ComposerMessage = Extract<
  ChatViewMessage,
  {
    type:
      | "draft"
      | "removeContext"
      | "automatic"
      | "mentions"
      | "attach"
      | "drop"
      | "addContext"
      | "choose"
      | "unqueue";
  }
>;

/** The host's side of the message box: what goes along, what it will cost, and the message that waits. */
export interface Composer extends Disposable {
  view(): ComposerView;
  handle(message: ComposerMessage, reply: (answer: HostMessage) => void): Promise<void>;
  /** What is shown may have changed with the settings or the key. */
  refresh(): Promise<void>;
  /** Sends what was typed, or keeps it until the answer under way has ended. */
  send(text: string): Promise<void>;
}

export interface ComposerParts {
  readonly chat: Chat;
  readonly board: ContextBoard;
  readonly search: FileSearch;
  readonly settings: () => Settings;
  readonly choices: ComposerSettings;
  readonly reporter: Reporter;
  readonly log: Log;
  readonly post: (message: HostMessage) => void;
}

/** While a request would have to wait, its time is told anew so often. */
const countdownMs = 1000;
const mostMentions = 20;

export function createComposer(parts: ComposerParts): Composer {
  const { chat, board, choices, reporter } = parts;
  let draft = "";
  let next: NextRequest = nothingNext;
  let queued = "";
  let asked = 0;
  let countdown: NodeJS.Timeout | undefined;

  function view(): ComposerView {
    const { automatic, blocked } = board.switches();
    const chips = board.chips();
    const own = chips.find((chip) => chip.automatic);
    return {
      chips: chips.filter((chip) => !chip.automatic).map(viewChip),
      automatic: {
        on: automatic && blocked === undefined,
        hint: blocked ?? l10n.t("Send the selected code, or what is around the cursor, along"),
        ...(own !== undefined && { chip: viewChip(own) }),
      },
      ...next,
      queued,
      ...choices.view(),
      commands: slashCommands.map((name) => ({ name, description: describeSlashCommand(name) })),
    };
  }

  function draw(): void {
    parts.post({ type: "composer", composer: view() });
  }

  /** Of several that overlap, the one that was asked for last is shown. */
  async function foretell(): Promise<void> {
    clearTimeout(countdown);
    const turn = ++asked;
    const isQuestion = draft.trim() !== "" && readSlashCommand(draft) === undefined;
    const foretold = isQuestion ? await foretellDraft(draft) : nothingNext;
    if (turn !== asked) return;
    next = foretold;
    draw();
    if (next.heldUp) countdown = setTimeout(() => run(foretell()), countdownMs);
  }

  async function foretellDraft(text: string): Promise<NextRequest> {
    const question: Question = { task: "chat", text, attachments: board.items() };
    const foretold = await chat.forecast(question, { length: choices.length() });
    const { model } = parts.settings();
    const expected = expectedOutput(question.task, chat.conversation().turns);
    return nextRequestWords(foretold, { model, expectedOutput: expected });
  }

  function run(work: Promise<unknown>): void {
    work.catch((error: unknown) => parts.log.error(String(error)));
  }

  async function send(text: string): Promise<void> {
    if (chat.isBusy()) {
      queued = text;
      return draw();
    }
    draft = "";
    const slash = readSlashCommand(text);
    await reporter.report(() =>
      slash === undefined
        ? ask(text)
        : runSlashCommand({ ...parts, fillDraft }, slash.command, slash.rest),
    );
    await foretell();
  }

  async function ask(text: string) {
    const { items, failures } = await board.collect();
    const [failure] = failures;
    if (failure !== undefined) {
      fillDraft(text);
      return { ok: false, failure } as const;
    }
    board.clear();
    const question = { task: "chat", text, attachments: items } as const;
    return askInChat(chat, question, { length: choices.length() });
  }

  function fillDraft(text: string): void {
    draft = text;
    parts.post({ type: "fillDraft", text });
  }

  async function add(request: ContextRequest): Promise<void> {
    await reporter.report(async () => {
      const [failure] = (await board.add(request)).failures;
      return failure === undefined ? { ok: true } : { ok: false, failure };
    });
  }

  async function handle(
    message: ComposerMessage,
    reply: (answer: HostMessage) => void,
  ): Promise<void> {
    switch (message.type) {
      case "draft":
        draft = message.text;
        return foretell();
      case "removeContext":
        return board.remove(message.id);
      case "automatic":
        return board.setAutomatic(message.on);
      case "mentions": {
        const found = await parts.search.find(message.query, mostMentions);
        return reply({ type: "foundMentions", query: message.query, found: [...found] });
      }
      case "attach":
        return add({ kind: "path", path: message.path });
      case "drop":
        return add({ kind: "drop", uriList: message.uris.join("\r\n") });
      case "addContext":
        return add(
          message.kind === "gitDiff"
            ? { kind: "gitDiff", scope: "workingTree" }
            : { kind: message.kind },
        );
      case "choose":
        await choices.choose(message.what, message.value);
        return foretell();
      case "unqueue":
        queued = "";
        return draw();
    }
  }

  /** After an answer that failed the user decides: the message goes back into the box. */
  function afterAnswer(): void {
    const text = queued;
    queued = "";
    const last = chat.conversation().turns.at(-1);
    if (text === "") run(foretell());
    else if (last?.role === "answer" && last.status.kind === "failed" && draft === "") {
      fillDraft(text);
      run(foretell());
    } else run(send(text));
  }

  const boardChanges = board.onDidChange(() => run(foretell()));
  const stopFollowing = chat.onChange((change) => {
    if (change.kind === "busy" && !chat.isBusy()) afterAnswer();
  });

  return {
    view,
    handle,
    refresh: foretell,
    send,
    dispose() {
      clearTimeout(countdown);
      boardChanges.dispose();
      stopFollowing();
    },
  };
}

function viewChip({ id, label, tokens, warning }: ContextChip): ChipView {
  return {
    id,
    label,
    tokens: tokens === undefined ? "" : tokenWords(tokens),
    warning: warning ?? "",
  };
}

function tokenWords({ count, exact }: NonNullable<ContextChip["tokens"]>): string {
  const number = count.toLocaleString();
  return exact ? l10n.t("{0} tokens", number) : l10n.t("~{0} tokens", number);
}
