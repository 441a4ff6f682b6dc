/**
 * Schedules. A running one is taken with its subscription, because each of its phases changes that. One that has not begun is taken on its own: the other system
 * begins it until the customer is cut over, and then leaves it to Dunlin.
 */
import type { ChangeSet } from '../core/change-set';
import { isBilledHere, type Customer } from '../rows/customer';
import type { Problem } from '../rows/import';
import type { DiscountParameters } from '../rows/subscription-parameters';
import type {
  PhaseInvoiceItem,
  PhaseInvoiceSettings,
  PhaseItem,
  SchedulePhase,
  ScheduleSettings,
  SubscriptionSchedule,
} from '../rows/subscription-schedule';
import type { Named } from '../core/steps';
import { couponIn } from './coupons';
import type { SourceSubscription } from './source-objects';
import { idOf, idOrNull } from './source-parts';
import type { SourcePhase, SourcePhaseDiscount, SourceSchedule, SourceScheduleSettings } from './source-schedule';
import { notTaken, reasons, requireOneBiller, taxRatesIn, type NotTaken, type Taking } from './taking';

/** One that has not begun. The other system begins its subscription, until the customer is cut over. */
export function takeSchedule(source: SourceSchedule): NotTaken | Taking {
  if (source.status !== 'not_started') return { outcome: 'skipped', problems: [{ field: 'status', reason: `It is ${source.status}.` }] };
  const problems = scheduleProblems(source);
  if (problems.length > 0) return { outcome: 'refused', problems };
  const { id, created } = source;
  const customer = idOf(source.customer);
  return {
    ...{ customer, schedule: id, named: namedBySchedule(source), keeps: { sub_sched: [{ id, created }] }, problems: [] },
    plan: (changes) => {
      const owner = changes.rows.find('customer', customer);
      if (!owner || owner.deleted) return notTaken('customer', customer, 'customer');
      const known = changes.rows.find('subscriptionSchedule', id);
      if (known && isBilledHere(owner)) return 'unchanged';
      requireOneBiller(owner, 'source');
      putSchedule(changes, source, { customer: owner, status: 'not_started', subscription: null });
      return known ? 'changed' : 'taken';
    },
  };
}

/**
 * A schedule whose start the other system has left to Dunlin. One that has begun or ended there stays there. One that has begun after the last look
 * bills a customer of Dunlin's there, which a person has to know.
 */
export function adoptSchedule(changes: ChangeSet, id: string, { isLeft, begun }: { isLeft: boolean; begun: string | null }): void {
  const schedule = changes.rows.get('subscriptionSchedule', id);
  if (!schedule.startsElsewhere) return;
  changes.patch('subscriptionSchedule', id, { startsElsewhere: false });
  if (isLeft) {
    changes.wake('schedule', id, schedule);
    return;
  }
  endElsewhere(changes, id);
  if (begun !== null) tellOfBegun(changes, schedule, begun);
}

/** A difference that waits for a person: nothing else would say that both systems bill the customer. */
function tellOfBegun(changes: ChangeSet, { id, customer, phases: [first] }: SubscriptionSchedule, subscription: string): void {
  changes.put('shadowInvoice', {
    ...changes.resource('shadow'),
    ...{ customer, subscription, currency: first?.currency ?? '', cycleAt: first?.start_date ?? changes.now, ours: null, theirs: null },
    ...{ status: 'different', differences: [{ kind: 'begun_there', line: id, ours: null, theirs: null }], checkAt: 0 },
  });
  changes.outcome = `the other system has begun ${subscription} meanwhile, and bills it`;
}

/** @param planned those that the other system still has: the others have begun or ended there */
export function dropSchedules(changes: ChangeSet, customer: string, planned: readonly string[]): void {
  const waiting = changes.rows.where('subscriptionSchedule', (each) => each.customer === customer && each.startsElsewhere);
  for (const { id } of waiting.filter((each) => !planned.includes(each.id))) endElsewhere(changes, id);
}

function endElsewhere(changes: ChangeSet, id: string): void {
  changes.patch('subscriptionSchedule', id, { startsElsewhere: false, status: 'canceled', canceledAt: changes.now });
  changes.emit('subscription_schedule.canceled', 'subscriptionSchedule', id);
}

