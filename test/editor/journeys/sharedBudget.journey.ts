import { mkdirSync } from "node:fs";
import { expect, it } from "vitest";
import { formatDollars } from "../../../src/core/budget/money";
import { look } from "./look";
import { sessionForAll } from "./session";
import { meter, notificationsWith, sendMessage, windowWith } from "./steps";

const session = sessionForAll(() => ({
  groq: { speed: "unlimited" },
  settings: { "groqCoder.budget.daily": 0.0022 },
}));

it("two windows share a budget: each sees what the other spends, and neither goes over", async () => {
  const { editor, groq, folder } = session();
  mkdirSync(`${folder}/elsewhere`);
  const other = await editor.openWindow(`${folder}/elsewhere`);
  for (const window of [editor, other]) {
    await window.page.bringToFront();
    await window.runCommand("groqCoder.openChat");
    // When a page loads in a hidden window depends on the browser.
    await window.webview("view").getByRole("textbox", { name: "Message" }).waitFor();
  }
  const chat = editor.webview("view");
  for (const word of ["one ", "two "]) {
    await editor.page.bringToFront();
    groq.queueAnswer({ content: word.repeat(1500) });
    await sendMessage(chat, "a long answer, please");
    const answer = chat.getByRole("article", { name: "Groq Coder" }).filter({ hasText: word });
    await answer.getByText("tokens/s").waitFor();
    const spent = formatDollars(groq.bill().total);
    for (const window of [editor, other]) {
      await window.page.bringToFront();
      await expect.poll(() => meter(window).textContent()).toContain(spent);
    }
  }
  await look(other, "spent-elsewhere", meter(other), [formatDollars(groq.bill().total)]);

  const elsewhere = other.webview("view");
  await sendMessage(elsewhere, "hello");
  const refused = elsewhere.getByRole("article", { name: "Groq Coder" });
  await refused.getByText("Today's budget of $0.0022 is reached").waitFor();
  await look(other, "budget-used-elsewhere", elsewhere.locator("body"), [
    `${formatDollars(groq.bill().total)} are spent or reserved`,
    "Nothing was sent",
    "Session: $0.00",
  ]);
  expect(groq.requests).toHaveLength(2);
  expect(groq.bill().total).toBeLessThanOrEqual(2_200_000_000n);

  // At 80 % there was a warning, in one of the windows.
  const warning = "of the budget of $0.0022 for today is spent or reserved";
  const warned = await windowWith([editor, other], warning);
  await look(warned, "near-the-budget", warned.page.locator(".notifications-center"), [
    warning,
    'button "Change Budget"',
  ]);
  expect(
    (await notificationsWith(editor, warning)) + (await notificationsWith(other, warning)),
  ).toBe(1);
});
