/** What checkout sessions, payment links, portal configurations, setup intents and shipping rates show only when expanded. */
import type { Sql } from '../../db/connect';
import { loadRows, type Scope } from '../../db/related';
import { amountsIn } from '../../domain/rows/shipping-rate';
import { toStripeCheckoutLines } from '../../objects/checkout-session';
import { toStripeSetupAttempt } from '../../objects/setup-attempt';
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
  'setup_intent.latest_attempt': latestAttempts,
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

/** The last confirmation of each intent; null before the first. */
async function latestAttempts({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await loadRows(sql, 'setupIntent', scope, ids);
  const intents = rows.all('setupIntent');
  const keys = intents.filter(({ attempts }) => attempts > 0).map(({ id, attempts }) => `${id}/attempt-${String(attempts)}`);
  rows.putAll(await loadRows(sql, 'paymentAttempt', scope, keys));
  const attempts = rows.all('paymentAttempt');
  const methods = attempts.map(({ paymentMethod }) => paymentMethod);
  rows.putAll(await loadRows(sql, 'paymentMethod', scope, methods));
  const shown = new Map<string, unknown>(intents.map(({ id }) => [id, null]));
  for (const attempt of attempts) shown.set(attempt.intent, toStripeSetupAttempt(attempt, rows));
  return shown;
}
