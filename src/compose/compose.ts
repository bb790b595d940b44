import { setImmediate as nextTurn } from "node:timers/promises";
import { commands, window, workspace } from "vscode";
import type { Disposable, ExtensionContext, Webview } from "vscode";
import type { Chat } from "../core/chat/chat";
import type { Clock } from "../core/dispatch/clock";
import { fail } from "../core/dispatch/failure";
import type { Failure } from "../core/dispatch/failure";
import type { StoredData } from "../core/dispatch/storedData";
import { priceNow } from "../core/models/modelBook";
import { registerChatPlaces } from "../host/chatView/chatPlaces";
import { registerLightbulb } from "../host/code/lightbulb";
import { closeLeftOverTabs } from "../host/editor/reviewTabs";
import { commandNames, usageCommand } from "../host/commands/commandNames";
import { tickOffKey } from "../host/firstSteps";
import { createNotices } from "../host/notices";
import { section } from "../host/settings";
import { createSoon } from "../host/soon";
import { createSpendingWatch } from "../host/spendingWatch";
import { createMeter } from "../host/statusBar/meter";
import { activityOf } from "../host/statusBar/meterActivity";
import type { MeterSources } from "../host/statusBar/meterState";
import { explainStoreNotice } from "../host/storeNotice";
import { createUsagePanel } from "../host/usageView/usagePanel";
import type { UsagePanel } from "../host/usageView/usagePanel";
import { usagePanelType } from "../host/usageView/usagePanelType";
import type { Assistant } from "./assistant";
import { lastConversationId } from "./lastSession";
import { createLazyPart } from "./lazyPart";
import type { LazyPart } from "./lazyPart";
import { createServices } from "./services";
import type { Services } from "./services";
import type { Usage } from "./usage";

export interface App {
  /** Ends what is under way, settled and saved. */
  close(): Promise<void>;
}

/** Makes the adapters and hands them on. Everything it makes is disposed of with the extension. */
export function compose(context: ExtensionContext): App {
  const { extensionUri, subscriptions } = context;
  const services = createServices(context);
  const { clock, log, secrets, listings, settings, store, state, raise, reporter } = services;
  const tell = (failure: Failure) => void reporter.report(() => fail(failure));
  const assistant = createLazyPart(
    importAssistant,
    ({ createAssistant }) => createAssistant({ context, services, places, meter: sources }),
    tell,
  );
  const usage = createLazyPart(
    () => import("./usage"),
    ({ createUsage }) => createUsage(services, sources),
    tell,
  );
  const usagePanel = createUsagePanel(extensionUri, async () => {
    const loaded = await usage.load();
    return loaded.ok ? loaded.value.servePage : undefined;
  });
  const sources = meterSources(services, () => assistant.loaded()?.chat);
  const meter = createMeter(sources, log);
  const spending = createSpendingWatch({
    ...sources,
    usage: store.usage,
    warnings: store.warnings,
  });
  const notices = createNotices({ settings, state: context.globalState, log });
  const loadSoon = createSoon(clock, () => void assistant.load());
  const places = registerChatPlaces(extensionUri, (webview) => {
    // Loading delays messages to the editor: the page goes first.
    loadSoon.call();
    return serve(webview, assistant);
  });
  const redraw = (drawn: Promise<void> | undefined) =>
    void drawn?.catch((error: unknown) => log.error(String(error)));
  const redrawAll = () => {
    redraw(assistant.loaded()?.refresh());
    redraw(meter.refresh());
    redraw(tickOffKey(secrets));
  };
  const spent = createSoon(clock, () => {
    redraw(meter.refresh());
    redraw(spending.look());
    usagePanel.refresh();
    redraw(assistant.loaded()?.refreshCost());
  });
  assistant.onLoad(({ chat }) => {
    const dispose = chat.onChange(({ kind }) => kind === "turn" && spent.call());
    subscriptions.push({ dispose });
  });

  subscriptions.push(
    meter,
    places,
    registerUsagePanel(usagePanel),
    registerLightbulb(),
    loadSoon,
    spent,
    { dispose: store.onChange(() => spent.call()) },
    {
      dispose: store.onNotice((notice) => {
        const words = explainStoreNotice(notice);
        log.warn(words);
        void window.showWarningMessage(words);
      }),
    },
    secrets.onDidChange(redrawAll),
    raise.onDidChange(redrawAll),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(section)) return;
      redrawAll();
      notices.look();
    }),
    listings.onDidChange(() => {
      redrawAll();
      notices.look();
    }),
    ...registerCommands(assistant),
    registerUsageCommand(usagePanel, usage),
  );
  const started = createSoon(clock, () => {
    redraw(closeLeftOverTabs());
    redraw(state.restore().then(() => meter.refresh()));
    redraw(forgetOldHistory(store.data, clock, settings().historyDays));
    redraw(tickOffKey(secrets));
    notices.look();
  });
  subscriptions.push(started);
  // Later, so that the store's thread does not start in the middle of the editor's own start.
  started.call();

  return {
    async close() {
      await assistant.loaded()?.close();
      await services.close();
    },
  };
}

