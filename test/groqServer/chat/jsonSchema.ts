/**
 * The part of JSON Schema that structured outputs and tool parameters use: `type`, `properties`,
 * `required`, `additionalProperties`, `items`, `enum`, `const`, `anyOf`.
 */
type Schema = Readonly<Record<string, unknown>>;

/** The first way in which a value breaks a schema, or nothing. */
export function schemaViolation(value: unknown, schema: Schema, path = "$"): string | undefined {
  const alternatives = schemas(schema["anyOf"]);
  if (alternatives.length > 0) {
    const fits = alternatives.some((one) => schemaViolation(value, one, path) === undefined);
    return fits ? undefined : `${path} matches no alternative`;
  }
  if (Array.isArray(schema["enum"]) && !schema["enum"].includes(value)) {
    return `${path} is not one of the allowed values`;
  }
  if ("const" in schema && schema["const"] !== value) return `${path} is not the required value`;
  const types = [schema["type"]].flat();
  if (schema["type"] !== undefined && !types.some((type) => hasType(value, type))) {
    return `${path} is not of type ${types.join(" or ")}`;
  }
  if (Array.isArray(value)) return itemViolation(value, schema, path);
  return isSchema(value) ? propertyViolation(value, schema, path) : undefined;
}

function itemViolation(items: unknown[], schema: Schema, path: string): string | undefined {
  const itemSchema = schema["items"];
  if (!isSchema(itemSchema)) return undefined;
  for (const [index, item] of items.entries()) {
    const violation = schemaViolation(item, itemSchema, `${path}[${index}]`);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function propertyViolation(object: Schema, schema: Schema, path: string): string | undefined {
  const properties = isSchema(schema["properties"]) ? schema["properties"] : {};
  const required: unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  for (const name of required) {
    if (typeof name === "string" && !(name in object)) return `${path}.${name} is missing`;
  }
  for (const [name, value] of Object.entries(object)) {
    const property = properties[name];
    if (isSchema(property)) {
      const violation = schemaViolation(value, property, `${path}.${name}`);
      if (violation !== undefined) return violation;
    } else if (schema["additionalProperties"] === false) {
      return `${path}.${name} is not allowed`;
    }
  }
  return undefined;
}

/** A value that satisfies a schema, built from its first alternatives. */
export function sampleValue(schema: Schema): unknown {
  const [alternative] = schemas(schema["anyOf"]);
  if (alternative !== undefined) return sampleValue(alternative);
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  if ("const" in schema) return schema["const"];
  switch ([schema["type"]].flat()[0]) {
    case "string":
      return "stand-in";
    case "number":
    case "integer":
      return 0;
    case "boolean":
      return false;
    case "array":
      return isSchema(schema["items"]) ? [sampleValue(schema["items"])] : [];
    case "object": {
      const properties = isSchema(schema["properties"]) ? schema["properties"] : {};
      return Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [
          name,
          isSchema(property) ? sampleValue(property) : null,
        ]),
      );
    }
    default:
      return null;
  }
}

function hasType(value: unknown, type: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isSchema(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function schemas(value: unknown): Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
