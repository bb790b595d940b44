import { expect, it } from "vitest";
import { explainStoreNotice } from "../../../src/host/storeNotice";

const aside = "groqCoder-damaged-2026-11-20T12-03-35.db";

it("names the kept file, and says that nothing was lost", () => {
  const words = explainStoreNotice({ kind: "recovered", aside, lost: [], spendComplete: true });
  expect(words).toContain(aside);
  expect(words).toContain("Everything was carried over");
  expect(words).not.toContain("too low");
});

it("says what was lost, and that sums may be too low", () => {
  const words = explainStoreNotice({
    kind: "recovered",
    aside,
    lost: ["calls", "conversations", "limits"],
    spendComplete: false,
  });
  expect(words).toContain(
    "parts of: the list of requests, conversations, what was learnt about your limits.",
  );
  expect(words).toContain("may be too low");
});
