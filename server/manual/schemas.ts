/** The OpenAPI document's schemas as they are read: name, type, meaning. */
import type { Property } from '../../web/manual/model';

/** The part of JSON Schema that the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** Where the page of an object is; null for a shape without a page. */
export type PageOf = (name: string) => string | null;

const MOST_VALUES = 40;

export function propertiesOf(schema: Schema, pageOf: PageOf): Property[] {
  const shape = shapeIn(schema);
  return Object.entries(shape?.properties ?? {}).map(([name, each]) => ({
    name,
    type: typeOf(each),
    isRequired: shape?.required?.includes(name) ?? false,
    description: each.description ?? null,
    values: valuesOf(each).slice(0, MOST_VALUES),
    href: referenceIn(each) === null ? null : pageOf(referenceIn(each) ?? ''),
    properties: propertiesOf(elementOf(each), pageOf),
  }));
}

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ref;

const alternatives = ({ anyOf, oneOf, allOf }: Schema): Schema[] => [
  ...(anyOf ?? []),
  ...(anyOf === undefined ? (oneOf ?? []) : []),
  ...(allOf ?? []),
];

/** The object among the alternatives; a map has none. */
function shapeIn(schema: Schema): Schema | null {
  if (schema.properties !== undefined) return schema;
  return alternatives(schema).find(({ properties }) => properties !== undefined) ?? null;
}

/** Of an array or a map, what is in it. */
function elementOf(schema: Schema): Schema {
  const inside = [schema, ...alternatives(schema)].find(
    ({ items, additionalProperties: values }) => items ?? (typeof values === 'object' && values),
  );
  if (inside?.items !== undefined) return inside.items;
  return typeof inside?.additionalProperties === 'object' ? inside.additionalProperties : schema;
}

function referenceIn(schema: Schema): string | null {
  const all = [schema, ...alternatives(schema), ...alternatives(elementOf(schema)), elementOf(schema)];
  const ref = all.find(({ $ref }) => $ref !== undefined)?.$ref;
  return ref === undefined ? null : nameOf(ref);
}

function valuesOf(schema: Schema): string[] {
  const all = [schema, ...alternatives(schema), elementOf(schema)];
  const values = all.flatMap((each) => [...(each.enum ?? []), ...(each.const === undefined ? [] : [each.const])]);
  return [...new Set(values.map(String))].filter((value) => value !== '');
}

const FORMATS: Record<string, string> = {
  'unix-time': 'time in epoch seconds',
  'minor-units': 'amount in minor units',
  decimal: 'decimal as text',
  currency: 'currency',
  'date-time': 'time (ISO 8601)',
  binary: 'file',
};

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  const parts = alternatives(schema);
  if (parts.length > 0) return [...new Set(parts.map(typeOf))].filter((type) => type !== '').join(' or ');
  return FORMATS[schema.format ?? ''] ?? collectionOf(schema) ?? plainTypeOf(schema);
}

function collectionOf({ items, additionalProperties: values }: Schema): string | null {
  if (items !== undefined) return `array of ${typeOf(items)}`;
  return typeof values === 'object' ? `map of ${typeOf(values)}` : null;
}

function plainTypeOf({ type, enum: values, const: value }: Schema): string {
  if (value === '') return 'empty';
  return [type ?? (values === undefined && value === undefined ? 'any' : 'string')].flat().join(' or ');
}

/** A recorded parameter as the type that it has: forms send texts. */
export function typed(value: unknown, schema: Schema | undefined): unknown {
  if (typeof value === 'string') return typedText(value, schema ?? {});
  if (Array.isArray(value)) return value.map((each) => typed(each, schema && elementOf(schema)));
  if (typeof value !== 'object' || value === null) return value;
  const shape = schema && shapeIn(schema);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, typed(each, shape?.properties?.[name] ?? (schema && elementOf(schema)))]),
  );
}

function typedText(text: string, schema: Schema): unknown {
  const types = [schema, ...alternatives(schema)].flatMap(({ type }) => type ?? []);
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return types.includes('boolean') && (text === 'true' || text === 'false') ? text === 'true' : text;
}