/** What of a schedule Dunlin cannot carry out. */
export function scheduleProblems(plan: SourceSchedule | null): Problem[] {
  const added = (plan?.phases ?? []).flatMap((phase) => phase.add_invoice_items);
  const isElsewhere = [plan?.default_settings, ...(plan?.phases ?? [])].some((of) => Boolean(of?.transfer_data ?? of?.on_behalf_of));
  const isTimed = ({ period }: SourcePhase['add_invoice_items'][number]) =>
    (period?.start.type ?? 'phase_start') !== 'phase_start' || (period?.end.type ?? 'phase_end') !== 'phase_end';
  return reasons({
    'schedule.phases.transfer_data': [isElsewhere, 'Dunlin has no connected accounts.'],
    'schedule.phases.add_invoice_items.period': [added.some(isTimed), 'Dunlin bills what a phase adds for the phase.'],
  });
}

/** The subscription's running schedule is the one that it has at the source, or none. */
export function putRunning(changes: ChangeSet, source: SourceSubscription, customer: Customer): void {
  const { plan, id: subscription } = source;
  const running = changes.rows.where('subscriptionSchedule', (each) => each.subscription === subscription && each.status === 'active');
  for (const { id } of running.filter((each) => each.id !== plan?.id)) {
    const over = { status: 'released' as const, releasedAt: changes.now, releasedSubscription: subscription };
    changes.patch('subscriptionSchedule', id, { ...over, subscription: null, currentPhaseStart: null });
    changes.emit('subscription_schedule.released', 'subscriptionSchedule', id);
  }
  changes.patch('subscription', subscription, { schedule: plan?.id ?? null });
  if (plan) putSchedule(changes, plan, { customer, status: 'active', subscription });
}

function putSchedule(
  changes: ChangeSet,
  plan: SourceSchedule,
  { customer, status, subscription }: { customer: Customer; status: 'active' | 'not_started'; subscription: string | null },
): void {
  const { account, livemode } = changes.context;
  const { id, created } = plan;
  const known = changes.rows.find('subscriptionSchedule', id);
  changes.put('subscriptionSchedule', {
    ...{ id, account, livemode, created, customer: customer.id, testClock: customer.testClock, status, subscription },
    startsElsewhere: status === 'not_started',
    ...{
      releasedSubscription: null,
      canceledAt: null,
      completedAt: null,
      releasedAt: null,
      expiringSentFor: known?.expiringSentFor ?? null,
    },
    ...{ endBehavior: plan.end_behavior, billingMode: { type: plan.billing_mode?.type ?? 'classic' }, metadata: plan.metadata ?? {} },
    phases: plan.phases.map((phase, index) => phaseOf(changes, phase, `schedule[phases][${String(index)}]`)),
    defaultSettings: settingsOf(changes, plan.default_settings),
    currentPhaseStart: plan.current_phase?.start_date ?? null,
  });
  if (known) changes.emitUpdated('subscription_schedule.updated', 'subscriptionSchedule', id);
  else changes.emit('subscription_schedule.created', 'subscriptionSchedule', id);
}

function phaseOf(changes: ChangeSet, phase: SourcePhase, param: string): SchedulePhase {
  const tax = phase.automatic_tax;
  return {
    ...{ start_date: phase.start_date, end_date: phase.end_date, currency: phase.currency, trial_end: phase.trial_end },
    items: phase.items.map((item): PhaseItem => ({
      ...{ price: priceOf(changes, item.price, `${param}[items]`), described: true, quantity: item.quantity ?? null },
      billing_thresholds: usageThreshold(item.billing_thresholds),
      ...{
        discounts: discountsOf(changes, item.discounts, param),
        metadata: item.metadata ?? {},
        tax_rates: taxRatesIn(changes, item.tax_rates, `${param}[tax_rates]`),
      },
    })),
    add_invoice_items: phase.add_invoice_items.map((item): PhaseInvoiceItem => ({
      ...{ price: priceOf(changes, item.price, `${param}[add_invoice_items]`), described: true, quantity: item.quantity ?? 1 },
      ...{ discounts: discountsOf(changes, item.discounts, param), tax_rates: taxRatesIn(changes, item.tax_rates, `${param}[tax_rates]`) },
    })),
    ...(tax ? { automatic_tax: { enabled: tax.enabled, disabled_reason: null } } : {}),
    ...{ billing_cycle_anchor: phase.billing_cycle_anchor, collection_method: phase.collection_method, description: phase.description },
    ...(phase.billing_thresholds ? { billing_thresholds: phase.billing_thresholds } : {}),
    default_payment_method: methodOf(changes, phase.default_payment_method),
    default_tax_rates: taxRatesIn(changes, phase.default_tax_rates, `${param}[tax_rates]`),
    discounts: (phase.discounts ?? []).length === 0 ? null : discountsOf(changes, phase.discounts, param),
    invoice_settings: phase.invoice_settings && invoiceSettingsOf(phase.invoice_settings),
    ...{ metadata: phase.metadata ?? {}, proration_behavior: phase.proration_behavior },
  };
}

