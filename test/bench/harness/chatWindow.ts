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

/** The chat view of a window, with the times at which things happen in it. */
export interface ChatWindow {
  /** Opens the view; resolves to the milliseconds from the press on its icon to the usable input. */
  open(): Promise<number>;
  /** Sends a message and waits until `ending` stands in the log and nothing changes any more. */
  ask(message: string, ending: string): Promise<{ enterAt: number; lastPaintAt: number }>;
}

/** Takes the window of an editor whose chat view has not been opened yet. */
export async function watchChat(page: Page): Promise<ChatWindow> {
  await page.context().addInitScript(noteUsableInput);
  await page.evaluate(notePresses);
  const messageBox = webviewOf(page, "view").getByRole("textbox", { name: "Message" });
  return {
    async open() {
      await page.getByRole("tab", { name: "Groq Coder" }).click();
      await messageBox.waitFor();
      await messageBox.evaluate(noteAnswers);
      const { pressedAt = Number.NaN } = await page.evaluate(() => window.noted ?? {});
      return (await timesOf(messageBox)).usableAt - pressedAt;
    },
    async ask(message, ending) {
      await messageBox.fill(message);
      await messageBox.press("Enter");
      await webviewOf(page, "view").getByRole("log").getByText(ending).waitFor();
      await messageBox.evaluate(untilNothingChanges);
      const offset = await clockOffset(messageBox);
      const { enterAt, lastPaintAt } = await timesOf(messageBox);
      return { enterAt: enterAt + offset, lastPaintAt: lastPaintAt + offset };
    },
  };
}

/** Runs in every new frame, and looks for the input in those that hold a webview's content. */
function noteUsableInput(): void {
  const look = () => {
    const box = document.querySelector<HTMLTextAreaElement>("textarea[aria-label='Message']");
    const frame = window.frameElement;
    const isShown = frame !== null && getComputedStyle(frame).visibility === "visible";
    if (box && !box.disabled && box.checkVisibility() && isShown) {
      window.noted = { usableAt: performance.timeOrigin + performance.now() };
    } else {
      requestAnimationFrame(look);
    }
  };
  if (location.pathname.endsWith("/fake.html")) look();
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
async function timesOf(box: Locator): Promise<Required<NotedTimes>> {
  const none = Number.NaN;
  const nothing = { pressedAt: none, usableAt: none, enterAt: none };
  const noted = await box.evaluate(() => window.noted ?? {});
  return { ...nothing, lastChangeAt: none, lastPaintAt: none, ...noted };
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
