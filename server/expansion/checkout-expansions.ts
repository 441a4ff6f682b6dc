/** The lines of checkout sessions and payment links, which they show only when expanded. */
import type { Sql } from '../../db/connect';
import { loadRows, type Scope } from '../../db/related';
import { toStripeCheckoutLines } from '../../objects/checkout-session';
import { listOf } from '../../objects/wire';

/** The number of lines; the rest is at their list's URL. */
const SHOWN = 10;

export const checkoutIncluded = {
  'checkout.session.line_items': async ({ sql, scope }: { sql: Sql; scope: Scope }, ids: string[]): Promise<Map<string, unknown>> => {
    const sessions = (await loadRows(sql, 'checkoutSession', scope, ids)).all('checkoutSession');
    const named = sessions.flatMap(({ lineItems }) => lineItems.map(({ price }) => price));
    const rows = await loadRows(sql, 'price', scope, named);
    return new Map(
      sessions.map((session) => {
        const lines = toStripeCheckoutLines(session, rows);
        return [session.id, listOf(lines.slice(0, SHOWN), `/v1/checkout/sessions/${session.id}/line_items`, lines.length > SHOWN)];
      }),
    );
  },
  'payment_link.line_items': async ({ sql, scope }: { sql: Sql; scope: Scope }, ids: string[]): Promise<Map<string, unknown>> => {
    const links = (await loadRows(sql, 'paymentLink', scope, ids)).all('paymentLink');
    const named = links.flatMap(({ lineItems }) => lineItems.map(({ price }) => price));
    const rows = await loadRows(sql, 'price', scope, named);
    return new Map(
      links.map((link) => {
        const lines = toStripeCheckoutLines(link, rows);
        return [link.id, listOf(lines.slice(0, SHOWN), `/v1/payment_links/${link.id}/line_items`, lines.length > SHOWN)];
      }),
    );
  },
};
