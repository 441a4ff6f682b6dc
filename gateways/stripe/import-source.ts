/** A Stripe account as the system that customers are imported from. Answers are read as JSON, so that no decimal is changed on the way. */
import type Stripe from 'stripe';
import type {
  SourceGrant,
  SourceInvoice,
  SourceLine,
  SourceMethod,
  SourceObjects,
  SourcePendingItem,
  SourceSubscription,
} from '../../domain/migration/source-objects';
import { idOf, idOrNull } from '../../domain/migration/source-parts';
import type { SourceSchedule } from '../../domain/migration/source-schedule';
import type { SourceKind } from '../../domain/rows/import';
import type { PauseCollection } from '../../domain/rows/subscription';
import { SourceRefused, type ImportSource, type LeftSchedule, type SourcePage, type SourcePageOf } from '../import-source';
import { nameOfStored } from '../remote-processor';
import { asking, isRefused, type Query } from './asking';
import { cardOf, detailsOf } from './stored-methods';
import { isThresholdBilled, usageOf } from './source-usage';

export interface List<T> {
  data: T[];
  has_more: boolean;
}

interface Balance {
  ledger_balance: { monetary: { value: number } | null };
}

const PAGE = '100';
/** Requests at once: Stripe allows a hundred in a second. */
const AT_ONCE = 8;

export function importSource(stripe: Stripe): ImportSource {
  const reader = new StripeReader(stripe);
  return {
    page: (kind, of) => reader.page(kind, of),
    customer: (id) => reader.customer(id),
    subscriptionsOf: (customer, usageUntil) => reader.subscriptionsOf(customer, usageUntil),
    schedulesOf: (customer) => reader.schedulesOf(customer),
    letGo: (schedule) => reader.letGo(schedule),
    invoicesOf: (customer, since) => reader.invoices(customer, since),
    pause: (subscription, pause) => reader.pause(subscription, pause),
    collect: (invoice) => reader.collect(invoice),
  };
}

const SUBSCRIPTION = ['data.discounts', 'data.items.data.discounts', 'data.latest_invoice'];

/** Where each kind is listed, and what of it a list shows only when asked. */
const LISTS: Record<SourceKind, { path: string; query: Query }> = {
  tax_rate: { path: '/v1/tax_rates', query: {} },
  product: { path: '/v1/products', query: {} },
  meter: { path: '/v1/billing/meters', query: {} },
  price: { path: '/v1/prices', query: { 'expand[]': ['data.product', 'data.tiers', 'data.currency_options'] } },
  coupon: { path: '/v1/coupons', query: { 'expand[]': ['data.applies_to', 'data.currency_options'] } },
  promotion_code: { path: '/v1/promotion_codes', query: {} },
  customer: { path: '/v1/customers', query: { 'expand[]': ['data.tax_ids', 'data.invoice_credit_balance'] } },
  subscription: { path: '/v1/subscriptions', query: { status: 'all', 'expand[]': SUBSCRIPTION } },
  subscription_schedule: { path: '/v1/subscription_schedules', query: { scheduled: 'true' } },
  invoice: { path: '/v1/invoices', query: { status: 'open' } },
};

const ON_CLOCKS: readonly SourceKind[] = ['customer', 'subscription'];

class StripeReader {
  constructor(private readonly stripe: Stripe) {}

  async page<K extends SourceKind>(kind: K, { after, testClock, usageUntil }: SourcePageOf): Promise<SourcePage<K>> {
    if (kind === 'subscription_schedule' && testClock !== null) {
      return (await this.schedulesOnClock(testClock, after)) as SourcePage<K>;
    }
    const { path, query } = LISTS[kind];
    const where: Query = {
      ...query,
      ...(testClock !== null && ON_CLOCKS.includes(kind) ? { test_clock: testClock } : {}),
      ...(after === null ? {} : { starting_after: after }),
      limit: PAGE,
    };
    const list = await this.get<List<SourceObjects[K]>>(path, where);
    const objects = await this.complete(kind, list.data, usageUntil);
    const last = list.data.at(-1);
    return { objects: objects as SourceObjects[K][], next: list.has_more && last ? last.id : null };
  }