const usageThreshold = (of: { usage_gte: number | null } | null | undefined): { usage_gte: number } | null =>
  of?.usage_gte === undefined || of.usage_gte === null ? null : { usage_gte: of.usage_gte };

function priceOf(changes: ChangeSet, price: SourcePhase['items'][number]['price'], param: string): string {
  const id = idOf(price);
  return changes.rows.find('price', id)?.id ?? notTaken('price', id, `${param}[price]`);
}

/** A discount that was redeemed in a phase is one of the subscription's own, or over. */
function discountsOf(changes: ChangeSet, discounts: SourcePhaseDiscount[] | null | undefined, param: string): DiscountParameters[] {
  return (discounts ?? []).flatMap((each): DiscountParameters[] => {
    const [coupon, discount, code] = [idOrNull(each.coupon), idOrNull(each.discount), idOrNull(each.promotion_code)];
    if (discount !== null) return changes.rows.find('discount', discount) ? [{ discount }] : [];
    if (code !== null) return [{ promotion_code: changes.rows.find('promotionCode', code)?.id ?? notTaken('promotion code', code, param) }];
    return coupon === null ? [] : [{ coupon: couponIn(changes, coupon)?.id ?? notTaken('coupon', coupon, param) }];
  });
}

/** A card that was not taken is replaced by the customer's default, as one that was detached. */
const methodOf = (changes: ChangeSet, method: SourcePhase['default_payment_method']): string | null =>
  changes.rows.find('paymentMethod', idOrNull(method))?.id ?? null;

const invoiceSettingsOf = (of: Partial<PhaseInvoiceSettings>): PhaseInvoiceSettings => ({
  ...{ account_tax_ids: null, custom_fields: of.custom_fields ?? null, days_until_due: of.days_until_due ?? null },
  ...{ description: of.description ?? null, footer: of.footer ?? null },
});

function settingsOf(changes: ChangeSet, of: SourceScheduleSettings): ScheduleSettings {
  return {
    automatic_tax: { enabled: of.automatic_tax?.enabled ?? false, disabled_reason: null },
    billing_cycle_anchor: of.billing_cycle_anchor,
    billing_thresholds: of.billing_thresholds ?? null,
    collection_method: of.collection_method ?? 'charge_automatically',
    default_payment_method: methodOf(changes, of.default_payment_method),
    description: of.description ?? null,
    invoice_settings: invoiceSettingsOf(of.invoice_settings ?? {}),
  };
}

/** The rows that it names. */
export function namedBySchedule(
  plan: SourceSchedule | null,
): Required<Pick<Named, 'coupon' | 'discount' | 'paymentMethod' | 'price' | 'promotionCode' | 'taxRate'>> {
  const phases = plan?.phases ?? [];
  const items = phases.flatMap((phase) => [...phase.items, ...phase.add_invoice_items]);
  const discounts = [...phases, ...items].flatMap((of) => of.discounts ?? []);
  const rates = [...phases.flatMap((phase) => phase.default_tax_rates ?? []), ...items.flatMap((item) => item.tax_rates ?? [])];
  const ids = (all: (string | null)[]): string[] => all.filter((id) => id !== null);
  return {
    price: items.map(({ price }) => idOf(price)),
    taxRate: rates.map(idOf),
    coupon: ids(discounts.map(({ coupon }) => idOrNull(coupon))),
    discount: ids(discounts.map(({ discount }) => idOrNull(discount))),
    promotionCode: ids(discounts.map(({ promotion_code: code }) => idOrNull(code))),
    paymentMethod: ids([plan?.default_settings, ...phases].map((of) => idOrNull(of?.default_payment_method))),
  };
}
