/** The short form of a deleted object. */
import { z } from 'zod';

export const deleted = <Name extends string>(object: Name) =>
  z.strictObject({ id: z.string(), object: z.literal(object), deleted: z.literal(true) }).meta({ id: `deleted_${object}` });
