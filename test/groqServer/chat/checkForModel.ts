import { type Refusal, badRequest } from "../http/refusal";
import type { ModelRow } from "../models/modelRow";
import { type ChatRequest, messageText, outputCap } from "./chatRequest";

/**
 * Refuses what this model cannot do, first complaint first. Documented in Groq's reasoning,
 * structured-output and tool-use pages (read 2026-10); quoted wordings: `reasoning_format`, JSON mode
 * with tools, the output cap and the context length. The other sentences follow their form.
 */
export function checkForModel(
  request: ChatRequest,
  model: ModelRow,
  promptTokens: number,
): Refusal | undefined {
  return (
    checkEndpoint(model) ??
    checkCap(request, model) ??
    checkReasoning(request, model) ??
    checkTools(request, model) ??
    checkResponseFormat(request, model) ??
    checkContext(request, model, promptTokens)
  );
}

function checkEndpoint(model: ModelRow): Refusal | undefined {
  switch (model.kind) {
    case "chat":
    case "moderation":
    case "system":
      return undefined;
    case "speech":
    case "transcription":
      return badRequest(`The model \`${model.id}\` does not support chat completions`);
  }
}

function checkCap(request: ChatRequest, model: ModelRow): Refusal | undefined {
  const cap = outputCap(request);
  const name = request.max_completion_tokens == null ? "max_tokens" : "max_completion_tokens";
  if (cap === undefined || cap <= model.maxCompletionTokens) return undefined;
  const message =
    `\`${name}\` must be less than or equal to \`${model.maxCompletionTokens}\`, the maximum ` +
    `value for \`${name}\` is less than the \`context_window\` for this model`;
  return badRequest(message, { param: name });
}

function checkReasoning(request: ChatRequest, model: ModelRow): Refusal | undefined {
  const {
    reasoning_effort: effort,
    reasoning_format: format,
    include_reasoning: include,
  } = request;
  if (format != null && include != null) {
    return badRequest("cannot specify both `reasoning_format` and `include_reasoning`");
  }
  if (format != null && model.reasoning !== "toggle") return unsupportedHere("reasoning_format");
  if (include != null && model.reasoning === "none") return unsupportedHere("include_reasoning");
  const replayed = request.messages.findIndex(
    (message) => message.role === "assistant" && message.reasoning != null,
  );
  if (replayed >= 0 && model.reasoning === "none") {
    const place = `'messages.${replayed}'`;
    return badRequest(
      `${place} : for 'role:assistant' the following must be satisfied[` +
        `(${place} : property 'reasoning' is unsupported)]`,
    );
  }
  return effort == null ? undefined : checkEffort(effort, model);
}

function checkEffort(effort: string, model: ModelRow): Refusal | undefined {
  switch (model.reasoning) {
    case "none":
      return unsupportedHere("reasoning_effort");
    case "effort":
      return oneOf("reasoning_effort", effort, ["low", "medium", "high"]);
    case "toggle":
      return oneOf("reasoning_effort", effort, ["none", "default"]);
  }
}

function checkTools(request: ChatRequest, model: ModelRow): Refusal | undefined {
  const tools = request.tools ?? [];
  for (const tool of tools) {
    if (tool.type === "function") {
      if (tool.function === undefined)
        return badRequest("'tools' : property 'function' is missing");
    } else if (!model.builtInTools.includes(tool.type)) {
      return badRequest(`tool type \`${tool.type}\` is not supported with this model`);
    }
  }
  const choice = request.tool_choice ?? "auto";
  if (choice === "required" && tools.length === 0) {
    return badRequest("`tool_choice` is `required` but no tools were given");
  }
  if (typeof choice === "object") {
    const offered = tools.some((tool) => tool.function?.name === choice.function.name);
    if (!offered) {
      return badRequest(`tool choice function '${choice.function.name}' not found in tools`);
    }
  }
  return undefined;
}

function checkResponseFormat(request: ChatRequest, model: ModelRow): Refusal | undefined {
  const format = request.response_format;
  if (format == null || format.type === "text") return undefined;
  const param = "response_format";
  if ((request.tools ?? []).length > 0) {
    return badRequest("json mode cannot be combined with tool/function calling", { param });
  }
  if (format.type === "json_object") {
    const mentioned = request.messages.some((message) => /json/i.test(messageText(message)));
    if (mentioned) return undefined;
    return badRequest(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  }
  if (!model.jsonSchema) {
    return badRequest("This model does not support response format `json_schema`.", { param });
  }
  if (format.json_schema.strict === true && request.stream === true) {
    return badRequest("json schema in strict mode cannot be combined with streaming", { param });
  }
  return undefined;
}

function checkContext(
  request: ChatRequest,
  model: ModelRow,
  promptTokens: number,
): Refusal | undefined {
  if (promptTokens + (outputCap(request) ?? 1) <= model.contextWindow) return undefined;
  const detail = { code: "context_length_exceeded", param: "messages" };
  return badRequest("Please reduce the length of the messages or completion.", detail);
}

function unsupportedHere(param: string): Refusal {
  return badRequest(`\`${param}\` is not supported with this model`, { param });
}

function oneOf(param: string, value: string, allowed: readonly string[]): Refusal | undefined {
  if (allowed.includes(value)) return undefined;
  const names = allowed.map((name) => `\`${name}\``).join(", ");
  return badRequest(`\`${param}\` must be one of ${names}`, { param });
}
