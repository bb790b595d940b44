import { beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../../src/host/log";
import { fakeEditor } from "../../fakes/fakeEditor";

beforeEach(() => fakeEditor.reset());

describe("no key gets into the log", () => {
  const key = "gsk_AbCdEf0123456789abcdef";
  const check = (message: string, expected: string) =>
    it(message, () => {
      const log = createLog();
      log.info(message);
      log.warn(message);
      log.error(message);
      expect(fakeEditor.logged).toEqual([
        `info ${expected}`,
        `warn ${expected}`,
        `error ${expected}`,
      ]);
    });
  check(`Bearer ${key}`, "Bearer [key]");
  check(`{"apiKey":"${key}"}`, '{"apiKey":"[key]"}');
  check(`GROQ_API_KEY=${key} and ${key}`, "GROQ_API_KEY=[key] and [key]");
  check("xai-AbCdEf0123", "[key]");
  check("hf_AbCdEf0123", "[key]");
  check("AIzaAbCdEf0123", "[key]");
  check("sk-ant-api03-AbC_dEf", "[key]");
  check(
    "a task-oriented message about risk-assessment",
    "a task-oriented message about risk-assessment",
  );
  check(`key%22${key}`, "key%22[key]");
  check(`my_${key}`, "my_[key]");
});
