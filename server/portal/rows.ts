/** The rows that the portal shows of its session's customer. */
import { listRows, type Filter, type Page } from '../../db/lists';
import { loadMatching } from '../../db/matching';
import type { Sql } from '../../db/connect';
import { loadPortalFacts, loadRetentionFacts } from '../../db/portal';
import { loadRows } from '../../db/related';
import { LIMITS } from '../../domain/core/limits';
import type { CreditNote } from '../../domain/rows/credit-note';
import type { Customer } from '../../domain/rows/customer';
import type { MethodType, PaymentMethod } from '../../domain/rows/payment-method';
import type { PortalConfiguration, PortalSession } from '../../domain/rows/portal';
import type { Scope } from '../../domain/core/steps';
import type { Rows } from '../../domain/rows/rows';
import type { Subscription } from '../../domain/rows/subscription';
import { methodsFor } from '../writes/methods-offered';
import type { Dependencies } from '../http/dependencies';

export interface PortalRows {
  rows: Rows;
  configuration: PortalConfiguration;
  customer: Customer;
  /** Those that have not ended, newest first. */
  subscriptions: Subscription[];
  /** The customer's cards, newest first. */
  cards: PaymentMethod[];
  /** What the customer can add. */
  methods: MethodType[];
}

const LIVING = ['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused'] as const;

/** What decides what the customer may do. */
export async function loadPortalRows(
  { sql }: Dependencies,
  { customer, configuration, account, livemode, flow }: PortalSession,
): Promise<PortalRows> {
  const scope = { account, livemode };
  const rows = await loadPortalFacts(sql, scope, { configuration, subscriptions: { column: 'customer', equals: customer } });
  rows.putAll(await loadRows(sql, 'customer', scope, [customer]));
  rows.putAll(
    await loadMatching(sql, scope, [
      { kind: 'paymentMethod', filters: [{ column: 'customer', equals: customer }] },
      {
        kind: 'taxId',
        filters: [
          { column: 'customer', equals: customer },
          { column: 'deleted', equals: false },
        ],
      },
    ]),
  );
  if (flow !== null && flow.retention !== null) {
    const discounts = rows.all('subscription').flatMap((each) => each.discounts);
    rows.putAll(await loadRetentionFacts(sql, scope, { customer, coupon: flow.retention, discounts }));
  }
  const isLiving = ({ status, hidden }: Subscription): boolean => !hidden && (LIVING as readonly string[]).includes(status);
  return {
    rows,
    configuration: rows.get('portalConfiguration', configuration),
    customer: rows.get('customer', customer),
    subscriptions: rows.where('subscription', isLiving).reverse(),
    cards: rows.all('paymentMethod').reverse(),
    methods: await methodsFor(sql, scope, { currency: rows.get('customer', customer).currency ?? undefined, once: false }),
  };
}

/** A page of a list, newest first: its beginning, or what comes after a row. */
export async function pageOf(
  sql: Sql,
  kind: 'checkoutSession' | 'creditNote' | 'invoice',
  scope: Scope,
  { filters, after }: { filters: Filter[]; after: string | null },
): Promise<Page> {
  const cursor = after === null ? null : { direction: 'after' as const, id: after };
  return (await listRows(sql, kind, scope, { filters, limit: LIMITS.portalInvoices.max, cursor })) ?? { keys: [], hasMore: false };
}

/** What a link to the rows after this page names; null: there are none. */
export const olderThan = ({ keys, hasMore }: Page): string | null => (hasMore ? (keys.at(-1) ?? null) : null);

/** A page of the customer's final invoices, newest first, put among the rows. */
export async function loadInvoices(
  { sql }: Dependencies,
  { customer, account, livemode }: PortalSession,
  { rows, after }: { rows: Rows; after: string | null },
): Promise<Page> {
  const scope = { account, livemode };
  const filters = [
    { column: 'customer', equals: customer },
    { column: 'status', among: ['open', 'paid', 'uncollectible', 'void'] },
  ];
  const page = await pageOf(sql, 'invoice', scope, { filters, after });
  rows.putAll(await loadRows(sql, 'invoice', scope, page.keys));
  const intents = page.keys.flatMap((id) => rows.get('invoice', id).paymentIntent ?? []);
  rows.putAll(await loadRows(sql, 'paymentIntent', scope, intents));
  return page;
}

/** A page of the customer's credit notes, newest first. */
export async function loadCreditNotes(
  { sql }: Dependencies,
  { customer, account, livemode }: PortalSession,
  after: string | null,
): Promise<{ page: Page; notes: CreditNote[] }> {
  const scope = { account, livemode };
  const page = await pageOf(sql, 'creditNote', scope, { filters: [{ column: 'customer', equals: customer }], after });
  const rows = await loadRows(sql, 'creditNote', scope, page.keys);
  return { page, notes: page.keys.map((id) => rows.get('creditNote', id)) };
}
