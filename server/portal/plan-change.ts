/** A change of plan or quantity: the request that makes it, and the preview of that same request. */
import { formatsOf } from '../../documents/formats';
import { lineText } from '../../documents/line-text';
import { languageOf } from '../../documents/words';
import { BillingError } from '../../domain/core/errors';
import type { PlanChoice } from '../../domain/portal/permissions';
import type { PortalConfiguration } from '../../domain/rows/portal';
import type { Subscription, SubscriptionItem } from '../../domain/rows/subscription';
import type { WireInvoice } from '../../objects/shapes/invoice';
import type { PortalPreview } from '../../web/portal/model';
import type { PortalProblem } from '../../web/words/portal-problems';
import type { Call } from '../forms/call-once';
import { answerOf } from '../http/errors';
import type { RawParameters } from '../http/validation';
import { createPreview } from '../routes/invoices/create-preview';
import { updateSubscription } from '../routes/subscriptions/update';
import { localeOfVisit } from './locale';
import { read, type Visit } from './operations';
import { problemOf } from './problems';
import type { NewDiscount } from './promotion';
import type { PortalRows } from './rows';

export interface PlanChange extends PlanChoice {
  subscription: Subscription;
  item: SubscriptionItem;
  /** What a code or a flow takes off from now on; null: nothing. */
  discount: NewDiscount | null;
  /** The instant as of which it is computed. Epoch seconds of the customer's time. */
  at: number;
}

export const endsTrial = ({ features }: PortalConfiguration, { status }: Subscription): boolean =>
  status === 'trialing' && features.subscription_update.trial_update_behavior === 'end_trial';

/** Of the change and of its preview. */
function parametersOf(configuration: PortalConfiguration, { subscription, item, price, quantity, at }: PlanChange): RawParameters {
  const { billing_cycle_anchor: anchor, proration_behavior: behavior } = configuration.features.subscription_update;
  return {
    items: [{ id: item.id, price, ...(quantity === null ? {} : { quantity: String(quantity) }) }],
    proration_behavior: behavior,
    ...(behavior === 'none' ? {} : { proration_date: String(at) }),
    ...(anchor === 'now' ? { billing_cycle_anchor: anchor } : {}),
    ...(endsTrial(configuration, subscription) ? { trial_end: 'now' } : {}),
  };
}

/** The change waits for its payment, if there is something to pay. A discount cannot wait with it, so a declined payment leaves everything. */
export function callOf(configuration: PortalConfiguration, change: PlanChange): Call {
  const { subscription } = change;
  const parameters = {
    ...parametersOf(configuration, change),
    ...discountsOf(change),
    payment_behavior: change.discount === null ? 'pending_if_incomplete' : 'error_if_incomplete',
  };
  return { operation: updateSubscription, path: { subscription: subscription.id }, parameters };
}

/** Those that the subscription has, and the new one. */
function discountsOf({ subscription, discount }: PlanChange): RawParameters {
  return discount === null ? {} : { discounts: [...subscription.discounts.map((id) => ({ discount: id })), discount] };
}

/** What the change costs, exactly, or why the API refuses it. A refused code may be for other products, other customers, or a first purchase. */
export async function previewOf(
  visit: Visit,
  found: Pick<PortalRows, 'configuration' | 'customer'>,
  change: PlanChange,
): Promise<PortalPreview | PortalProblem> {
  const details = parametersOf(found.configuration, change);
  const parameters = { subscription: change.subscription.id, subscription_details: details, ...discountsOf(change) };
  try {
    return toPreview(await invoicePreview(visit, parameters), localeOfVisit(visit, found).tag);
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    return change.discount === null ? problemOf(answerOf(error, visit.deps.log).error) : 'unknownCode';
  }
}

/** The invoice that the API previews with these parameters. */
export async function invoicePreview(visit: Visit, parameters: RawParameters): Promise<WireInvoice> {
  const reply = await read(visit, { operation: createPreview, parameters });
  if ('body' in reply) return reply.body as WireInvoice;
  throw new Error('a preview has no row');
}

/** Null where there will be no invoice. */
export async function unlessNone<T>(preview: () => Promise<T>): Promise<T | null> {
  try {
    return await preview();
  } catch (error) {
    if (error instanceof BillingError && error.code === 'invoice_upcoming_none') return null;
    throw error;
  }
}

function toPreview(invoice: WireInvoice, tag: string): PortalPreview {
  const { lines, total, amount_due: due, billing_reason: reason, period_end: end, currency } = invoice;
  const terms = { language: languageOf([tag], 'US'), formats: formatsOf(tag), currency };
  const isNow = reason === 'subscription_update';
  return {
    lines: lines.data.map(({ description, amount }) => ({ text: lineText(description, terms), amount })),
    sums: sumsOf(invoice),
    total,
    due,
    isNow,
    at: isNow ? null : end,
  };
}

/** Between the lines and what is due. A credit that remains is said by itself. */
function sumsOf({
  subtotal,
  total,
  amount_due: due,
  total_discount_amounts: discounts,
  total_taxes: taxes,
}: WireInvoice): PortalPreview['sums'] {
  const discount = -discounts.reduce((sum, { amount }) => sum + amount, 0);
  const tax = taxes.reduce((sum, { amount, tax_behavior: behavior }) => sum + (behavior === 'exclusive' ? amount : 0), 0);
  const balance = total < 0 ? 0 : due - (subtotal + discount + tax);
  const all = [
    { of: 'discount', amount: discount },
    { of: 'tax', amount: tax },
    { of: 'balance', amount: balance },
  ] as const;
  return all.filter(({ amount }) => amount !== 0);
}
