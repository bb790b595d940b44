import type { Disposable } from "vscode";
import { l10n } from "vscode";
import type { Chat } from "../../core/chat/chat";
import type { ContextItem } from "../../core/context/contextItem";
import type { HostMessage } from "../../protocol/chatMessages";
import type { ComposerMessage, ComposerView, LastLetters } from "../../protocol/composerMessages";
import type { Clock } from "../../core/dispatch/clock";
import { fail } from "../../core/dispatch/failure";
import type { Failure } from "../../core/dispatch/failure";
import { askInChat } from "../commands/chatCommands";
import { done, toCommandResult } from "../commands/commandResult";
import type { CommandResult } from "../commands/commandResult";
import type { Reporter } from "../commands/reporter";
import type { ContextBoard, ContextRequest } from "../context/contextBoard";
import type { FileSearch } from "../context/fileSearch";
import type { EditorState } from "../editorState";
import type { Log } from "../log";
import type { Settings } from "../settings";
import type { ComposerSettings } from "./composerSettings";
import { createForetelling } from "./foretelling";
import { createKeptMessages, joinMessages } from "./keptMessages";
import type { MessagePlace } from "./keptMessages";
import { namedContext, requestNamed } from "./namedContext";
import { runSlashCommand } from "./runSlashCommand";
import { describeSlashCommand, readSlashCommand, slashCommands } from "./slashCommands";
import type { SlashMessage } from "./slashCommands";
import { viewChip } from "./viewChip";

/** The host's side of the message box: attachments, the forecast of the next request, and the queued message. */
export interface Composer extends Disposable {
  view(): ComposerView;
  /** Sends a newly opened page everything that it draws; `last` is text that a reload may have kept from arriving here. */
  open(last: LastLetters | undefined, reply: (answer: HostMessage) => void): void;
  handle(message: ComposerMessage, reply: (answer: HostMessage) => void): Promise<void>;
  /** Redraws what depends on the settings or the key. */
  refresh(): Promise<void>;
  /** Sends what was typed, or queues it until the answer under way has ended. */
  send(text: string): Promise<void>;
  /** The same for other extensions: at once or not at all, with what the chips show. The caller tells its failure. */
  sendNow(text: string): Promise<CommandResult>;
}

export interface ComposerParts {
  readonly chat: Chat;
  readonly board: ContextBoard;
  /** Keeps the message being written and the queued one over a reload. */
  readonly state: EditorState;
  /** Identifies this window; reveals nothing else to a page. */
  readonly window: string;
  readonly search: FileSearch;
  readonly settings: () => Settings;
  readonly choices: ComposerSettings;
  readonly clock: Pick<Clock, "now">;
  readonly reporter: Reporter;
  readonly log: Log;
  readonly post: (message: HostMessage) => void;
}

const mostMentions = 20;

