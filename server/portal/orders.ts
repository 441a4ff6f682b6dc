/** What the customer has bought at a checkout without an invoice. What has one is among the invoices. */
import { loadMatching } from '../../db/matching';
import { loadRows } from '../../db/related';
import type { Charge } from '../../domain/rows/charge';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { PortalHome, PortalOrder } from '../../web/portal/model';
import { linkToOf } from '../http/dependencies';
import type { Visit } from './operations';
import { olderThan, pageOf } from './rows';

/** Newest first. A payment that a bank has refused bought nothing. */
export async function ordersOf({ deps, session: { account, livemode, customer }, query }: Visit): Promise<PortalHome['orders']> {
  const scope = { account, livemode };
  const filters = [
    { column: 'customer', equals: customer },
    { column: 'mode', equals: 'payment' },
    { column: 'status', equals: 'complete' },
    { column: 'invoice', isNull: true },
  ];
  const { keys, hasMore } = await pageOf(deps.sql, 'checkoutSession', scope, { filters, after: query['orders'] ?? null });
  const found = await loadRows(deps.sql, 'checkoutSession', scope, keys);
  const orders = keys.map((id) => found.get('checkoutSession', id)).filter(({ asyncPayment }) => asyncPayment !== 'failed');
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
  const rows = orders.map((order) => {
    const charge = charges.first('charge', ({ paymentIntent }) => paymentIntent === order.paymentIntent);
    return { ...orderOf(order, charge), receipt: charge === undefined ? null : linkToOf(deps)(charge.id) };
  });
  return { rows, older: olderThan({ keys, hasMore }) };
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
