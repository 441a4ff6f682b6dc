/** Stripe Tax's transactions: what its reports and its monitoring of thresholds count. */
import type Stripe from 'stripe';
import type { RecordedLine } from '../../domain/rows/tax-record';
import { calling } from './failures';

/** As many as a calculation has. */
const LINES_AT_ONCE = 100;

/** Stripe refuses a second transaction of one reference; under the same key it answers as the first time. */
const once = (reference: string): Stripe.RequestOptions => ({ idempotencyKey: `dunlin/${reference}` });

export async function recordSale(
  stripe: Stripe,
  { calculation, reference }: { calculation: string; reference: string },
): Promise<RecordedLine[]> {
  const { id: transaction } = await calling(() =>
    stripe.tax.transactions.createFromCalculation({ calculation, reference }, once(reference)),
  );
  const { data } = await calling(() => stripe.tax.transactions.listLineItems(transaction, { limit: LINES_AT_ONCE }));
  return data.map((item) => ({
    ...{ transaction, reversal: null, transactionLine: item.id, line: item.reference, amount: item.amount, tax: item.amount_tax },
  }));
}

export async function recordReversal(
  stripe: Stripe,
  { transaction, reference, lines }: { transaction: string; reference: string; lines: readonly RecordedLine[] },
): Promise<string> {
  const line_items = lines.map(({ transactionLine, amount, tax }, index) => ({
    ...{ original_line_item: transactionLine, amount, amount_tax: tax, reference: `${reference}/${String(index + 1)}` },
  }));
  const params = { mode: 'partial' as const, original_transaction: transaction, reference, line_items };
  const { id } = await calling(() => stripe.tax.transactions.createReversal(params, once(reference)));
  return id;
}

/** Stripe: a partial reversal is canceled by a full reversal of it. */
export async function takeReversalBack(stripe: Stripe, { reversal, reference }: { reversal: string; reference: string }): Promise<string> {
  const params = { mode: 'full' as const, original_transaction: reversal, reference };
  const { id } = await calling(() => stripe.tax.transactions.createReversal(params, once(reference)));
  return id;
}
