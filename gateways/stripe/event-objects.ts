/**
 * The parts of an event's object that Dunlin reads. A webhook endpoint has an API version of its own, so what is not needed may be missing, and
 * may be null. Without what is needed the event is refused, so that Stripe shows it as failed and sends it again.
 */
import { z } from 'zod';
import { BillingError } from '../../domain/core/errors';
import { DISPUTE_STATUSES } from '../../domain/rows/dispute';
import { FRAUD_TYPES } from '../../domain/rows/review';

/** Null if it is missing. */
const maybe = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value): T | null => value ?? null);
const text = () => maybe(z.string());
const integer = () => z.number().int();

/** Another object: its id, or the whole of it. */
const reference = () => maybe(z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]));

export const attemptObject = z.object({ id: z.string() });

export const refundObject = z.object({ id: z.string(), metadata: z.unknown(), status: text(), failure_reason: text() });

const movement = z.object({ amount: integer(), currency: z.string(), fee: integer() });

export const disputeObject = z.object({
  ...{ id: z.string(), amount: integer(), currency: z.string(), status: z.enum(DISPUTE_STATUSES) },
  reason: text().transform((reason) => reason ?? 'general'),
  payment_intent: reference(),
  evidence_details: maybe(z.object({ due_by: maybe(integer()) })),
  payment_method_details: maybe(z.object({ card: maybe(z.object({ case_type: text(), network_reason_code: text() })) })),
  balance_transactions: maybe(z.array(movement)).transform((movements) => movements ?? []),
});
export type DisputeObject = z.infer<typeof disputeObject>;

export const warningObject = z.object({ fraud_type: z.enum(FRAUD_TYPES).catch('misc'), payment_intent: reference() });

const card = z.object({
  ...{ brand: z.string(), last4: z.string(), exp_month: integer(), exp_year: integer() },
  ...{ fingerprint: text(), funding: text().transform((funding) => funding ?? 'unknown'), country: text() },
  checks: maybe(z.object({ address_line1_check: text(), address_postal_code_check: text(), cvc_check: text() })),
  three_d_secure_usage: maybe(z.object({ supported: z.boolean() })),
  wallet: maybe(z.object({ type: z.string(), dynamic_last4: maybe(z.string()) })),
});
export const cardObject = z.object({ id: z.string(), card: maybe(card) });

/** @throws BillingError parameter_invalid that names what is missing */
export function readObject<T>({ id, type, object }: { id: string; type: string; object: unknown }, schema: z.ZodType<T>): T {
  const { data, error, success } = schema.safeParse(object);
  if (success) return data;
  const [issue] = error.issues;
  const field = ['data', 'object', ...(issue?.path ?? [])].join('.');
  throw new BillingError('parameter_invalid', `${field} of ${id} (${type}) cannot be read: ${issue?.message ?? ''}.`, { param: field });
}
