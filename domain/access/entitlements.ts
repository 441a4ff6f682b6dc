/**
 * The entitlements of a customer, kept as rows, so that each change of the set is seen once. An item gets the features that its product has
 * when its period begins, when its product changes, or when its subscription begins to give access. In between it keeps them.
 */
import { effectiveLimit } from './limits';
import { givesAccess } from './giving';
import type { ChangeSet } from '../core/change-set';
import type { ActiveEntitlement, EntitlementGrant, UsageLimit } from '../rows/entitlement';
import type { Rows } from '../rows/rows';
import type { SubscriptionItem } from '../rows/subscription';

const UPDATED = 'entitlements.active_entitlement_summary.updated';

/** Brings the entitlements of the customers up to date whose subscriptions are changed, and emits the event. */
export function settleEntitlements(changes: ChangeSet, ids: ReadonlySet<string>): void {
  const customers = new Set<string>();
  for (const id of ids) {
    const customer = (changes.rows.find('subscription', id) ?? changes.base.find('subscription', id))?.customer;
    if (customer === undefined) continue;
    customers.add(customer);
    settleSubscriptionAccess(changes, id, customer);
  }
  for (const customer of customers) announce(changes, customer);
}

/** The subscriptions that this change set changes, or whose items. */
export function changedSubscriptions({ changed, removed, rows, base }: ChangeSet): Set<string> {
  const ids = new Set([...(changed.get('subscription') ?? []), ...(removed.get('subscription') ?? [])]);
  for (const key of [...(changed.get('subscriptionItem') ?? []), ...(removed.get('subscriptionItem') ?? [])]) {
    const item = rows.find('subscriptionItem', key) ?? base.find('subscriptionItem', key);
    if (item) ids.add(item.subscription);
  }
  return ids;
}

/** What an item gives, by feature. */
type Given = Map<string, { lookupKey: string; grant: EntitlementGrant }>;

function settleSubscriptionAccess(changes: ChangeSet, id: string, customer: string): void {
  const subscription = changes.rows.find('subscription', id);
  const items = subscription && givesAccess(subscription) ? itemsOf(changes.rows, id) : [];
  const given = items.map((item) => givenBy(changes, item));
  const entitlements = changes.rows.where('activeEntitlement', (each) => each.customer === customer);
  for (const entitlement of entitlements) {
    const own = given.flatMap((by) => by.get(entitlement.feature)?.grant ?? []);
    store(changes, entitlement, grantsWith(entitlement.grants, id, own));
  }
  const known = new Set(entitlements.map(({ feature }) => feature));
  for (const [feature, { lookupKey }] of given.flatMap((by) => [...by])) {
    if (known.has(feature)) continue;
    known.add(feature);
    const grants = given.flatMap((by) => by.get(feature)?.grant ?? []);
    const resource = changes.resource('ent');
    changes.put('activeEntitlement', { ...resource, active: true, customer, feature, lookupKey, grants, ...effectiveLimit(grants) });
  }
}

const itemsOf = (rows: Rows, subscription: string): SubscriptionItem[] =>
  rows.where('subscriptionItem', (item) => item.subscription === subscription && !item.deleted);

/** With what a subscription gives now. Each grant keeps its place, so the oldest is the first. */
function grantsWith(before: readonly EntitlementGrant[], subscription: string, own: readonly EntitlementGrant[]): EntitlementGrant[] {
  const ofItem = (id: string): EntitlementGrant[] => own.filter(({ item }) => item === id);
  const kept = before.flatMap((grant) => (grant.subscription === subscription ? ofItem(grant.item) : [grant]));
  return [...kept, ...own.filter(({ item }) => !before.some((grant) => grant.item === item))];
}

/** A row that stays as it is is not written. */
function store(changes: ChangeSet, entitlement: ActiveEntitlement, grants: EntitlementGrant[]): void {
  if (JSON.stringify(grants.map(valuesOf)) === JSON.stringify(entitlement.grants.map(valuesOf))) return;
  changes.patch('activeEntitlement', entitlement.id, { active: grants.length > 0, grants, ...effectiveLimit(grants) });
}

/** In an order of their own: Postgres orders the keys of stored objects as it likes. */
const valuesOf = ({ subscription, item, product, limit, quantity, period_start, period_end }: EntitlementGrant) => [
  ...[subscription, item, product, limit?.amount, limit?.meter, limit?.per_quantity],
  ...[quantity, period_start, period_end],
];

function givenBy(changes: ChangeSet, item: SubscriptionItem): Given {
  const { rows } = changes;
  const product = rows.find('price', item.price)?.product ?? '';
  const grantOf = (limit: UsageLimit | null): EntitlementGrant => ({
    subscription: item.subscription,
    item: item.id,
    product,
    limit,
    quantity: item.quantity,
    period_start: limit && item.currentPeriodStart,
    period_end: limit && item.currentPeriodEnd,
  });
  if (beginsAnew(changes, item, product)) {
    const features = rows.where('productFeature', (each) => !each.deleted && each.product === product);
    return new Map(features.map(({ feature, lookupKey, usageLimit }) => [feature, { lookupKey, grant: grantOf(usageLimit) }]));
  }
  const kept = rows.all('activeEntitlement').flatMap(({ feature, lookupKey, grants }) => {
    const grant = grants.find((each) => each.item === item.id);
    return grant ? [[feature, { lookupKey, grant: grantOf(grant.limit) }] as const] : [];
  });
  return new Map(kept);
}

/** Whether the item takes on what its product has now. */
function beginsAnew({ base }: ChangeSet, item: SubscriptionItem, product: string): boolean {
  const subscription = base.find('subscription', item.subscription);
  const before = base.find('subscriptionItem', item.id);
  if (!subscription || !givesAccess(subscription) || !before || before.deleted) return true;
  if (before.currentPeriodStart !== item.currentPeriodStart) return true;
  return before.price !== item.price && base.find('price', before.price)?.product !== product;
}

const LISTED = 10;

/** The customer's entitlements as Stripe's summary, which lists the first ten. */
function announce(changes: ChangeSet, customer: string): void {
  const [before, after] = [changes.base, changes.rows].map((rows) => shownOf(changes, rows, customer)) as [Shown, Shown];
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const listOf = (data: Shown) => ({
    object: 'list',
    data: data.slice(0, LISTED),
    has_more: data.length > LISTED,
    url: `/v1/customer/${customer}/entitlements`,
  });
  const { livemode } = changes.context;
  const summary = { object: 'entitlements.active_entitlement_summary', customer, entitlements: listOf(after), livemode };
  changes.emitAbout(UPDATED, { kind: 'customer', key: customer, object: summary, previous: { entitlements: listOf(before) } });
}

type Shown = Record<string, unknown>[];

const shownOf = ({ context }: ChangeSet, rows: Rows, customer: string): Shown =>
  rows
    .where('activeEntitlement', (each) => each.active && each.customer === customer)
    .map(({ id }) => context.render('activeEntitlement', id, rows));
