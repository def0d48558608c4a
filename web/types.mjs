// TypeScript types from the schemas of an OpenAPI description.

const simple = { string: "string", integer: "number", number: "number", boolean: "boolean" };

function type(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.type === "array") return schema.maxItems === 2 && schema.minItems === 2 ? `[${type(schema.items)}, ${type(schema.items)}]` : `Array<${type(schema.items)}>`;
  if (schema.type === "object" && schema.properties) return object(schema);
  return simple[schema.type] ?? "unknown";
}

function object(schema) {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties).map(([name, value]) => `${name}${required.has(name) ? "" : "?"}: ${type(value)}`);
  return `{ ${rows.join("; ")} }`;
}

export function types(description) {
  const rows = Object.entries(description.components.schemas).map(([name, schema]) => `export type ${name} = ${type(schema)};`);
  return `// Made from openapi.json by build.mjs.\n\n${rows.join("\n")}\n`;
}
