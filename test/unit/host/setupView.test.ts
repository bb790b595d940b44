import { describe, expect, it } from "vitest";
import { findModel } from "../../../src/core/models/catalogue";
import { unknownModel } from "../../../src/core/models/modelRows";
import { viewSetup } from "../../../src/host/chatView/setupView";

const disclosure = "Your messages are sent to api.groq.com.";
const model = findModel("openai/gpt-oss-120b") ?? unknownModel("missing", "");

describe("what keeps the chat from working", () => {
  it("without a key: where to get one, what the free plan gives, what is sent where", () => {
    const { title, actions, points } = viewSetup({ kind: "noKey" }, { model, disclosure });
    expect(title).toBe("No Groq API key is set");
    expect(actions.map(({ label }) => label)).toEqual([
      "Set API Key",
      "Get a Key",
      "Open Walkthrough",
    ]);
    expect(points?.map(({ text }) => text)).toEqual([
      expect.stringContaining("console.groq.com"),
      "It needs no card. With openai/gpt-oss-120b it admits 30 requests and 8,000 tokens a minute, 1,000 requests and 200,000 tokens a day: about 100 questions of 2,000 tokens.",
      disclosure,
    ]);
  });

  it("says so where a model's free limits are not published", () => {
    const { points } = viewSetup(
      { kind: "noKey" },
      { model: unknownModel("my/model", ""), disclosure },
    );
    expect(points?.[1]?.text).toBe("It needs no card. Its limits for my/model are not published.");
  });

  it("who has a key is no newcomer", () => {
    const setup = viewSetup(
      { kind: "originNotConfirmed", origin: "https://other.example" },
      { model, disclosure },
    );
    expect(setup.points).toBeUndefined();
    expect(setup.actions.map(({ id }) => id)).not.toContain("retry");
  });
});