  /** Schedules of customers on a test clock are listed by customer only. The cursor is a customer. */
  private async schedulesOnClock(clock: string, after: string | null): Promise<SourcePage<'subscription_schedule'>> {
    const where = { test_clock: clock, limit: PAGE, ...(after === null ? {} : { starting_after: after }) };
    const { data: customers, has_more: more } = await this.get<List<{ id: string }>>('/v1/customers', where);
    const found = await each(customers, ({ id }) => this.schedulesOf(id));
    return { objects: found.flat(), next: more ? (customers.at(-1)?.id ?? null) : null };
  }

  /** With what lists do not show. */
  private async complete(kind: SourceKind, objects: unknown[], usageUntil: number): Promise<unknown[]> {
    if (kind === 'customer') return this.withTheirs(objects as SourceObjects['customer'][]);
    return kind === 'subscription' ? this.withUnbilled(objects as SourceSubscription[], usageUntil) : objects;
  }

  async subscriptionsOf(customer: string, usageUntil: number): Promise<SourceSubscription[]> {
    const found = await this.all<SourceSubscription>('/v1/subscriptions', { customer, status: 'all', 'expand[]': SUBSCRIPTION });
    return this.withUnbilled(found, usageUntil);
  }

  async customer(id: string): Promise<SourceObjects['customer']> {
    const found = await this.get<SourceObjects['customer']>(`/v1/customers/${encodeURIComponent(id)}`, {
      'expand[]': ['tax_ids', 'invoice_credit_balance'],
    });
    const [customer = found] = await this.withTheirs([found]);
    return customer;
  }

  async all<T extends { id: string }>(path: string, query: Query): Promise<T[]> {
    const found: T[] = [];
    for (;;) {
      const after = found.at(-1);
      const { data, has_more: more } = await this.get<List<T>>(path, {
        ...query,
        limit: PAGE,
        ...(after ? { starting_after: after.id } : {}),
      });
      found.push(...data);
      if (!more || data.length === 0) return found;
    }
  }

  async invoices(customer: string, since: number): Promise<SourceInvoice[]> {
    const found = await this.all<SourceInvoice>('/v1/invoices', { customer, 'created[gte]': String(since) });
    return each(found, async (invoice) => {
      if (!invoice.lines.has_more) return invoice;
      const data = await this.all<SourceLine & { id: string }>(`/v1/invoices/${invoice.id}/lines`, {});
      return { ...invoice, lines: { data, has_more: false } };
    });
  }

  async pause(subscription: string, pause: PauseCollection | null): Promise<SourceSubscription> {
    const { behavior, resumes_at } = pause ?? {};
    const until = resumes_at === null || resumes_at === undefined ? {} : { resumes_at };
    const parameters = { pause_collection: pause === null ? '' : { behavior, ...until }, expand: ['discounts', 'items.data.discounts'] };
    try {
      return await this.ask(() => this.stripe.rawRequest('POST', `/v1/subscriptions/${encodeURIComponent(subscription)}`, parameters));
    } catch (error) {
      throw isRefused(error) ? new SourceRefused(`${subscription}: ${error.message}`) : error;
    }
  }

  schedulesOf(customer: string): Promise<SourceSchedule[]> {
    return this.all<SourceSchedule>('/v1/subscription_schedules', { customer, scheduled: 'true' });
  }

  /** Released rather than canceled: if it begins just now, its subscription goes on there. */
  async letGo(schedule: string): Promise<LeftSchedule> {
    const path = `/v1/subscription_schedules/${encodeURIComponent(schedule)}`;
    const found = await this.get<StartedSchedule>(path, {});
    if (found.status !== 'not_started') return leftAs(found);
    try {
      return leftAs(await this.ask(() => this.stripe.rawRequest('POST', `${path}/release`, {})));
    } catch (error) {
      throw isRefused(error) ? new SourceRefused(`${schedule}: ${error.message}`) : error;
    }
  }

