/** Adds to the shapes of objects what `expand` can open in them. */
import type { z } from 'zod';
import { DELETED } from '../../objects/shapes/deleted';
import { INCLUDED } from '../../objects/shapes/included';
import { expandablesOf } from '../expansion/find-expandable';
import type { Expandable } from '../expansion/expansion-kinds';
import { OBJECT_NAMES } from '../expansion/names';
import { refTo, type Json, type Schemas } from './json-schema';

/** The component of a part that only `expand` includes: an object has its own name, and `price.tiers` is `price_tiers`. */
export function includedName(name: string): string {
  const shape = (INCLUDED as Partial<Record<string, z.ZodType>>)[name];
  return shape?.meta()?.id ?? name.replaceAll('.', '_');
}

/** @param schemas the components by name; they are changed in place */
export function addExpansions(schemas: Schemas): void {
  for (const [type, schema] of Object.entries(schemas)) {
    for (const [path, target] of Object.entries(expandablesOf(type))) addExpansion(schema, path.split('.'), target);
  }
}

function addExpansion(schema: Json, path: string[], target: Expandable): void {
  const [first = '', ...rest] = path;
  for (const properties of propertiesIn(schema)) {
    const property = properties[first];
    if (rest.length > 0) {
      if (property) addExpansion(property, rest, target);
    } else if (target.is === 'included') {
      properties[first] = included(target);
    } else if (target.is === 'reference' && property) {
      properties[first] = reference(property, target.kinds);
    }
  }
}

/** The properties of every object that a schema describes: through lists, alternatives and null. */
function propertiesIn(schema: Json): Record<string, Json>[] {
  const { properties, items, anyOf } = schema as { properties?: Record<string, Json>; items?: Json; anyOf?: Json[] };
  if (properties) return [properties];
  if (items) return propertiesIn(items);
  return (anyOf ?? []).flatMap(propertiesIn);
}

/** An id, or the object that it names, which may have been deleted. Of a list of ids, also of one that may be null, each. */
function reference(schema: Json, kinds: readonly (keyof typeof OBJECT_NAMES)[]): Json {
  const isArray = (each: Json): boolean => each['type'] === 'array';
  if (isArray(schema)) return { ...schema, items: reference(schema['items'] as Json, kinds) };
  const { anyOf: alternatives = [] } = schema as { anyOf?: Json[] };
  if (alternatives.some(isArray)) return { ...schema, anyOf: alternatives.map((each) => (isArray(each) ? reference(each, kinds) : each)) };
  const objects = kinds.flatMap((kind) => [
    refTo(OBJECT_NAMES[kind]),
    ...(kind in DELETED ? [refTo(`deleted_${OBJECT_NAMES[kind]}`)] : []),
  ]);
  const { type, anyOf, ...rest } = schema as { type?: string | string[]; anyOf?: Json[] };
  const plain = anyOf ?? [type ?? []].flat().map((each) => ({ type: each }));
  return { ...rest, anyOf: [...plain, ...objects], 'x-expandable': true };
}

function included({ name, types, list }: Extract<Expandable, { is: 'included' }>): Json {
  if (!list) return { ...(name in INCLUDED ? refTo(includedName(name)) : {}) };
  const items = types.length === 0 ? { maxItems: 0 } : { items: { anyOf: types.map(refTo) } };
  return {
    type: 'object',
    properties: {
      object: { type: 'string', const: 'list' },
      data: { type: 'array', ...items },
      has_more: { type: 'boolean' },
      url: { type: 'string' },
    },
    required: ['object', 'data', 'has_more', 'url'],
    additionalProperties: false,
  };
}
