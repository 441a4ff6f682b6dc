/** The shape of an operation's answer. */
import { z } from 'zod';
import { SHAPES } from '../../objects/shapes';
import { DELETED } from '../../objects/shapes/deleted';
import { integer, listShape } from '../../objects/shapes/parts';
import type { Operation } from './operation';

type Answering = Pick<Operation, 'method' | 'path' | 'shows' | 'answer'>;

/**
 * What the operation declares; otherwise it follows from the kind that it shows. A `GET` whose path ends in a plural is a list, a
 * `DELETE` answers what is left of the object.
 */
export function answerShapeOf({ method, path, shows, answer }: Answering): z.ZodType {
  if (answer) return answer;
  if (shows === null || !(shows in SHAPES)) throw new Error(`${method} ${path} does not say what it answers`);
  const shape = SHAPES[shows as keyof typeof SHAPES];
  if (method === 'delete') return DELETED[shows] ?? shape;
  if (method !== 'get') return shape;
  if (path.endsWith('/search')) return searchShape(shape);
  if (/(s|\/history)$/.test(path)) return listShape(shape);
  return shows === 'customer' ? z.union([shape, DELETED.customer]) : shape;
}

const searchShape = (shape: z.ZodObject): z.ZodType =>
  z.strictObject({
    object: z.literal('search_result'),
    data: z.array(shape),
    has_more: z.boolean(),
    next_page: z.string().nullable(),
    total_count: integer().optional(),
    url: z.string(),
  });

/** `customer`, `deleted_customer`, `list_of_customer`, `search_result_of_customer`: answers of one name have one shape. */
export const answerNameOf = (operation: Operation): string => nameOf(answerShapeOf(operation));

function nameOf(shape: z.ZodType): string {
  const id = shape.meta()?.id;
  if (id !== undefined) return id;
  if (shape instanceof z.ZodUnion) return nameOf(shape.options[0] as z.ZodType);
  const { object, data } = (shape as z.ZodObject).shape;
  return `${(object as z.ZodLiteral<string>).value}_of_${nameOf((data as z.ZodArray).element as z.ZodType)}`;
}
