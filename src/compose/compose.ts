import { randomUUID } from "node:crypto";
import { Uri, window, workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import { createChat } from "../core/chat/chat";
import type { Chat } from "../core/chat/chat";
import type { Conversations } from "../core/chat/conversations";
import type { Clock } from "../core/dispatch/clock";
import type { StoredData } from "../core/dispatch/storedData";
import { asksForEdit } from "../core/dispatch/task";
import { planLimits } from "../core/models/planLimits";
import { chatModels } from "../core/models/modelBook";
import { createComposer } from "../host/chatView/composer";
import { createComposerSettings } from "../host/chatView/composerSettings";
import { createChatController } from "../host/chatView/chatController";
import { registerChatPlaces } from "../host/chatView/chatPlaces";
import { registerLightbulb } from "../host/code/lightbulb";
import { registerCommands } from "../host/commands/commandTable";
import { createReporter } from "../host/commands/reporter";
import { createContextBoard } from "../host/context/createContextBoard";
import { createFileSearch } from "../host/context/fileSearch";
import { createGit } from "../host/context/git";
import { watchTerminals } from "../host/context/terminalWatch";
import { createLastEditor } from "../host/editor/lastEditor";
import { offeredFiles } from "../host/commands/reviewCommands";
import { followEdits } from "../host/editor/followEdits";
import { createRepairEdit } from "../host/editor/repairEdit";
import { createReview } from "../host/editor/review";
import { createLog } from "../host/log";
import { createSecrets } from "../host/secrets";
import { createModelListings } from "../host/modelListings";
import { createNotices } from "../host/notices";
import { createSettings, readCaps, section } from "../host/settings";
import { explainStoreNotice } from "../host/storeNotice";
import { createSpendingWatch } from "../host/spendingWatch";
import { createMeter } from "../host/statusBar/meter";
import { activityOf } from "../host/statusBar/meterActivity";
import { registerUsagePanel } from "../host/usageView/usagePanel";
import { createTokenCounter } from "../groq/tokenCounter";
import { createStoreClient } from "../store/storeClient";
import { decodeTurn, encodeTurn } from "../store/turnRow";
import { createGate } from "./gate";
import { lazyModelList } from "./lazyServices";
import { systemClock } from "./systemClock";

export interface App {
  /** Ends what is under way, settled and saved. */
  close(): Promise<void>;
}

/** Makes the adapters and hands them on. Everything it makes is disposed of with the extension. */
export function compose(context: ExtensionContext): App {
  const { extensionUri, subscriptions } = context;
  const userAgent = `groq-coder/${context.extension.packageJSON.version} (vscode)`;
  const bundled = (name: string) => Uri.joinPath(extensionUri, "dist", name).fsPath;
  const clock = systemClock;
  const log = createLog();
  const secrets = createSecrets(context.secrets, process.env);
  const listings = createModelListings(context.globalState, clock, () => secrets.baseUrl());
  const settings = createSettings(() => listings.current());
  const store = createStoreClient(
    bundled("storeWorker.js"),
    Uri.joinPath(context.globalStorageUri, "groqCoder.db").fsPath,
  );
  const tokens = createTokenCounter(bundled("tokenWorker.js"));
  const gate = createGate({ secrets, store, settings, clock, tokens, userAgent });
  const chat = createChat({
    dispatcher: gate.dispatcher,
    conversations: store.conversations,
    workspace: () => workspace.name ?? "",
    clock,
    newId: randomUUID,
    newAbort: () => new AbortController(),
    settings,
    limitsOf: (model) => planLimits(model, settings().plan),
  });
  const restored = keepConversation(context, chat, store.conversations);
  const review = createReview(
    { store: store.appliedEdits, clock, newId: randomUUID },
    createRepairEdit({
      dispatcher: gate.dispatcher,
      settings,
      conversationId: () => chat.conversation().id,
    }),
  );
  const sources = {
    ledger: store.ledger,
    clock,
    caps: readCaps,
    warnAt: () => settings().warnAt,
    conversationId: () => chat.conversation().id,
    room: () => gate.room(),
    activity: () => activityOf(chat),
  };
  const meter = createMeter(sources);
  const spending = createSpendingWatch({
    ...sources,
    usage: store.usage,
    warnings: store.warnings,
  });
  const reporter = createReporter({ secrets, log, showLog: () => log.channel.show() });
  const lastEditor = createLastEditor();
  const git = createGit();
  const terminal = watchTerminals(() => workspace.isTrusted);
  const search = createFileSearch();
  const board = createContextBoard({
    tokens,
    state: context.workspaceState,
    git,
    terminal,
    editor: () => lastEditor.current(),
    model: () => settings().model,
    offered: () => chatModels(settings().book, settings().plan),
    wishes: () => settings().customInstructions,
  });
  const controller = createChatController({
    chat,
    review,
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
        search,
        settings,
        choices: createComposerSettings(settings, context.workspaceState),
        reporter,
        log,
        post,
      }),
    restored,
  });
  const notices = createNotices({ settings, state: context.globalState, log });
  const places = registerChatPlaces(extensionUri, controller.surfaces);
  const usagePanel = registerUsagePanel(extensionUri, { ledger: store.ledger, clock, log });
  const redraw = (drawn: Promise<void>) =>
    void drawn.catch((error: unknown) => log.error(String(error)));

  subscriptions.push(
    log.channel,
    review,
    followEdits({
      chat,
      review,
      offered: (answer) => offeredFiles(chat.conversation().turns, answer),
      isEdit: ({ task }) => asksForEdit(task),
      onError: (error) => log.error(String(error)),
    }),
    meter,
    lastEditor,
    terminal,
    search,
    board,
    controller,
    places,
    usagePanel,
    {
      dispose: store.onChange(() => {
        redraw(meter.refresh());
        redraw(spending.look());
        usagePanel.refresh();
      }),
    },
    {
      dispose: store.onNotice((notice) => {
        const words = explainStoreNotice(notice);
        log.warn(words);
        void window.showWarningMessage(words);
      }),
    },
    { dispose: chat.onChange(({ kind }) => kind === "turn" && redraw(meter.refresh())) },
    secrets.onDidChange(() => {
      redraw(controller.refreshStatus());
      redraw(meter.refresh());
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(section)) return;
      redraw(controller.refreshStatus());
      redraw(meter.refresh());
      notices.look();
    }),
    listings,
    listings.onDidChange(() => {
      redraw(controller.refreshStatus());
      notices.look();
    }),
    registerLightbulb(),
    ...registerCommands({
      chat,
      review,
      places,
      board,
      git,
      secrets,
      meter: sources,
      usagePanel,
      data: store.data,
      conversations: store.conversations,
      conversationList: store.conversationList,
      codec: { encode: encodeTurn, decode: decodeTurn },
      newId: randomUUID,
      clock,
      models: lazyModelList(userAgent),
      listings,
      settings,
      log,
      reporter,
      restored,
      focusMessage: () => controller.focus(),
    }),
  );
  redraw(meter.refresh());
  redraw(forgetOldHistory(store.data, clock, settings().historyDays));
  notices.look();

  return {
    async close() {
      chat.stop();
      await chat.idle();
      await Promise.all([store.close(), tokens.close()]);
    },
  };
}

const dayMs = 86_400_000;

/**
 * `groqCoder.historyDays`, and what the user removed a day ago, once at each start. A store that cannot do it now is asked
 * again at the next.
 */
async function forgetOldHistory(data: StoredData, clock: Clock, days: number): Promise<void> {
  if (days > 0) await data.forgetBefore(clock.localDay(clock.now() - days * dayMs));
  await data.tidy(clock.now() - dayMs);
}

const conversationKey = "conversationId";

/** Brings back the window's last conversation, and remembers which one is open from then on. */
async function keepConversation(
  { workspaceState }: ExtensionContext,
  chat: Chat,
  conversations: Conversations,
): Promise<void> {
  const id = workspaceState.get<string>(conversationKey);
  const loaded = id === undefined ? undefined : await conversations.load(id);
  if (loaded?.ok && loaded.value !== undefined) chat.open(loaded.value);
  let remembered = id;
  // Not before something is in it: a store that was locked at the start must not cost the way back.
  chat.onChange(({ kind }) => {
    const current = chat.conversation().id;
    if ((kind !== "conversation" && kind !== "turn") || current === remembered) return;
    remembered = current;
    void workspaceState.update(conversationKey, current);
  });
}
