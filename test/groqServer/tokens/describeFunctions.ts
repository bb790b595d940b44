import type { ChatTool } from "../chat/chatRequest";

/**
 * Function tools as gpt-oss reads them: a TypeScript namespace, written from their JSON schemas
 * (OpenAI's Harmony guide, read 2026-10).
 */
export function describeFunctions(tools: readonly ChatTool[]): string {
  const declarations = tools.map(({ function: declared }) => {
    if (declared === undefined) return "";
    const comment = declared.description === undefined ? "" : `// ${declared.description}\n`;
    const parameters = declared.parameters;
    const argument = parameters === undefined ? "()" : `(_: ${typeOf(parameters)})`;
    return `${comment}type ${declared.name} = ${argument} => any;`;
  });
  return [
    "## functions",
    "namespace functions {",
    ...declarations,
    "} // namespace functions",
  ].join("\n\n");
}

function typeOf(schema: unknown): string {
  if (!isObject(schema)) return "any";
  const alternatives = schema["enum"];
  if (Array.isArray(alternatives))
    return alternatives.map((one) => JSON.stringify(one)).join(" | ");
  switch (schema["type"]) {
    case "string":
      return "string";
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return `${typeOf(schema["items"])}[]`;
    case "object":
      return objectType(schema);
    default:
      return "any";
  }
}

function objectType(schema: Record<string, unknown>): string {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required: unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  const members = Object.entries(properties).map(([name, property]) => {
    const described = isObject(property) ? property["description"] : undefined;
    const comment = typeof described === "string" ? `// ${described}\n` : "";
    return `${comment}${name}${required.includes(name) ? "" : "?"}: ${typeOf(property)},`;
  });
  return `{\n${members.join("\n")}\n}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
