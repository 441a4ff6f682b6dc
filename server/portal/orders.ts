/** What the customer has bought at a checkout without an invoice. What has one is among the invoices. */
import { loadMatching } from '../../db/matching';
import { loadRows } from '../../db/related';
import { givenBack, hasReceipt, type Charge } from '../../domain/rows/charge';
import { isAwaited, isLost, type CheckoutSession } from '../../domain/rows/checkout-session';
import type { PortalHome, PortalOrder } from '../../web/portal/model';
import { linkToOf } from '../http/dependencies';
import type { Visit } from './operations';
import { olderThan, pageOf } from './rows';

/** Newest first. A payment that a bank has refused, or that the seller has released, bought nothing. */
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
  const orders = keys.map((id) => found.get('checkoutSession', id)).filter((each) => !isLost(each));
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
    return { ...orderOf(order, charge), receipt: charge && hasReceipt(charge) ? linkToOf(deps)(charge.id) : null };
  });
  return { rows, older: olderThan({ keys, hasMore }) };
}

function orderOf(session: CheckoutSession, charge: Charge | undefined): Omit<PortalOrder, 'receipt'> {
  const { id, lineItems, completedAt, created, currency, amounts } = session;
  const isPending = isAwaited(session);
  return {
    id,
    lines: lineItems.map(({ description, quantity }) => ({ name: description, quantity: quantity ?? 1 })),
    at: completedAt ?? created,
    amount: isPending ? amounts.due : (charge?.amountCaptured ?? amounts.due),
    currency: charge?.currency ?? currency ?? 'usd',
    refunded: charge ? givenBack(charge) : 0,
    isPending,
  };
}
