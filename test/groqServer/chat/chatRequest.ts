import { z } from "zod";

/**
 * The body of a chat completion, as Groq validates it: nothing but these fields, checked against
 * the public OpenAPI description (2026-08-14) and the refusals quoted in public threads (2026-10).
 * `stream_options` is not in the description and is accepted by the service. Fields that the
 * description lists as not supported, and that the service refuses, are left out.
 */
const textPart = z.strictObject({ type: z.literal("text"), text: z.string() });
const imagePart = z.strictObject({
  type: z.literal("image_url"),
  image_url: z.strictObject({
    url: z.string(),
    detail: z.enum(["auto", "low", "high"]).optional(),
  }),
});
const documentPart = z.strictObject({
  type: z.literal("document"),
  document: z.strictObject({
    data: z.record(z.string(), z.unknown()),
    id: z.string().nullish(),
  }),
});

const textContent = z.union([z.string(), z.array(textPart).min(1)]);
const anyContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion("type", [textPart, imagePart, documentPart])).min(1),
]);

const toolCall = z.strictObject({
  id: z.string(),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
});

const systemMessage = z.strictObject({
  role: z.enum(["system", "developer"]),
  content: textContent,
});
const userMessage = z.strictObject({ role: z.literal("user"), content: anyContent });
const assistantMessage = z.strictObject({
  role: z.literal("assistant"),
  content: z.union([z.string(), z.array(textPart)]).nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(toolCall).optional(),
});
const toolMessage = z.strictObject({
  role: z.literal("tool"),
  content: anyContent,
  tool_call_id: z.string(),
});

const functionName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

const tool = z.strictObject({
  type: z.enum(["function", "browser_search", "code_interpreter"]),
  function: z
    .strictObject({
      name: functionName,
      description: z.string().optional(),
      parameters: z.record(z.string(), z.unknown()).optional(),
      strict: z.boolean().nullish(),
    })
    .optional(),
});

const responseFormat = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
  z.strictObject({
    type: z.literal("json_schema"),
    json_schema: z.strictObject({
      name: functionName,
      description: z.string().optional(),
      schema: z.record(z.string(), z.unknown()).optional(),
      strict: z.boolean().nullish(),
    }),
  }),
]);

const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.strictObject({
    type: z.literal("function"),
    function: z.strictObject({ name: z.string() }),
  }),
]);

export const chatRequestSchema = z.strictObject({
  model: z.string(),
  messages: z
    .array(
      z.discriminatedUnion("role", [systemMessage, userMessage, assistantMessage, toolMessage]),
    )
    .min(1),
  max_completion_tokens: z.int().min(1).nullish(),
  max_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  n: z.int().min(1).max(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().nullish() }).nullish(),
  user: z.string().nullish(),
  tools: z.array(tool).max(128).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  disable_tool_validation: z.boolean().optional(),
  response_format: responseFormat.nullish(),
  reasoning_effort: z.enum(["none", "default", "low", "medium", "high"]).nullish(),
  reasoning_format: z.enum(["hidden", "raw", "parsed"]).nullish(),
  include_reasoning: z.boolean().nullish(),
  service_tier: z.enum(["auto", "on_demand", "flex", "performance"]).nullish(),
  citation_options: z.enum(["enabled", "disabled"]).nullish(),
  search_settings: z
    .strictObject({
      include_domains: z.array(z.string()).nullish(),
      exclude_domains: z.array(z.string()).nullish(),
      include_images: z.boolean().nullish(),
      country: z.string().nullish(),
    })
    .nullish(),
  logprobs: z.null().optional(),
  top_logprobs: z.null().optional(),
  logit_bias: z.null().optional(),
});

/** A chat completion request that has passed validation. */
export type ChatRequest = z.infer<typeof chatRequestSchema>;
export type ChatMessage = ChatRequest["messages"][number];
export type ChatTool = NonNullable<ChatRequest["tools"]>[number];
export type ToolCall = z.infer<typeof toolCall>;

/** The text of a message; images and documents count by what they carry as text. */
export function messageText(message: ChatMessage): string {
  const { content } = message;
  if (content == null) return "";
  if (typeof content === "string") return content;
  return content
    .map((part) => {
      switch (part.type) {
        case "text":
          return part.text;
        case "image_url":
          return part.image_url.url;
        case "document":
          return JSON.stringify(part.document.data);
      }
    })
    .join("\n");
}

/** The output cap that the request sets, under its present or its former name. */
export function outputCap(request: ChatRequest): number | undefined {
  return request.max_completion_tokens ?? request.max_tokens ?? undefined;
}
