import { randomUUID } from "node:crypto";
import { workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import { createChat } from "../core/chat/chat";
import type { Chat, ChatChange } from "../core/chat/chat";
import { asksForEdit } from "../core/dispatch/task";
import { chatModels } from "../core/models/modelBook";
import { createChatController } from "../host/chatView/chatController";
import type { ChatPlaces } from "../host/chatView/chatPlaces";
import { createComposer } from "../host/chatView/composer";
import { createComposerSettings } from "../host/chatView/composerSettings";
import type { Surfaces } from "../host/chatView/surfaces";
import { createCommandRunner } from "../host/commands/commandTable";
import type { CommandRunner } from "../host/commands/commandTable";
import { offeredFiles } from "../host/commands/reviewCommands";
import { createContextBoard } from "../host/context/createContextBoard";
import { createFileSearch } from "../host/context/fileSearch";
import { createGit } from "../host/context/git";
import { followEdits } from "../host/editor/followEdits";
import { createRepairEdit } from "../host/editor/repairEdit";
import { createFastModelHint } from "../host/fastModelHint";
import { createReview } from "../host/editor/createReview";
import { tickOffSteps } from "../host/firstSteps";
import type { RecentFailures } from "../host/recentFailures";
import type { MeterSources } from "../host/statusBar/meterState";
import { decodeTurn, encodeTurn } from "../store/turnRow";
import { createGate } from "./gate";
import { lazyModelList } from "./lazyServices";
import { createRestore } from "./lastSession";
import type { Services } from "./services";

/** The chat and everything around it: commands, context, review of edits. */
export interface Assistant {
  readonly chat: Chat;
  readonly surfaces: Surfaces;
  readonly run: CommandRunner;
  /** Redraws what depends on key, models and settings. */
  refresh(): Promise<void>;
  /** Redraws what the session has cost. */
  refreshCost(): Promise<void>;
  /** Ends what is under way, settled and saved. */
  close(): Promise<void>;
}

export interface AssistantParts {
  readonly context: ExtensionContext;
  readonly services: Services;
  readonly places: ChatPlaces;
  readonly meter: MeterSources;
}

/** Loaded with the first act that needs it. Everything it makes is disposed of with the extension. */
export function createAssistant({ context, services, places, meter }: AssistantParts): Assistant {
  const { clock, log, secrets, listings, settings, store, tokens, reporter } = services;
  const { lastEditor, terminal, state, limits, failures } = services;
  const dispatcher = createGate(services);
  const chat = createChat({
    dispatcher,
    conversations: store.conversations,
    workspace: () => workspace.name ?? "",
    clock,
    newId: randomUUID,
    newAbort: () => new AbortController(),
    settings,
    limitsOf: (model) => limits.limitsAtLastLook(model),
  });
  const review = createReview(
    { store: store.appliedEdits, state, clock, newId: randomUUID },
    createRepairEdit({
      dispatcher,
      settings,
      conversationId: () => chat.conversation().id,
    }),
  );
  const editor = () => lastEditor.current();
  const git = createGit();
  const search = createFileSearch();
  const board = createContextBoard({
    tokens,
    state,
    git,
    terminal,
    editor,
    model: () => settings().model,
    offered: () => chatModels(settings().book, settings().plan),
    wishes: () => settings().customInstructions,
  });
  const restored = createRestore({ state, chat, board, conversations: store.conversations });
  const controller = createChatController({
    chat,
    review,
    editor,
    ledger: store.ledger,
    keys: secrets,
    settings,
    clock,
    log,
    reporter,
    composer: (post) =>
      createComposer({
        chat,
        board,
        state,
        window: state.window,
        search,
        settings,
        choices: createComposerSettings(settings, state),
        clock,
        reporter,
        log,
        post,
      }),
    restored,
  });
  void restored();
  context.subscriptions.push(
    review,
    followEdits({
      chat,
      review,
      offered: (answer) => offeredFiles(chat.conversation().turns, answer),
      isEdit: ({ task }) => asksForEdit(task),
      onError: (error) => log.error(String(error)),
    }),
    tickOffSteps({ chat, review }),
    { dispose: chat.onChange((change) => noteFailure(failures, change)) },
    search,
    board,
    controller,
    createFastModelHint({
      chat,
      settings,
      workspaceState: services.state,
      globalState: context.globalState,
      onError: (error) => log.error(String(error)),
    }),
  );
  return {
    chat,
    surfaces: controller.surfaces,
    run: createCommandRunner({
      chat,
      review,
      places,
      board,
      git,
      secrets,
      meter,
      raise: services.raise,
      data: store.data,
      conversations: store.conversations,
      conversationList: store.conversationList,
      codec: { encode: encodeTurn, decode: decodeTurn },
      newId: randomUUID,
      clock,
      models: lazyModelList(services.userAgent),
      listings,
      speeds: (range) => store.usageReports.speeds(range),
      roomOf: (model) => services.limits.room(model),
      settings,
      log,
      reporter,
      restored,
      focusMessage: () => controller.focus(),
      sendMessage: (text) => controller.sendMessage(text),
      diagnostics: {
        extensionVersion: String(context.extension.packageJSON.version),
        environment: process.env,
        clock,
        secrets,
        settings,
        limitsOf: (model) => limits.limitsOf(model),
        evidenceOf: (model) => limits.lookAt(model),
        data: store.data,
        failures,
      },
    }),
    refresh: () => controller.refreshStatus(),
    refreshCost: () => controller.refreshCost(),
    async close() {
      // First, so that a queued message stays one: what the page has in its box after a reload comes without it.
      controller.dispose();
      chat.stop();
      await chat.idle();
    },
  };
}

/** Notes the failures of answers; other failures are noted where they are reported. */
function noteFailure(failures: RecentFailures, change: ChatChange): void {
  if (change.kind !== "turn" || change.turn.role !== "answer") return;
  const { id, status } = change.turn;
  if (status.kind === "failed") failures.note(status.failure, id);
}
