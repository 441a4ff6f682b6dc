/** The entries of the public forms, as a declaration. */
import { z } from 'zod';
import type { CustomerRequestType, Declaration } from '../../domain/rows/customer-request';
import { name, text } from '../http/parameters';
import { email } from '../http/text-parameters';
import type { Entries } from '../checkout/form';

const isDay = (date: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(`${date}T00:00:00Z`));

/** What is left out is as if it were empty. */
const optional = <Rule extends z.ZodType<string>>(rule: Rule) =>
  z
    .union([z.literal('').transform((): null => null), rule])
    .optional()
    .transform((entry) => entry ?? null);

const FORM = z
  .object({
    name: name({ max: 250 }),
    email: email(),
    contract: name({ max: 255 }),
    kind: z.enum(['extraordinary', 'ordinary']).default('ordinary'),
    date: optional(z.string().refine(isDay)),
    statement: optional(text({ max: 500 })),
  })
  .refine(({ kind, statement }) => kind === 'ordinary' || statement !== null);

/** Null: something is missing or not valid. A withdrawal has neither a kind nor a date. */
export function declarationOf(type: CustomerRequestType, entries: Entries, locale: string): Declaration | null {
  const plain = type === 'withdrawal' ? { kind: 'ordinary', date: '' } : {};
  const read = FORM.safeParse({ ...entries, ...plain });
  return read.success ? { ...read.data, locale } : null;
}
