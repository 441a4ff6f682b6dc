/** The license keys of a purchase, for the page that thanks for it. */
import type { Sql } from '../../db/connect';
import { loadMatching } from '../../db/matching';
import { deliveryOf } from '../../domain/access/delivery';
import type { CheckoutSession } from '../../domain/rows/checkout-session';

export async function licensesOf(sql: Sql, session: CheckoutSession): Promise<{ product: string; key: string }[]> {
  if (session.status !== 'complete') return [];
  const rows = await loadMatching(sql, session, [{ kind: 'license', filters: [{ column: 'checkoutSession', equals: session.id }] }]);
  const licenses = rows.all('license');
  rows.putAll(
    await loadMatching(sql, session, [{ kind: 'product', filters: [{ column: 'id', among: licenses.map(({ product }) => product) }] }]),
  );
  return licenses.flatMap((license) => deliveryOf(rows, license) ?? []).map(({ product, key }) => ({ product, key }));
}
