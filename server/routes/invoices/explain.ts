import { loadFacts } from '../../../db/facts';
import { explainInvoice, type LineExplanation } from '../../../domain/invoice/explanation';
import type { Rows } from '../../../domain/rows/rows';
import { findInvoice } from '../../writes/entities';
import { invoiceExplanation } from '../../../objects/shapes/invoice-explanation';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Explains an invoice line by line: the rule, the numbers, the priced usage, and the sums in order, so that a person can recompute them.
 * Lines written by hand have the rule `amount`.
 *
 * @throws BillingError resource_missing
 */
export const explainInvoiceOperation = operation({
  method: 'get',
  path: '/v1/invoices/:invoice/explain',
  summary: 'Explain an invoice',
  tag: 'Invoices',
  own: true,
  parameters: parameters({}),
  answer: invoiceExplanation,
  handle: async (request) => {
    const { id, customer, account, currency, status, livemode } = await findInvoice(request);
    const rows = await request.deps.sql.begin('isolation level repeatable read read only', (tx) =>
      loadFacts(tx, { account, customer, invoice: id }),
    );
    const { lines, totals, nationalTax } = explainInvoice(rows, rows.get('invoice', id));
    const of = { invoice: id, currency, status, livemode };
    return {
      body: {
        object: 'invoice_explanation' as const,
        ...of,
        lines: lines.map(showLine),
        national_tax: nationalTax,
        totals,
        payment_waits: waitsOf(rows, id),
      },
    };
  },
});

/** For what the charge of the invoice waits; null if it does not. */
function waitsOf(rows: Rows, invoice: string) {
  const attempt = rows.first('paymentAttempt', (each) => each.invoice === invoice && each.status === 'waiting');
  if (!attempt || attempt.waitingFor === null) return null;
  return { processor: attempt.gateway, reason: attempt.waitingFor, sends_at: attempt.sendsAt, since: attempt.created };
}

function showLine({ line, rule, steps, discounts, credits, taxes }: LineExplanation) {
  const { usage = null, ...numbers } = line.basis ?? { rule, full: line.amount };
  return {
    line_item: line.id,
    description: line.description,
    amount: line.amount,
    period: { start: line.periodStart, end: line.periodEnd },
    price: line.price,
    product: line.product,
    subscription_item: line.subscriptionItem,
    rule,
    numbers,
    usage,
    credited_items: line.prorationDetails?.credited_items ?? null,
    steps,
    discounts,
    credits,
    taxes: taxes.map(({ tax: { waived = 0, ...tax }, step }) => ({ ...tax, waived, step })),
  };
}
