/** What is the same at every processor that is asked over the internet: our key there, the names that it gives, and what an HTTP status leaves open. */
import { DEADLINES } from '../domain/core/deadlines';
import type { StoredMethodAnswer } from '../domain/rows/stored-method';

/** One request, in milliseconds. A call may make several, one after the other. */
export const PROCESSOR_REQUEST = DEADLINES.processorCall / 3;

/** A key that an operator has to correct, or that has no permission; the same call is at work; too many calls. */
const WAITING = [401, 403, 409, 429];

/** Whether the processor has not said what became of the call. */
export const isUndecided = (status: number): boolean => status >= 500 || WAITING.includes(status);

/** Our key of an operation, which stays with it: a processor forgets the Idempotency-Key. */
export const metadataOf = (idempotencyKey: string): { dunlin_key: string } => ({ dunlin_key: idempotencyKey });

/** Null: Dunlin has not made it. */
export function keyOf({ metadata }: { metadata: unknown }): string | null {
  const key = typeof metadata === 'object' && metadata !== null && 'dunlin_key' in metadata ? metadata.dunlin_key : null;
  return typeof key === 'string' ? key : null;
}

/** What was made under our key, looked for page by page. A list, unlike a search, has all that is there. */
export async function madeUnder<T extends { metadata: unknown }>(idempotencyKey: string, list: AsyncIterable<T>): Promise<T | null> {
  for await (const each of list) if (keyOf(each) === idempotencyKey) return each;
  return null;
}

/** A stored payment method's name in our books, `cus_…/pm_…` or `cst_…/mdt_…`: it is charged for its customer only. */
export const nameOfStored = (customer: string, method: string): string => `${customer}/${method}`;

export function namesIn({ card }: { card: string }): { customer: string; method: string } {
  const [customer, method] = card.split('/');
  if (!customer || !method) throw new Error(`${card} names no customer and payment method of a processor`);
  return { customer, method };
}

/** The processor does not keep the payment method. */
export const refused = (part: 'customer' | 'payment_method', message: string): StoredMethodAnswer => ({
  outcome: 'refused',
  part,
  message,
});
