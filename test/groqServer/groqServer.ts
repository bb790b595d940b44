import { type Server, createServer } from "node:http";
import { type Backend, createBackend } from "./backend";
import { bringUpToDate, usualBatchPace } from "./batches/batchLife";
import type { Bill } from "./billing/ledger";
import type { QueuedAnswer } from "./chat/answer";
import { controlPrefix, serveControl } from "./control/serveControl";
import type { Fault } from "./faults/fault";
import type { FaultTarget } from "./faults/faultQueue";
import { type GroqServerOptions, organizationsOf } from "./groqServerOptions";
import { type Serving, serveRequest } from "./http/serveRequest";
import type { ElsewhereUse } from "./limits/rateLimiter";
import type { ModelLimits, ModelRow } from "./models/modelRow";
import type { Organization } from "./organization";
import { createRecorder } from "./recording/recorder";
import { type Replayer, createReplayer } from "./recording/replayer";
import { type LoggedRequest, createRequestLog } from "./requestLog";
import { type Switches, defaultSwitches, parseSwitches } from "./switches";
import { type ClockControl, createClock } from "./time/clock";

/** A running stand-in for Groq. */
export interface GroqServer {
  /** `http://127.0.0.1:PORT`; clients add `/openai/v1`. */
  readonly origin: string;
  readonly clock: ClockControl;
  /** Requests to the API so far, the latest last. */
  readonly requests: readonly LoggedRequest[];
  /** Answers the next chat or audio request that fits, before any rule does. */
  queueAnswer(answer: QueuedAnswer): void;
  /** Goes wrong at the next request that fits, whatever its answer is. */
  queueFault(fault: Fault, target?: FaultTarget): void;
  /** Changes switches from now on; throws on a name or value that does not exist. */
  setSwitches(switches: Partial<Switches>): void;
  /** Changes a model, or adds one, from now on. */
  updateModel(id: string, change: Partial<ModelRow>): void;
  /** Replaces limits of a model from `at` (milliseconds since the epoch) on; now when omitted. */
  changeLimits(model: string, limits: ModelLimits, at?: number, organization?: string): void;
  /** Other clients of the organisation take tokens or requests, once. */
  useElsewhere(model: string, taken: Partial<ElsewhereUse>, organization?: string): void;
  /** Other clients of the organisation take tokens or requests every minute from now on. */
  useElsewhereSteadily(
    model: string,
    perMinute: Partial<ElsewhereUse>,
    organization?: string,
  ): void;
  /** Changes what an organisation may do from now on; the first organisation when `id` is omitted. */
  updateOrganization(change: OrganizationChange, id?: string): void;
  /** What an organisation owes; the first organisation when omitted. */
  bill(organization?: string): Bill;
  /** The recording that answers are taken from, if they are. */
  readonly replayer: Replayer | undefined;
  /** Ends all connections and the server; nothing happens when it has ended. */
  close(): Promise<void>;
}

/** What can change about an organisation while the server runs. Limits have their own calls. */
export type OrganizationChange = Partial<
  Pick<
    Organization,
    "restricted" | "blockedModels" | "projectBlockedModels" | "contractModels" | "spendLimit"
  >
>;

/** Starts a server on 127.0.0.1. Rejects when the port is taken. */
export async function startGroqServer(options: GroqServerOptions = {}): Promise<GroqServer> {
  const clock = createClock(options.clock ?? "real", options.startAt);
  const switches = { ...defaultSwitches, ...parseSwitches(options.switches ?? {}) };
  const backend = createBackend({
    clock,
    switches,
    speed: options.speed ?? "unlimited",
    batchPace: { ...usualBatchPace, ...options.batchPace },
    organizations: organizationsOf(options),
  });
  for (const [id, change] of Object.entries(options.models ?? {})) {
    backend.models.update(id, change);
  }
  const log = createRequestLog();
  const closing = new AbortController();
  const replayer =
    options.replay === undefined
      ? undefined
      : createReplayer(options.replay, backend.speed !== "unlimited");
  const serving: Serving = {
    backend,
    log,
    recorder: options.record === undefined ? undefined : createRecorder(options.record, clock),
    replayer,
    signal: closing.signal,
  };
  const http = createServer((message, response) => {
    const served = message.url?.startsWith(controlPrefix)
      ? serveControl(server, message, response)
      : serveRequest(serving, message, response);
    served.catch((error: unknown) => {
      if (!closing.signal.aborted) console.error(error);
      response.destroy();
    });
  });
  const origin = await listen(http, options.port ?? 0);

  const server: GroqServer = {
    origin,
    clock,
    requests: log.entries,
    queueAnswer: (answer) => backend.answers.add(answer),
    queueFault: (fault, target) => backend.faults.add(fault, target),
    setSwitches: (given) => Object.assign(switches, parseSwitches(given)),
    updateModel: (id, change) => backend.models.update(id, change),
    changeLimits: (model, limits, at = clock.now(), organization) => {
      const owner = organizationOf(backend, organization);
      backend.limiter.changeLimits(owner, rowOf(backend, model), limits, at);
    },
    useElsewhere: (model, taken, organization) => {
      const owner = organizationOf(backend, organization);
      backend.limiter.useElsewhere(owner, rowOf(backend, model), taken);
    },
    useElsewhereSteadily: (model, perMinute, organization) => {
      const owner = organizationOf(backend, organization);
      backend.limiter.useElsewhereSteadily(owner, rowOf(backend, model), perMinute);
    },
    updateOrganization: (change, id) => {
      const owner = organizationOf(backend, id);
      backend.organizations[backend.organizations.indexOf(owner)] = { ...owner, ...change };
    },
    bill: (organization) => {
      const owner = organizationOf(backend, organization);
      for (const batch of backend.batches.values()) {
        if (batch.organization === owner.id) bringUpToDate(backend, batch, owner);
      }
      return backend.ledger.bill(owner.id);
    },
    replayer,
    close: () => {
      closing.abort(new Error("the server is closing"));
      return closeServer(http);
    },
  };
  return server;
}

function listen(http: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, "127.0.0.1", () => {
      const address = http.address();
      if (address === null || typeof address === "string") reject(new Error("no TCP address"));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function closeServer(http: Server): Promise<void> {
  if (!http.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    http.close((error) => (error === undefined ? resolve() : reject(error)));
    http.closeAllConnections();
  });
}

function organizationOf(backend: Backend, id: string | undefined): Organization {
  const found =
    id === undefined
      ? backend.organizations[0]
      : backend.organizations.find((organization) => organization.id === id);
  if (found === undefined) throw new RangeError(`no organization ${id ?? "at all"}`);
  return found;
}

function rowOf(backend: Backend, id: string): ModelRow {
  const row = backend.models.find(id);
  if (row === undefined) throw new RangeError(`no model ${id}`);
  return row;
}