export function createComposer(parts: ComposerParts): Composer {
  const { chat, board, choices, reporter } = parts;
  /** The conversation that the queued message is meant for. */
  let queuedIn = "";
  /** The queued message is on its way into the conversation. */
  let takesNext = false;
  /** What was put back into the box before there was a page to show it; undefined once there was one. */
  let unseen: string | undefined = "";

  const messages = createKeptMessages(parts.state);
  const draft = () => messages.at("draft");
  const queued = () => messages.at("queued");

  function view(): ComposerView {
    const { automatic, instructions, blocked } = board.switches();
    const chips = board.chips();
    const own = chips.find((chip) => chip.automatic);
    const hasInstructions = chips.some(({ kind }) => kind === "instructions");
    return {
      chips: chips.filter((chip) => !chip.automatic).map(viewChip),
      automatic: {
        on: automatic && blocked === undefined,
        hint: blocked ?? l10n.t("Also send the selected code, or the code around the cursor"),
        ...(own !== undefined && { chip: viewChip(own) }),
      },
      // While they are off nothing is read, so it is not known whether there are any.
      ...((hasInstructions || !instructions) && {
        instructions: {
          on: instructions,
          hint: l10n.t("Also send your custom instructions and the project's notes for assistants"),
        },
      }),
      ...foretelling.view(),
      queued: queued(),
      ...choices.view(),
      commands: slashCommands.map((name) => ({ name, description: describeSlashCommand(name) })),
      contexts: namedContext(),
    };
  }

  function draw(): void {
    parts.post({ type: "composer", composer: view() });
  }

  function run(work: Promise<unknown>): void {
    work.catch((error: unknown) => parts.log.error(String(error)));
  }

  /** `from` is where the message is kept until it is part of the conversation. */
  async function send(text: string, from: MessagePlace = "draft"): Promise<void> {
    if (chat.isBusy()) return queue(text, from);
    const slash = readSlashCommand(text);
    if (slash !== undefined) take(text, from);
    await reporter.report(() => (slash === undefined ? ask(text, from) : runSlash(slash)));
    await foretelling.look();
  }

  function runSlash({ command, rest }: SlashMessage): Promise<CommandResult> {
    return runSlashCommand({ ...parts, fillDraft }, command, rest);
  }

  async function ask(text: string, from: MessagePlace): Promise<CommandResult> {
    takesNext ||= from === "queued";
    const { items, failures } = await board.collect().finally(() => {
      if (from === "queued") takesNext = false;
    });
    const [failure] = failures;
    if (failure !== undefined) return giveBack(text, from, failure);
    // Something else was asked while the files were read.
    if (chat.isBusy()) {
      queue(text, from);
      return done;
    }
    const answering = askWith(text, items);
    // The question is part of the conversation now.
    take(text, from);
    draw();
    return answering;
  }

  function askWith(text: string, attachments: readonly ContextItem[]): Promise<CommandResult> {
    const question = { task: "chat", text, attachments } as const;
    const answering = askInChat(chat, question, { length: choices.length() });
    board.clear();
    return answering;
  }

  async function sendNow(text: string): Promise<CommandResult> {
    if (text.trim() === "") return fail({ kind: "emptyMessage" });
    if (chat.isBusy()) return fail({ kind: "busy" });
    const slash = readSlashCommand(text);
    if (slash !== undefined) return runSlash(slash);
    const { items, failures } = await board.collect();
    const [failure] = failures;
    // Something else may have been asked while the files were read.
    if (failure !== undefined || chat.isBusy()) return fail(failure ?? { kind: "busy" });
    return askWith(text, items);
  }

  function queue(text: string, from: MessagePlace): void {
    if (from === "queued") return;
    queuedIn = chat.conversation().id;
    messages.put("queued", joinMessages(queued(), text));
    take(text, from);
    draw();
  }

  /** The page that sent it has emptied its box; other pages may still show the text. */
  function take(text: string, from: MessagePlace): void {
    messages.forget(from, text);
    if (from === "draft") parts.post({ type: "draftTaken", text });
  }

  /** A message that could not be asked goes back into the box, for the user to send again. */
  function giveBack(text: string, from: MessagePlace, failure: Failure): CommandResult {
    messages.forget(from, text);
    fillDraft(joinMessages(text, draft()));
    return { ok: false, failure };
  }

  function fillDraft(text: string): void {
    messages.put("draft", text);
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
        messages.put("draft", message.text);
        return foretelling.lookSoon();
      case "removeContext":
        return board.remove(message.id);
      case "automatic":
        return board.setAutomatic(message.on);
      case "instructions":
        return board.setInstructions(message.on);
      case "mentions": {
        const found = await parts.search.find(message.query, mostMentions);
        return reply({ type: "foundMentions", query: message.query, found: [...found] });
      }
      case "attach":
        return add({ kind: "path", path: message.path });
      case "drop":
        return add({ kind: "drop", uriList: message.uris.join("\r\n") });
      case "attachFile": {
        const { name, mediaType, data } = message;
        return add({ kind: "image", name, mediaType, data });
      }
      case "addContext":
        return add(requestNamed(message.name));
      case "choose":
        await choices.choose(message.what, message.value);
        return foretelling.look();
      case "unqueue":
        messages.put("queued", "");
        return draw();
      case "summarise":
        await reporter.report(summarise);
        return foretelling.look();
      case "removeSummary":
        chat.removeSummary(message.turnId);
        return foretelling.look();
    }
  }

  /** After an answer that failed the user decides: the message goes back into the box. */
  function afterAnswer(): void {
    if (takesNext) return;
    const last = chat.conversation().turns.at(-1);
    if (last?.role === "answer" && last.status.kind === "failed") unqueue();
    run(queued() === "" ? foretelling.look() : send(queued(), "queued"));
  }

  async function summarise(): Promise<CommandResult> {
    const summarised = await chat.summarise();
    if (summarised.ok) parts.post({ type: "announce", text: l10n.t("The summary is ready") });
    return toCommandResult(summarised);
  }

  function unqueue(): void {
    const text = queued();
    if (text === "") return;
    messages.put("queued", "");
    fillDraft(joinMessages(text, draft()));
    if (unseen !== undefined) unseen = text;
  }

  const foretelling = createForetelling({ ...parts, draft, draw, run });
  const boardChanges = board.onDidChange(() => run(foretelling.look()));
  const stopFollowing = chat.onChange((change) => {
    if (change.kind === "busy" && !chat.isBusy()) afterAnswer();
    // A queued message is meant only for the conversation in which it was written.
    if (change.kind === "conversation" && chat.conversation().id !== queuedIn) unqueue();
  });

  return {
    view,
    open(last, reply) {
      if (last !== undefined && last.text !== "" && last.window === parts.window)
        messages.put("draft", joinMessages(unseen ?? "", last.text));
      unseen = undefined;
      // A message that was queued before a reload would wait forever.
      if (!chat.isBusy()) unqueue();
      reply({ type: "keptDraft", text: draft(), window: parts.window });
      reply({ type: "composer", composer: view() });
      run(foretelling.look());
    },
    handle,
    refresh: () => foretelling.look(),
    send,
    sendNow,
    dispose() {
      foretelling.dispose();
      boardChanges.dispose();
      stopFollowing();
    },
  };
}
