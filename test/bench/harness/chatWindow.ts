import type { Locator, Page } from "playwright-core";
import { webviewOf } from "../../editor/harness/webviewFrame.ts";
import { epochNow } from "./wireTap.ts";

/** What a page notes for us, in milliseconds since the epoch by its own clock. */
interface NotedTimes {
  pressedAt?: number;
  usableAt?: number;
  enterAt?: number;
  lastChangeAt?: number;
  lastPaintAt?: number;
}

declare global {
  interface Window {
    noted?: NotedTimes;
  }
}

const CLOCK_LOOKS = 20;

/** A webview with an input called "Message", and how a person gets to it. */
export interface ChatPlace {
  /** What its icon in the activity bar is called. */
  readonly title: string;
  readonly extension: string;
}

/** The chat view of a window, with the times at which things happen in it. */
export interface ChatWindow {
  /** Opens the view; resolves to the milliseconds from the press on its icon to the usable input. */
  open(): Promise<number>;
  /** Shows the view if another one is in its place. */
  show(): Promise<void>;
  /** Sends a message and waits until `ending` stands in the log and nothing changes any more. */
  ask(message: string, ending: string): Promise<{ enterAt: number; lastPaintAt: number }>;
}

/** Takes notes in a window and in the views that are opened in it from now on. */
export async function takeNotes(page: Page): Promise<void> {
  await page.context().addInitScript(noteUsableInput);
  await page.evaluate(notePresses);
}

/** Takes the window of an editor that takes notes and has not opened this view yet. */
export function chatWindow(page: Page, place: ChatPlace): ChatWindow {
  const view = webviewOf(page, "view", place.extension);
  const messageBox = view.getByRole("textbox", { name: "Message" });
  const tab = page.getByRole("tab", { name: place.title });
  const show = async () => {
    // A press on what is shown already would hide it.
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
  };
  return {
    show,
    async open() {
      await show();
      await messageBox.waitFor();
      await messageBox.evaluate(noteAnswers);
      const { pressedAt = Number.NaN } = await page.evaluate(() => window.noted ?? {});
      // Not `window.parent`, which the editor hides from what it loads.
      const around = await messageBox.evaluate(
        () => window.frameElement?.ownerDocument.defaultView?.noted ?? {},
      );
      return (around.usableAt ?? Number.NaN) - pressedAt;
    },
    async ask(message, ending) {
      await messageBox.fill(message);
      await messageBox.press("Enter");
      await view.getByRole("log").getByText(ending).waitFor();
      await messageBox.evaluate(untilNothingChanges);
      const offset = await clockOffset(messageBox);
      const { enterAt, lastPaintAt } = await timesOf(messageBox);
      return { enterAt: enterAt + offset, lastPaintAt: lastPaintAt + offset };
    },
  };
}

/** Runs in every new frame, and looks for the input in the one that our content is loaded into. */
function noteUsableInput(): void {
  const look = () => {
    const content = document.querySelector<HTMLIFrameElement>("#active-frame");
    const box = content?.contentDocument?.querySelector("textarea");
    if (content && box && !box.disabled && box.checkVisibility() && content.checkVisibility()) {
      window.noted = { usableAt: performance.timeOrigin + performance.now() };
    } else {
      requestAnimationFrame(look);
    }
  };
  if (location.search.includes("purpose=webviewView")) look();
}

function notePresses(): void {
  addEventListener(
    "mousedown",
    (event) => {
      window.noted = { pressedAt: performance.timeOrigin + event.timeStamp };
    },
    { capture: true },
  );
}

function noteAnswers(box: Element): void {
  const noted = (window.noted ??= {});
  box.addEventListener(
    "keydown",
    (event) => {
      noted.enterAt = performance.timeOrigin + event.timeStamp;
    },
    { capture: true },
  );
  const notePaint = () => {
    noted.lastPaintAt = performance.timeOrigin + performance.now();
  };
  const changes = new MutationObserver(() => {
    noted.lastChangeAt = performance.timeOrigin + performance.now();
    // A task that a frame queues runs when that frame has been painted.
    requestAnimationFrame(() => setTimeout(notePaint));
  });
  const log = document.querySelector("[role='log']") ?? document.body;
  changes.observe(log, { subtree: true, childList: true, characterData: true });
}

function untilNothingChanges(): Promise<void> {
  const quietMilliseconds = 500;
  return new Promise((resolve) => {
    const look = () => {
      const now = performance.timeOrigin + performance.now();
      if (now - (window.noted?.lastChangeAt ?? now) > quietMilliseconds) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** What has not been noted is NaN, and so is every time that comes of it. */
async function timesOf(box: Locator): Promise<{ enterAt: number; lastPaintAt: number }> {
  const noted = await box.evaluate(() => window.noted ?? {});
  return { enterAt: noted.enterAt ?? Number.NaN, lastPaintAt: noted.lastPaintAt ?? Number.NaN };
}

/** What to add to a time of the page's clock for one of ours: from the exchange that took least. */
async function clockOffset(box: Locator): Promise<number> {
  let best = { roundTrip: Number.POSITIVE_INFINITY, offset: 0 };
  for (let look = 0; look < CLOCK_LOOKS; look++) {
    const before = epochNow();
    const there = await box.evaluate(() => performance.timeOrigin + performance.now());
    const after = epochNow();
    const roundTrip = after - before;
    if (roundTrip < best.roundTrip) best = { roundTrip, offset: (before + after) / 2 - there };
  }
  return best.offset;
}
