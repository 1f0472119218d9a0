import fc from "fast-check";

/** As much of JSON Schema as the contract uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * Values that a schema takes, so that a request comes past its reading and into what does the work.
 *
 * @param known  texts that mean something to the server, such as the id of a study: they are taken most of the time.
 */
export function valuesOf(schema: JsonSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  const inner = (part: JsonSchema): fc.Arbitrary<unknown> => valuesOf(part, known);
  const choices = schema.anyOf ?? schema.oneOf;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (choices !== undefined) return fc.oneof(...choices.map(inner));
  switch (schema.type) {
    case "string":
      return textsOf(schema, known);
    case "integer":
      return fc.integer({ min: whole(schema.minimum, -5), max: whole(schema.maximum, 2_000_000_000) });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case "object":
      return objectsOf(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function whole(bound: number | undefined, otherwise: number): number {
  return bound === undefined || Math.abs(bound) > 2_147_483_647 ? otherwise : Math.ceil(bound);
}

function textsOf({ minLength = 0, maxLength = 40 }: JsonSchema, known: readonly string[]) {
  const any = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any });
}

function objectsOf(schema: JsonSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties } = schema;
  if (properties === undefined && typeof additionalProperties === "object")
    return fc.dictionary(fc.constantFrom(...known), valuesOf(additionalProperties, known), { maxKeys: 3 });
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, part] of Object.entries(properties ?? {})) fields[name] = valuesOf(part, known);
  return fc.record(fields, { requiredKeys: [...required] });
}
