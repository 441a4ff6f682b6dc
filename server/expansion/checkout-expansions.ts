/** What checkout sessions, payment links, portal configurations and shipping rates show only when expanded. */
import type { Sql } from '../../db/connect';
import { loadRows, type Scope } from '../../db/related';
import { amountsIn } from '../../domain/rows/shipping-rate';
import { toStripeCheckoutLines } from '../../objects/checkout-session';
import { listOf } from '../../objects/wire';

/** The number of lines; the rest is at their list's URL. */
const SHOWN = 10;

interface Sources {
  sql: Sql;
  scope: Scope;
}

export const checkoutIncluded = {
  'checkout.session.line_items': linesOf('checkoutSession', '/v1/checkout/sessions'),
  'payment_link.line_items': linesOf('paymentLink', '/v1/payment_links'),
  'billing_portal.configuration.products': async ({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> => {
    const configurations = (await loadRows(sql, 'portalConfiguration', scope, ids)).all('portalConfiguration');
    return new Map(configurations.map(({ id, features }) => [id, features.subscription_update.products]));
  },
  // Includes the rate's own currency, as at Stripe.
  'shipping_rate.currency_options': async ({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> => {
    const rates = (await loadRows(sql, 'shippingRate', scope, ids)).all('shippingRate');
    return new Map(rates.map((rate) => [rate.id, amountsIn(rate)]));
  },
};

function linesOf(kind: 'checkoutSession' | 'paymentLink', path: string) {
  return async ({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> => {
    const owners = (await loadRows(sql, kind, scope, ids)).all(kind);
    const named = owners.flatMap(({ lineItems }) => lineItems.map(({ price }) => price));
    const rows = await loadRows(sql, 'price', scope, named);
    return new Map(
      owners.map((owner) => {
        const lines = toStripeCheckoutLines(owner, rows);
        return [owner.id, listOf(lines.slice(0, SHOWN), `${path}/${owner.id}/line_items`, lines.length > SHOWN)];
      }),
    );
  };
}
