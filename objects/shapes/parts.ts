/** The parts of shapes: values with a unit, and small objects that many shapes share. */
import { z } from 'zod';

/** A point in time: epoch seconds, UTC. */
export const epoch = () => z.number().meta({ override: { type: 'integer', format: 'unix-time' } });

/** An amount in the minor units of the object's currency: cents for usd, yen for jpy. */
export const minorUnits = () => z.number().meta({ override: { type: 'integer', format: 'minor-units' } });

/** A quantity. */
export const integer = () => z.number().meta({ override: { type: 'integer' } });

/** A number as text, so that no digit is lost: `12.5`. */
export const decimal = () => z.string().meta({ override: { type: 'string', format: 'decimal', pattern: '^-?\\d+(\\.\\d+)?$' } });

/** A currency by its three letters of ISO 4217, in lower case. */
export const currency = () => z.string().meta({ override: { type: 'string', pattern: '^[a-z]{3}$' } });

/** An instant as text: RFC 3339, UTC, as in Stripe's v2 API. */
export const instant = () => z.string().meta({ override: { type: 'string', format: 'date-time' } });

export const metadata = () => z.record(z.string(), z.string());

/** A JSON object with arbitrary keys. */
export const anyObject = () => z.record(z.string(), z.unknown());

/** A list that is always empty, because Dunlin makes no such objects. */
export const none = () => z.array(z.never()).meta({ override: { type: 'array', maxItems: 0 } });

/** The start of a list inside an object; the rest is at `url`. */
export const listShape = <Shape extends z.ZodType>(shape: Shape) =>
  z.strictObject({ object: z.literal('list'), data: z.array(shape), has_more: z.boolean(), url: z.string() });

/** The same, with the number of all objects in the list. */
export const countedListShape = <Shape extends z.ZodType>(shape: Shape) => listShape(shape).extend({ total_count: integer() });

/** Dunlin does not sell on behalf of its callers, so managed payments are always off. */
export const noManagedPayments = () => z.strictObject({ enabled: z.literal(false) });

export const period = () => z.strictObject({ end: epoch(), start: epoch() });

export const address = () =>
  z.strictObject({
    city: z.string().nullable(),
    country: z.string().nullable(),
    line1: z.string().nullable(),
    line2: z.string().nullable(),
    postal_code: z.string().nullable(),
    state: z.string().nullable(),
  });

export const shipping = () => z.strictObject({ address: address(), name: z.string(), phone: z.string().nullable() });

export const amountTaxDisplay = () => z.enum(['exclude_tax', 'include_inclusive_tax']);

export const customField = () => z.strictObject({ name: z.string(), value: z.string() });

/** The only issuer: the account itself. */
export const self = () => z.strictObject({ type: z.literal('self') });

export const billingMode = () =>
  z.strictObject({
    flexible: z.strictObject({ proration_discounts: z.literal('included') }).nullable(),
    type: z.enum(['classic', 'flexible']),
    updated_at: epoch(),
  });

export const billingThresholds = () =>
  z.strictObject({ amount_gte: minorUnits().nullable(), reset_billing_cycle_anchor: z.boolean().nullable() });

/** An amount with its currency, as a monetary amount. */
export const monetary = () =>
  z.strictObject({ monetary: z.strictObject({ currency: currency(), value: minorUnits() }), type: z.literal('monetary') });

/** The usage that credit pays: every metered price, or the listed prices. */
export const creditScope = () =>
  z.union([z.strictObject({ price_type: z.literal('metered') }), z.strictObject({ prices: z.array(z.strictObject({ id: z.string() })) })]);

/** Which configuration decided the payment methods. */
export const methodConfiguration = () => z.strictObject({ id: z.string(), parent: z.null() });
