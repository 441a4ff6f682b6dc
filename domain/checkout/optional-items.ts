/** What the buyer may add to the purchase, and what of it the buyer has added. */
import { BillingError } from '../core/errors';
import { nestedIn } from '../core/nested-refusal';
import type { ChangeSet } from '../core/change-set';
import type { CheckoutLine, CheckoutSession, OptionalItem } from '../rows/checkout-session';
import { priceSession } from './amounts';
import { assertMode, sessionLine } from './lines';

/** By its price, and by the id of its line. */
export interface OptionalChange {
  added?: string | undefined;
  removed?: string | undefined;
}

/**
 * The buyer could buy everything at once.
 *
 * @throws BillingError parameter_invalid, currency_mismatch, and as the lines do, with the names of `optional_items`
 */
export function assertOptional(changes: ChangeSet, session: CheckoutSession): void {
  const { optional_items: items } = session.settings;
  if (items.length === 0) return;
  const added = items.map((item, index) => nestedIn(`optional_items[${String(index)}]`, () => lineOf(changes, item)));
  if (session.mode === 'payment') assertMode(session.mode, added);
  const known = session.lineItems.length;
  try {
    priceSession(changes, { ...session, lineItems: [...session.lineItems, ...added] });
  } catch (error) {
    if (error instanceof BillingError) throw renamed(error, known);
    throw error;
  }
}

function renamed(error: BillingError, known: number): BillingError {
  const [, index = '', rest = ''] = /^line_items\[(\d+)\](.*)$/.exec(error.details.param ?? '') ?? [];
  if (index === '' || Number(index) < known) return error;
  return new BillingError(error.code, error.message, {
    ...error.details,
    param: `optional_items[${String(Number(index) - known)}]${rest}`,
  });
}

/** @throws BillingError parameter_invalid for a price that is not offered, or was added already */
export function withOptional(
  changes: ChangeSet,
  { lineItems, settings }: Pick<CheckoutSession, 'lineItems' | 'settings'>,
  { added, removed }: OptionalChange,
): CheckoutLine[] {
  const kept = lineItems.filter(({ id, optional }) => id !== removed || optional !== true);
  if (added === undefined) return kept;
  const item = waiting({ lineItems: kept, settings }).find(({ price }) => price === added);
  if (item) return [...kept, lineOf(changes, item)];
  throw new BillingError('parameter_invalid', 'This item is not offered.', { param: 'optional_items' });
}

/** What the buyer has not added yet. */
export const waiting = ({ lineItems, settings }: Pick<CheckoutSession, 'lineItems' | 'settings'>): OptionalItem[] =>
  settings.optional_items.filter(({ price }) => !lineItems.some((line) => line.optional === true && line.price === price));

const lineOf = (changes: ChangeSet, { price, quantity, adjustable_quantity: adjustable }: OptionalItem): CheckoutLine => ({
  ...sessionLine(changes, { lineItems: [] }, { price, quantity }),
  adjustable,
  optional: true,
});
