import { randomUUID } from "node:crypto";
import { Uri, workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import type { Clock } from "../core/dispatch/clock";
import type { TokenCounter } from "../core/tokens/tokenCounter";
import { createTokenCounter } from "../groq/tokenCounter";
import { createReporter } from "../host/commands/reporter";
import type { Reporter } from "../host/commands/reporter";
import { watchTerminals } from "../host/context/terminalWatch";
import type { TerminalWatch } from "../host/context/terminalWatch";
import { createDailyRaise } from "../host/dailyRaise";
import type { DailyRaise } from "../host/dailyRaise";
import { createLastEditor } from "../host/editor/lastEditor";
import type { LastEditor } from "../host/editor/lastEditor";
import { createKeptState, windowName } from "../host/keptState";
import type { KeptState } from "../host/keptState";
import { createLog } from "../host/log";
import type { Log } from "../host/log";
import { createModelListings } from "../host/modelListings";
import type { ModelListings } from "../host/modelListings";
import { createRecentFailures } from "../host/recentFailures";
import type { RecentFailures } from "../host/recentFailures";
import { createSecrets } from "../host/secrets";
import type { Secrets } from "../host/secrets";
import { createSettings, readCaps } from "../host/settings";
import type { Settings } from "../host/settings";
import { createStoreClient } from "../store/storeClient";
import type { StoreClient } from "../store/storeClient";
import { createAccountLimits } from "./accountLimits";
import type { AccountLimits } from "./accountLimits";
import { systemClock } from "./systemClock";

/** What the status bar needs, and what has to watch from the start, before the chat is opened. */
export interface Services {
  /** Sent to the services with each request. */
  readonly userAgent: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly listings: ModelListings;
  readonly settings: () => Settings;
  readonly store: StoreClient;
  /** What this window remembers. */
  readonly state: KeptState;
  readonly tokens: TokenCounter;
  readonly limits: AccountLimits;
  /** The caps, with what is raised for today. */
  readonly raise: DailyRaise;
  readonly failures: RecentFailures;
  readonly reporter: Reporter;
  readonly lastEditor: LastEditor;
  readonly terminal: TerminalWatch;
  close(): Promise<void>;
}

/** Both workers start with their first use. */
export function createServices(context: ExtensionContext): Services {
  const { extensionUri, subscriptions, workspaceState } = context;
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
  const raise = createDailyRaise(context.globalState, clock, readCaps);
  const failures = createRecentFailures(clock);
  const tokens = createTokenCounter(bundled("tokenWorker.js"));
  const lastEditor = createLastEditor();
  const terminal = watchTerminals(() => workspace.isTrusted);
  subscriptions.push(log.channel, listings, raise, lastEditor, terminal);
  return {
    userAgent: `groq-coder/${context.extension.packageJSON.version} (vscode)`,
    clock,
    log,
    secrets,
    listings,
    settings,
    store,
    state: createKeptState(store.windowNotes, windowName(workspaceState, randomUUID), log),
    tokens,
    limits: createAccountLimits({ secrets, store, settings, clock }),
    raise,
    failures,
    reporter: createReporter({ secrets, log, failures, showLog: () => log.channel.show() }),
    lastEditor,
    terminal,
    async close() {
      await Promise.all([store.close(), tokens.close()]);
    },
  };
}
