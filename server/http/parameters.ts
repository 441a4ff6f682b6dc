/**
 * Stripe's parameters as zod schemas. Forms, queries and JSON all arrive here as texts, arrays and objects, so each schema reads a text. An
 * unreadable parameter is refused in Stripe's words, under its bracketed name.
 */
import { z } from 'zod';
import { orderNames, type OrderedTable } from '../../db/orders';
import { isCurrency } from '../../domain/money/currency';
import { LIMITS } from '../../domain/core/limits';
import { hasVisibleCharacter, hiddenIn } from '../../domain/core/visible-text';

interface TextOptions {
  min?: number;
  max?: number;
}

/** Strict: an unlisted parameter is refused. */
export const parameters = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape);

/** A nested object, strict like the parameters themselves. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape);

/** A text with at least one visible character and none that deceives (`domain/core/visible-text.ts`). It may contain line ends. */
export function text({ max = 5000 }: TextOptions = {}) {
  return z.string().superRefine((value, context) => {
    if (value === '') refuse(context, 'empty', EMPTY);
    else if (value.length > max) {
      refuse(context, 'string_too_long', `Invalid string: must be at most ${String(max)} characters`);
    } else if (!hasVisibleCharacter(value)) refuse(context, 'invalid', 'Invalid string: it must contain a character that can be seen');
    else refuseHidden(value, context);
  });
}

function refuseHidden(value: string, context: z.RefinementCtx): void {
  const hidden = hiddenIn(value);
  if (hidden !== null) refuse(context, 'invalid', `Invalid string: it must not contain ${hidden}`);
}

/** A text of one line: a name, a title, a phone number. */
export function name({ max = 5000 }: TextOptions = {}) {
  return text({ max }).refine((value) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value), 'Invalid string: it must be one line');
}

/** A text of letters, digits and dashes that people can type. */
export function word({ max }: { max: number }) {
  return text({ max }).regex(/^[A-Za-z0-9-]*$/, 'Invalid string: only letters (a-z, A-Z), digits (0-9) and dashes (-) are allowed');
}

/** An integer within safe bounds. */
export function integer({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: TextOptions = {}) {
  return z
    .string()
    .transform((value, context) => {
      const number = Number(value);
      if (value === '') return refuse(context, 'empty', EMPTY);
      if (!/^[+-]?\d+$/.test(value) || !Number.isSafeInteger(number)) {
        return refuse(context, 'parameter_invalid_integer', `Invalid integer: ${value.slice(0, 100)}`);
      }
      if (number < min) return refuse(context, 'parameter_invalid_integer', atLeast(min));
      if (number > max) {
        return refuse(context, 'parameter_invalid_integer', `This value must be less than or equal to ${String(max)}.`);
      }
      return number;
    })
    .meta({ override: { type: 'integer', minimum: min, maximum: max } });
}

function atLeast(min: number): string {
  return min === 0 || min === 1
    ? `Invalid ${min === 0 ? 'non-negative' : 'positive'} integer`
    : `This value must be greater than or equal to ${String(min)}.`;
}

export function boolean() {
  return z
    .string()
    .transform((value, context) => {
      if (value === 'true' || value === '1') return true;
      if (value === 'false' || value === '0') return false;
      return refuse(context, value === '' ? 'empty' : 'invalid', value === '' ? EMPTY : `Invalid boolean: ${value.slice(0, 100)}`);
    })
    .meta({ override: { type: 'boolean' } });
}

/** Epoch seconds. */
export function timestamp() {
  return integer({ min: 0, max: LIMITS.timestamp.max }).meta({ override: { type: 'integer', format: 'unix-time' } });
}

/** Epoch seconds, or the word `now`, which the caller of this helper interprets. */
export const timestampOrNow = () => z.union([z.literal('now'), timestamp()]);

/** A number with decimals, kept as text so that no digit is lost: `'12.5'`. */
export function decimal({ decimals, min, max }: { decimals: number; min?: number; max?: number }) {
  return z
    .string()
    .transform((value, context) => {
      if (value === '') return refuse(context, 'empty', EMPTY);
      if (!/^-?\d{1,15}(\.\d+)?$/.test(value)) return refuse(context, 'invalid', `Invalid decimal: ${value.slice(0, 100)}`);
      if (withoutZerosAtEnd(value.split('.')[1] ?? '').length > decimals) {
        return refuse(
          context,
          'invalid',
          `Invalid decimal: ${value.slice(0, 100)}; must contain at most ${String(decimals)} decimal places.`,
        );
      }
      const [low, high] = [min ?? -Infinity, max ?? Infinity];
      if (Number(value) < low || Number(value) > high) {
        return refuse(context, 'invalid', `Invalid decimal: must be between ${String(low)} and ${String(high)}`);
      }
      return canonicalDecimal(value);
    })
    .meta({ override: { type: 'string', format: 'decimal' } });
}

/** A number of units. */
export const quantity = ({ min = 0 }: { min?: number } = {}) => integer({ min, max: LIMITS.quantity.max });

/** The price of one unit, in minor units: an integer, or with decimals. */
export const unitAmount = () => integer({ min: 0, max: LIMITS.unitAmount.max });
export const unitAmountDecimal = () => decimal({ decimals: 12, min: 0, max: LIMITS.unitAmount.max });

/** The amount of a line, below zero for a credit. */
export const signedAmount = () => integer({ min: -LIMITS.lineAmount.max, max: LIMITS.lineAmount.max });
export const signedAmountDecimal = () => decimal({ decimals: 12, min: -LIMITS.lineAmount.max, max: LIMITS.lineAmount.max });

/** `007.50` is `7.5`, `-0.0` is `0`. */
function canonicalDecimal(value: string): string {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const kept = withoutZerosAtEnd(fraction);
  const digits = whole.replace(/^0+(?=\d)/, '') + (kept === '' ? '' : `.${kept}`);
  return value.startsWith('-') && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** A regular expression for this tries every zero as the first of the last ones: a number of 100,000 digits takes it 12 seconds. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** One of several words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, {
    error: (issue) =>
      issue.input === '' ? EMPTY : `must be one of ${words.slice(0, -1).join(', ')}${words.length > 1 ? ' or ' : ''}${words.at(-1) ?? ''}`,
  });
}

