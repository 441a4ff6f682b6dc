/** What the properties of answers are: amounts, times, codes. The API's own shapes say it. */
import type { z } from 'zod';
import { SHAPES } from '../../objects/shapes';
import { OBJECT_NAMES } from '../expansion/names';
import { operations } from '../routes';

export type Format = 'decimal' | 'money' | 'time' | 'plain';

interface Inside {
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  options?: z.ZodType[];
}

const insideOf = (type: z.ZodType): Inside => type.def as unknown as Inside;

/** The type without `nullable` and `optional`; of alternatives, the first that has properties. */
export function bare(type: z.ZodType): z.ZodType {
  const { innerType, options } = insideOf(type);
  if (innerType) return bare(innerType);
  const whole = options?.find((each) => insideOf(bare(each)).shape !== undefined);
  return whole ? bare(whole) : type;
}

/** The type of a property; null if the shape does not say. */
export function propertyOf(type: z.ZodType | null, name: string): z.ZodType | null {
  if (type === null) return null;
  const found = bare(type);
  const { shape, element } = insideOf(found);
  if (element) return /^\d+$/.test(name) ? element : null;
  return shape?.[name] ?? null;
}

/** The type of the rows of a list, by its path in what holds it. */
export function rowTypeOf(type: z.ZodType | null, path: string): z.ZodType | null {
  const list = path.split('.').reduce<z.ZodType | null>((inner, name) => propertyOf(inner, name), type);
  return propertyOf(list, '0') ?? list;
}

export function formatOf(type: z.ZodType | null): Format {
  if (type === null) return 'plain';
  const { override } = (bare(type).meta() ?? {}) as { override?: { format?: string } };
  if (override?.format === 'minor-units') return 'money';
  if (override?.format === 'decimal') return 'decimal';
  return override?.format === 'unix-time' ? 'time' : 'plain';
}

/** What is no kind of row, such as a user: an operation answers with it, or with a list of it. */
const others = operations.flatMap(({ answer }) =>
  [answer, rowTypeOf(answer, 'data')].flatMap((shape) => {
    const { values } = (propertyOf(shape, 'object')?.def ?? {}) as { values?: unknown[] };
    return shape !== null && typeof values?.[0] === 'string' ? [[values[0], shape] as const] : [];
  }),
);

const rows = Object.entries(OBJECT_NAMES).flatMap(([kind, name]) => {
  const shape = (SHAPES as Partial<Record<string, z.ZodType>>)[kind];
  return shape ? [[name, shape] as const] : [];
});

const byName = new Map<string, z.ZodType>([...others, ...rows]);

/** The shape of an answer by its `object`. */
export const shapeOf = (object: unknown): z.ZodType | null => byName.get(String((object as { object?: unknown }).object)) ?? null;
