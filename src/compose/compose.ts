import { randomUUID } from "node:crypto";
import { Uri, window, workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import { createChat } from "../core/chat/chat";
import type { Chat } from "../core/chat/chat";
import type { Conversations } from "../core/chat/conversations";
import type { Clock } from "../core/dispatch/clock";
import { succeed } from "../core/dispatch/failure";
import type { StoredData } from "../core/dispatch/storedData";
import { planLimits } from "../core/models/planLimits";
import { chatModels } from "../core/models/modelBook";
import { createDispatcher } from "../core/dispatch/dispatcher";
import { createComposer } from "../host/chatView/composer";
import { createComposerSettings } from "../host/chatView/composerSettings";
import { createChatController } from "../host/chatView/chatController";
import { registerChatPlaces } from "../host/chatView/chatPlaces";
import { registerCommands } from "../host/commands/commandTable";
import { createReporter } from "../host/commands/reporter";
import { createContextBoard } from "../host/context/createContextBoard";
import { createFileSearch } from "../host/context/fileSearch";
import { createGit } from "../host/context/git";
import { watchTerminals } from "../host/context/terminalWatch";
import { createLastEditor } from "../host/editor/lastEditor";
import { createReview } from "../host/editor/review";
import { createLog } from "../host/log";
import { createSecrets } from "../host/secrets";
import { createModelListings } from "../host/modelListings";
import { createNotices } from "../host/notices";
import { createSettings, readCaps, section } from "../host/settings";
import { explainStoreNotice } from "../host/storeNotice";
import { createSpendingWatch } from "../host/spendingWatch";
import { createMeter } from "../host/statusBar/meter";
import { createTokenCounter } from "../groq/tokenCounter";
import { createStoreClient } from "../store/storeClient";
import { decodeTurn, encodeTurn } from "../store/turnRow";
import { lazyChatModel, lazyFallbackModel, lazyModelList } from "./lazyServices";
import { createLimiters } from "./limiters";
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
  const groqChat = lazyChatModel(secrets, userAgent);
  const fallbackChat = lazyFallbackModel(secrets.fallback, userAgent);
  const dispatcher = createDispatcher({
    chatModelFor: ({ provider }) => (provider === "groq" ? groqChat : fallbackChat),
    clock,
    ledger: store.ledger,
    tokens,
    caps: readCaps,
    chance: { next: Math.random },
    limiterFor: createLimiters({
      store: store.limits,
      onStoreChange: store.onChange,
      moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
      limitsOf: (model, told) => planLimits(model, settings().plan, told),
    }),
    offers: () => {
      const { book, plan, fallback } = settings();
      const offered = chatModels(book, plan).filter(({ status }) => status === "production");
      return { models: offered, ...(fallback !== undefined && { fallback: fallback.model }) };
    },
    newId: randomUUID,
    async accountFor({ provider }) {
      const keys = provider === "groq" ? secrets : secrets.fallback;
      const credentials = await keys.credentials();
      return credentials.ok ? succeed(credentials.value.account) : credentials;
    },
    workspace: () => workspace.name ?? "",
    noteOrganization: (account, organization) => store.limits.merge(account, organization),
    holdUps: store.holdUps,
  });
  const chat = createChat({
    dispatcher,
    conversations: store.conversations,
    workspace: () => workspace.name ?? "",
    clock,
    newId: randomUUID,
    newAbort: () => new AbortController(),
    settings,
    limitsOf: (model) => planLimits(model, settings().plan),
  });
  const restored = keepConversation(context, chat, store.conversations);
  const review = createReview();
  const meter = createMeter(store.ledger, clock);
  const spending = createSpendingWatch({
    ledger: store.ledger,
    usage: store.usage,
    clock,
    caps: readCaps,
    warnAt: () => settings().warnAt,
    conversationId: () => chat.conversation().id,
    warnings: store.warnings,
  });
  const reporter = createReporter({ secrets, log, showLog: () => log.channel.show() });
  const lastEditor = createLastEditor();
  const terminal = watchTerminals(() => workspace.isTrusted);
  const search = createFileSearch();
  const board = createContextBoard({
    tokens,
    state: context.workspaceState,
    git: createGit(),
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
  const redraw = (drawn: Promise<void>) =>
    void drawn.catch((error: unknown) => log.error(String(error)));

  subscriptions.push(
    log.channel,
    review,
    meter,
    lastEditor,
    terminal,
    search,
    board,
    controller,
    places,
    {
      dispose: store.onChange(() => {
        redraw(meter.refresh());
        redraw(spending.look());
      }),
    },
    {
      dispose: store.onNotice((notice) => {
        const words = explainStoreNotice(notice);
        log.warn(words);
        void window.showWarningMessage(words);
      }),
    },
    secrets.onDidChange(() => redraw(controller.refreshStatus())),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(section)) return;
      redraw(controller.refreshStatus());
      notices.look();
    }),
    listings,
    listings.onDidChange(() => {
      redraw(controller.refreshStatus());
      notices.look();
    }),
    ...registerCommands({
      chat,
      review,
      places,
      board,
      secrets,
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