/** A three-letter code, ignoring case. */
export function currency() {
  return z
    .string()
    .transform((value, context) => {
      const code = value.toLowerCase();
      if (value === '') return refuse(context, 'empty', EMPTY);
      return isCurrency(code) ? code : refuse(context, 'invalid', `Invalid currency: ${value.slice(0, 20)}`);
    })
    .meta({ override: { type: 'string', format: 'currency' } });
}

/** A value per currency, with codes in any case. */
export function byCurrency<Inner extends z.ZodType>(inner: Inner) {
  return z.record(z.string(), inner).transform((options, context) => {
    const read = Object.entries(options).map(([code, option]) => [code.toLowerCase(), option] as const);
    const unknown = read.find(([code]) => !isCurrency(code))?.[0];
    if (unknown !== undefined) return refuse(context, 'invalid', `Invalid currency: ${unknown.slice(0, 20)}`, [unknown]);
    return Object.fromEntries(read);
  });
}

/** The id of another object; the handler checks that it exists. */
export const id = () => name({ max: 255 });

/** A person or a team of the seller, by a name of its own: who decides or answers. */
export const owner = () => name({ max: 100 });

/** A list, as an array or with indices as keys. */
export function array<Item extends z.ZodType>(item: Item, { max = LIMITS.listElements.max }: TextOptions = {}) {
  return z.preprocess((value, context) => withoutIndices(counted(value, context, { max, of: 'elements' })), z.array(item).max(max));
}

function withoutIndices(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  if (!keys.every((key) => /^\d+$/.test(key))) return value;
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => (value as Record<string, unknown>)[key]);
}

/** A record of texts. */
export function record(value: z.ZodString, { max }: { max: number }) {
  return z.preprocess((given, context) => counted(given, context, { max, of: 'keys' }), z.record(value, value));
}

/** Counts the elements before any of them is read. */
function counted(value: unknown, context: z.RefinementCtx, { max, of }: { max: number; of: 'elements' | 'keys' }): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length <= max) return value;
  return refuse(
    context,
    'invalid',
    of === 'keys' ? `At most ${String(max)} keys are allowed` : `Array must have at most ${String(max)} elements`,
  );
}

/** An empty value (`''`, or null in JSON) becomes null, which removes it. */
export function emptyable<Inner extends z.ZodType>(inner: Inner) {
  return z.union([z.literal('').transform(() => null), inner]);
}

/**
 * Up to 50 keys of 40 characters, with values of 500. An empty value removes its key. An empty text in place of the object removes all keys
 * and is null here. `mergeMetadata` of `domain/core/metadata.ts` applies the change.
 */
export function metadata() {
  return z
    .union([z.literal('').transform(() => null), z.record(z.string(), z.string())])
    .superRefine((value, context) => {
      const entries = Object.entries(value ?? {});
      if (entries.length > LIMITS.metadataKeys.max) {
        return refuse(context, 'invalid', `Metadata can have at most ${String(LIMITS.metadataKeys.max)} keys.`);
      }
      for (const [key, each] of entries) {
        if (key === '' || key.length > 40) refuse(context, 'invalid', `Metadata keys must be 1 to 40 characters long: ${key.slice(0, 60)}`);
        if (/[[\]]/.test(key)) refuse(context, 'invalid', `Metadata keys cannot contain square brackets: ${key.slice(0, 60)}`);
        if (each.length > 500) refuse(context, 'invalid', 'Metadata values can have up to 500 characters.', [key]);
      }
    })
    .meta({
      override: {
        oneOf: [
          { type: 'object', additionalProperties: { type: 'string' } },
          { type: 'string', enum: [''] },
        ],
      },
    });
}

/** A postal address; missing parts are null. */
export function address() {
  const part = emptyable(name())
    .default(null)
    .meta({ override: { type: 'string' } });
  return object({ city: part, country: part, line1: part, line2: part, postal_code: part, state: part });
}

/** `created`, `created[gte]=…` and the like. */
export function range() {
  const bound = timestamp().optional();
  return z.union([timestamp(), object({ gt: bound, gte: bound, lt: bound, lte: bound })]);
}

/** `limit`, `starting_after`, `ending_before`: accepted by every list. */
export const pagination = {
  limit: integer({ min: 1, max: 100 }).default(10),
  starting_after: id().optional(),
  ending_before: id().optional(),
};

/** Dunlin's own parameters of a list that can be sorted by these names. */
export const orderedBy = (...names: string[]) => ({
  order: oneOf(['asc', 'desc']).optional(),
  order_by: oneOf(names as [string, ...string[]]).optional(),
});

/** Of a list of the rows of a table. */
export const orderedAs = (table: OrderedTable) => orderedBy(...orderNames(table));

const EMPTY =
  'You passed an empty string. We assume empty values are an attempt to unset a parameter; however it cannot be unset. ' +
  'You should remove it from your request or supply a non-empty value.';

/** `reason` becomes the error's code in `validation.ts`. */
function refuse(context: z.RefinementCtx, reason: string, message: string, path: string[] = []): never {
  context.addIssue({ code: 'custom', message, params: { reason }, path });
  return z.NEVER;
}
