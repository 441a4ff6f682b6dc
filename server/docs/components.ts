/** The shapes of objects, by the names that the document has for them. */
import type { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { SHAPES } from '../../objects/shapes';
import { DELETED } from '../../objects/shapes/deleted';
import { ENDIVE } from '../../objects/shapes/endive';
import { INCLUDED } from '../../objects/shapes/included';
import { OBJECT_NAMES } from '../expansion/names';
import { includedName } from './expansions';
import type { Schemas } from './json-schema';

type Shapes = Record<string, z.ZodType>;

/** The shapes of all objects, of deleted objects, and of parts that only `expand` includes. */
export function shapesOfObjects(): Shapes {
  const named = (prefix: string, shapes: Partial<Shapes>): [string, z.ZodType][] =>
    Object.entries(shapes).flatMap(([kind, shape]) => (shape ? [[prefix + OBJECT_NAMES[kind as keyof typeof SHAPES], shape]] : []));
  return Object.fromEntries([
    ...named('', SHAPES),
    ...named('deleted_', DELETED),
    ...Object.entries(INCLUDED).map(([name, shape]) => [includedName(name), shape] as const),
  ]);
}

/** JSON schemas of the objects that endive shows in another shape. */
export function shapesOfEndive(): Schemas {
  const schemas: Shapes = Object.fromEntries(Object.entries(ENDIVE).map(([name, shape]) => [name, shape.meta({ id: name })]));
  const { components } = createDocument({ openapi: '3.1.0', info: { title: 'endive', version: '' }, components: { schemas } });
  const all = components?.schemas as Schemas;
  return Object.fromEntries(Object.keys(ENDIVE).map((name) => [name, all[name] ?? {}]));
}
