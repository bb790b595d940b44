import { EventEmitter } from "vscode";
import type { Disposable, Event } from "vscode";
import type { Caps } from "../core/budget/caps";
import type { Picodollars } from "../core/budget/money";
import { highestRaise, raiseInForce, withRaise } from "../core/budget/raise";
import type { Raise } from "../core/budget/raise";
import type { Clock } from "../core/dispatch/clock";
import { fail, succeed } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import type { EditorState } from "./editorState";
import { readTexts } from "./plainData";

/** The daily cap raised for today, by the user's act. It ends with the local day, or when the daily cap is changed. */
export interface DailyRaise extends Disposable {
  readonly onDidChange: Event<void>;
  /** The caps from the settings. */
  plainCaps(): Caps;
  /** The caps with the raise that is in force, which requests are held to. */
  caps(): Caps;
  /** The raise that is in force. */
  current(): Raise | undefined;
  /** Raises what today may cost in all to `cap`. Refused without a daily cap, up to it, and above `highestRaise`. */
  raise(cap: Picodollars): Promise<Result<void>>;
  takeBack(): Promise<void>;
}

const stateKey = "raisedToday";

const storedFields = ["day", "cap", "over"] as const;
/** Picodollars. */
const amount = /^\d{1,24}$/;

/** Kept in the editor's global state, so that it outlives the window and applies in all windows. */
export function createDailyRaise(
  state: EditorState,
  clock: Clock,
  plainCaps: () => Caps,
): DailyRaise {
  const changed = new EventEmitter<void>();
  const today = () => clock.localDay(clock.now());

  async function keep(raise: Raise | undefined): Promise<void> {
    await state.update(stateKey, raise && encodeRaise(raise));
    changed.fire();
  }

  return {
    onDidChange: changed.event,
    plainCaps,
    caps: () => withRaise(plainCaps(), decodeRaise(state.get(stateKey)), today()),
    current: () => raiseInForce(decodeRaise(state.get(stateKey)), plainCaps(), today()),
    async raise(cap) {
      const caps = plainCaps();
      const { day } = caps;
      if (day === undefined) return fail({ kind: "raiseRefused", reason: "noDailyCap" });
      const highest = highestRaise({ ...caps, day });
      if (cap <= day || cap > highest)
        return fail({
          kind: "raiseRefused",
          reason: "outOfBounds",
          least: day.toString(),
          most: highest.toString(),
        });
      await keep({ day: today(), cap, over: day });
      return succeed(undefined);
    },
    takeBack: () => keep(undefined),
    dispose: () => changed.dispose(),
  };
}

function encodeRaise({
  day,
  cap,
  over,
}: Raise): Readonly<Record<(typeof storedFields)[number], string>> {
  return { day, cap: cap.toString(), over: over.toString() };
}

/** Anything stored in another form counts as no raise: the cap from the settings applies. */
function decodeRaise(stored: unknown): Raise | undefined {
  const texts = readTexts(stored, storedFields);
  if (texts === undefined || !amount.test(texts.cap) || !amount.test(texts.over)) return undefined;
  return { day: texts.day, cap: BigInt(texts.cap), over: BigInt(texts.over) };
}
