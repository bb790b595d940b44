import type { FrameLocator, Page } from "playwright-core";

/** Where one of our webviews is: in the side bar, or in an editor tab. */
export type WebviewPlace = "view" | "editor";

export type WebviewFrame = FrameLocator;

const EXTENSION_ID = "groq-coder.groq-coder";

/** Only views have their purpose in the address of their frame. */
const FRAME_ADDRESS = {
  view: '[src*="purpose=webviewView"]',
  editor: ':not([src*="purpose=webviewView"])',
} satisfies Record<WebviewPlace, string>;

/** The inner frame of a webview; it is looked up anew at each use, as the editor replaces it. */
export function webviewOf(page: Page, place: WebviewPlace, extension = EXTENSION_ID): WebviewFrame {
  return page
    .frameLocator(`iframe.webview.ready[src*="extensionId=${extension}"]${FRAME_ADDRESS[place]}`)
    .frameLocator("#active-frame");
}