  async collect(invoice: string): Promise<void> {
    await this.ask(() => this.stripe.rawRequest('POST', `/v1/invoices/${encodeURIComponent(invoice)}`, { auto_advance: true }));
  }

  private withTheirs(customers: SourceObjects['customer'][]): Promise<SourceObjects['customer'][]> {
    return each(customers, async (customer) => {
      if (customer.deleted) return { ...customer, methods: [], grants: [] };
      const found = await this.all<Stripe.PaymentMethod>('/v1/payment_methods', { customer: customer.id });
      return { ...customer, methods: found.map((method) => methodOf(method, customer.id)), grants: await this.grantsOf(customer.id) };
    });
  }

  private async grantsOf(customer: string): Promise<SourceGrant[]> {
    const found = await this.all<SourceGrant>('/v1/billing/credit_grants', { customer });
    const living = found.filter(({ voided_at: voided }) => voided === null);
    return each(living, async (grant) => {
      const { balances } = await this.get<{ balances: Balance[] }>('/v1/billing/credit_balance_summary', {
        ...{ customer, 'filter[type]': 'credit_grant', 'filter[credit_grant]': grant.id },
      });
      return { ...grant, left: balances.reduce((sum, { ledger_balance: { monetary } }) => sum + (monetary?.value ?? 0), 0) };
    });
  }

  private withUnbilled(subscriptions: SourceSubscription[], usageUntil: number): Promise<SourceSubscription[]> {
    return each(subscriptions, async (subscription) => {
      if (OVER.includes(subscription.status)) return { ...subscription, pending: [], plan: null, usage: [], threshold_billed: false };
      const found = await this.all<SourcePendingItem>('/v1/invoiceitems', { customer: idOf(subscription.customer), pending: 'true' });
      return {
        ...subscription,
        plan: await this.planOf(subscription),
        pending: found.filter((item) => isFor(item, subscription)),
        usage: await usageOf(this, subscription, usageUntil),
        threshold_billed: await isThresholdBilled(this, subscription),
      };
    });
  }

  private async planOf({ schedule }: SourceSubscription): Promise<SourceSchedule | null> {
    const id = idOrNull(schedule);
    if (id === null) return null;
    const found = await this.get<SourceSchedule>(`/v1/subscription_schedules/${encodeURIComponent(id)}`, {});
    return found.status === 'active' ? found : null;
  }

  get<T>(path: string, query: Query): Promise<T> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) for (const each of [value].flat()) search.append(name, each);
    return this.ask(() => this.stripe.rawRequest('GET', `${path}?${search.toString()}`));
  }

  private ask<T>(call: () => Promise<unknown>): Promise<T> {
    return asking(call) as Promise<T>;
  }
}

type StartedSchedule = Pick<SourceSchedule, 'status'> & {
  released_subscription: string | null;
  subscription: string | { id: string } | null;
};

/** One that was released without a subscription has never begun. */
function leftAs({ status, released_subscription: released, subscription }: StartedSchedule): LeftSchedule {
  return { isLeft: status === 'released' && released === null, subscription: released ?? idOrNull(subscription) };
}

const OVER: readonly string[] = ['canceled', 'incomplete', 'incomplete_expired'];

/** What belongs to no subscription is on the next invoice of the customer, whichever that is. */
function isFor({ currency, parent }: SourcePendingItem, subscription: SourceSubscription): boolean {
  const of = idOrNull(parent?.subscription_details?.subscription);
  return of === subscription.id || (of === null && currency === subscription.currency);
}

function methodOf(method: Stripe.PaymentMethod, customer: string): SourceMethod {
  const { id, created, type, card, billing_details: details, metadata } = method;
  return {
    ...{ id, created, type, metadata: metadata ?? {} },
    card: type === 'card' && card ? cardOf(card) : null,
    billingDetails: detailsOf(details),
    gatewayReference: nameOfStored(customer, id),
  };
}

/** In order, a few at once. */
async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))));
  }
  return results;
}
