import type { GroqError } from "../http/refusal";
import type { Answer } from "./answer";
import type { ChatRequest } from "./chatRequest";
import { schemaViolation } from "./jsonSchema";

/**
 * What is wrong with an answer that the model has finished: a tool call that cannot be made, or text
 * that is not the JSON that was asked for. Codes are documented; wordings quoted from public threads
 * (read 2026-10).
 */
export function outputFailure(answer: Answer, request: ChatRequest): GroqError | undefined {
  return explicitFailure(answer) ?? toolFailure(answer, request) ?? formatFailure(answer, request);
}

const couldNotCall =
  "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.";

function explicitFailure({ toolUseFailed }: Answer): GroqError | undefined {
  if (toolUseFailed === undefined) return undefined;
  const message = toolUseFailed.message ?? couldNotCall;
  return failed("tool_use_failed", message, toolUseFailed.failedGeneration);
}

function toolFailure(answer: Answer, request: ChatRequest): GroqError | undefined {
  const calls = answer.toolCalls ?? [];
  const choice = request.tool_choice ?? "auto";
  const usedBuiltIn = (answer.executedTools ?? []).length > 0;
  if (calls.length === 0) {
    if (choice === "auto" || choice === "none" || usedBuiltIn) return undefined;
    const message = "Tool choice is required, but model did not call a tool";
    return failed("tool_use_failed", message, answer.content ?? "");
  }
  const spoken = JSON.stringify(calls);
  if (choice === "none") {
    return failed("tool_use_failed", "Tool choice is none, but model called a tool", spoken);
  }
  for (const call of calls) {
    if (typeof call.arguments === "string" && parseJson(call.arguments) === undefined) {
      const message = "Failed to parse tool call arguments as JSON";
      return failed("tool_use_failed", message, call.arguments);
    }
    const offered = (request.tools ?? []).some((tool) => tool.function?.name === call.name);
    if (!offered && request.disable_tool_validation !== true) {
      const message = `tool call validation failed: attempted to call tool '${call.name}' which was not in request.tools`;
      return failed("tool_use_failed", message, spoken);
    }
  }
  return undefined;
}

function formatFailure(answer: Answer, request: ChatRequest): GroqError | undefined {
  const format = request.response_format;
  if (format == null || format.type === "text") return undefined;
  const content = answer.chunks?.join("") ?? answer.content ?? "";
  const parsed = parseJson(content);
  if (parsed === undefined) {
    const message =
      "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.";
    return failed("json_validate_failed", message, content);
  }
  if (format.type === "json_object" || format.json_schema.schema === undefined) return undefined;
  if (schemaViolation(parsed.value, format.json_schema.schema) === undefined) return undefined;
  const message =
    "Generated JSON does not match the expected schema. Please adjust your prompt. See 'failed_generation' for more details.";
  return failed("json_validate_failed", message, content);
}

function failed(code: string, message: string, generation: string): GroqError {
  return { message, type: "invalid_request_error", code, failed_generation: generation };
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
