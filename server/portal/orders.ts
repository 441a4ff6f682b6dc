/** What the customer has bought at a checkout without an invoice. What has one is among the invoices. */
import { listRows } from '../../db/lists';
import { loadMatching } from '../../db/matching';
import { loadRows } from '../../db/related';
import { LIMITS } from '../../domain/core/limits';
import type { Charge } from '../../domain/rows/charge';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { PortalOrder } from '../../web/portal/model';
import { linkToOf } from '../http/dependencies';
import type { Visit } from './operations';

/** The last ones, newest first. A payment that a bank has refused bought nothing. */
export async function ordersOf({ deps, session: { account, livemode, customer } }: Visit): Promise<PortalOrder[]> {
  const scope = { account, livemode };
  const filters = [
    { column: 'customer', equals: customer },
    { column: 'mode', equals: 'payment' },
    { column: 'status', equals: 'complete' },
    { column: 'invoice', isNull: true },
  ];
  const page = await listRows(deps.sql, 'checkoutSession', scope, { filters, limit: LIMITS.portalInvoices.max, cursor: null });
  const rows = await loadRows(deps.sql, 'checkoutSession', scope, page?.keys ?? []);
  const orders = (page?.keys ?? []).map((id) => rows.get('checkoutSession', id)).filter(({ asyncPayment }) => asyncPayment !== 'failed');
  const intents = orders.flatMap(({ paymentIntent }) => paymentIntent ?? []);
  const charges = await loadMatching(deps.sql, scope, [
    {
      kind: 'charge',
      filters: [
        { column: 'paymentIntent', among: intents },
        { column: 'status', equals: 'succeeded' },
      ],
    },
  ]);
  return orders.map((order) => {
    const charge = charges.first('charge', ({ paymentIntent }) => paymentIntent === order.paymentIntent);
    return { ...orderOf(order, charge), receipt: charge === undefined ? null : linkToOf(deps)(charge.id) };
  });
}

function orderOf(
  { id, lineItems, completedAt, created, currency, amounts, asyncPayment }: CheckoutSession,
  charge: Charge | undefined,
): Omit<PortalOrder, 'receipt'> {
  return {
    id,
    lines: lineItems.map(({ description, quantity }) => ({ name: description, quantity: quantity ?? 1 })),
    at: completedAt ?? created,
    amount: charge?.amountCaptured ?? amounts.due,
    currency: charge?.currency ?? currency ?? 'usd',
    refunded: charge?.amountRefunded ?? 0,
    isPending: asyncPayment === 'pending',
  };
}