/** `chat` is undefined until it is loaded. */
function meterSources(services: Services, chat: () => Chat | undefined): MeterSources {
  const { clock, limits, raise, settings, state, store } = services;
  return {
    ledger: store.ledger,
    clock,
    usage: store.usage,
    priceOf: (used) => priceNow(settings(), used),
    caps: () => raise.caps(),
    raise: () => raise.current(),
    warnAt: () => settings().warnAt,
    conversationId: () => chat()?.conversation().id ?? lastConversationId(state),
    room: () => limits.room(settings().model),
    activity: () => activityOf(chat()),
  };
}

/**
 * In turns of their own: what checks messages, with the library behind it, what reviews edits, and the rest. Compiled and run at
 * once they would hold up the extension host.
 */
async function importAssistant() {
  await import("../protocol/chatMessages");
  await nextTurn();
  await import("../host/editor/createReview");
  await nextTurn();
  return import("./assistant");
}

/** What a command does is loaded with its first call. */
function registerCommands(assistant: LazyPart<Assistant>): Disposable[] {
  return commandNames.map((name) =>
    commands.registerCommand(`${section}.${name}`, async (first?: unknown, second?: unknown) => {
      const loaded = await assistant.load();
      return loaded.ok ? loaded.value.run(name, first, second) : loaded;
    }),
  );
}

function registerUsageCommand(panel: UsagePanel, usage: LazyPart<Usage>): Disposable {
  return commands.registerCommand(`${section}.${usageCommand}`, async (request?: unknown) => {
    await panel.show(request);
    const loaded = await usage.load();
    return loaded.ok ? loaded.value.tellSpend() : loaded;
  });
}

/** A usage page that was open before a reload is there again. */
function registerUsagePanel(usagePanel: UsagePanel): Disposable {
  return window.registerWebviewPanelSerializer(usagePanelType, {
    deserializeWebviewPanel: (panel, kept) => usagePanel.restore(panel, kept),
  });
}

/** Messages that a page sends before the assistant is loaded wait for it, in order. */
function serve(webview: Webview, assistant: LazyPart<Assistant>): Disposable {
  const listening = webview.onDidReceiveMessage(async (message: unknown) => {
    const loaded = await assistant.load();
    if (loaded.ok) loaded.value.surfaces.receive(webview, message);
  });
  return {
    dispose() {
      listening.dispose();
      assistant.loaded()?.surfaces.leave(webview);
    },
  };
}

const dayMs = 86_400_000;

/**
 * Forgets what is older than `groqCoder.historyDays` and what the user removed over a day ago, once at each start. If the
 * store fails, the next start tries again.
 */
async function forgetOldHistory(data: StoredData, clock: Clock, days: number): Promise<void> {
  if (days > 0) await data.forgetBefore(clock.localDay(clock.now() - days * dayMs));
  await data.tidy(clock.now() - dayMs);
}
