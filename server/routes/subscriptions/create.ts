import type { z } from 'zod';
import { BillingError } from '../../../domain/core/errors';
import type { Rows } from '../../../domain/rows/rows';
import { createSubscriptionUpdate } from '../../../workflows/contract';
import { subscriptionEntity, unlessDone } from '../../writes/entities';
import { onlyOne } from '../../http/exclusive';
import { operation, type ObjectReply } from '../../http/operation';
import { boolean, currency, id, integer, parameters, timestamp, timestampOrNow } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { checkReferences, customerNamed } from '../../writes/references';
import { assertBackdating } from './backdating';
import { checkEnding } from '../../schemas/ending';
import { assertRoom } from './room';
import { checkDiscounts, checkItems, nameItemPrices, referencesOfItems, referencesOfSettings } from '../../schemas/pricing';
import { anchorConfig, billingMode, newItems, settingsShape, UNSUPPORTED_OF_SETTINGS } from '../../schemas/subscription';
import { LIMITS } from '../../../domain/core/limits';

export const createParameters = parameters({
  ...settingsShape,
  customer: id(),
  items: newItems(),
  backdate_start_date: timestamp().optional(),
  billing_cycle_anchor: timestamp().optional(),
  billing_cycle_anchor_config: anchorConfig().optional(),
  billing_mode: billingMode().optional(),
  currency: currency().optional(),
  default_payment_method: id().optional(),
  trial_end: timestampOrNow().optional(),
  trial_from_plan: boolean().optional(),
  trial_period_days: integer({ min: 1, max: LIMITS.trialDays.max }).optional(),
});

/**
 * Starts a subscription. Its first invoice is charged within the call, as `payment_behavior` says.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameters_exclusive, currency_mismatch, customer_missing_payment_method,
 * coupon_expired, too_many_subscriptions, too_many_items; card_declined and authentication_required with error_if_incomplete
 */
export const createSubscription = operation({
  method: 'post',
  path: '/v1/subscriptions',
  summary: 'Create a subscription',
  tag: 'Subscriptions',
  parameters: createParameters,
  shows: 'subscription',
  through: 'workflow',
  unsupported: [...UNSUPPORTED_OF_SETTINGS, 'billing_mode[flexible]', 'customer_account'],
  handle: startSubscription,
});

/** For each path at which a subscription is created. */
export async function startSubscription(request: ApiRequest<z.output<typeof createParameters>>): Promise<ObjectReply> {
  const params = request.parameters;
  const { customer, discounts } = params;
  onlyOne(params, ['trial_end', 'trial_period_days']);
  onlyOne(params, ['billing_cycle_anchor', 'billing_cycle_anchor_config']);
  checkDaysUntilDue(params);
  checkEnding(params);
  if (params.items.length === 0) throw new BillingError('parameter_missing', 'Missing required param: items.', { param: 'items' });
  checkItems(params);
  checkDiscounts(discounts, 'discounts');
  const named = [customerNamed(customer), ...referencesOfItems(params), ...referencesOfSettings(customer, params)];
  const found = await checkReferences(request, named);
  const subscription = request.newId('sub');
  const entity = subscriptionEntity({ id: subscription, customer });
  if (params.backdate_start_date !== undefined) {
    const now = await request.now(customer);
    await unlessDone(request, entity, () => {
      checkBackdating(params, found, now);
    });
  }
  await assertRoom(request, entity);
  await nameItemPrices(request, customer);
  await request.changeThroughWorkflow(entity, createSubscriptionUpdate);
  return { kind: 'subscription', key: subscription };
}

/** The planner counts again, to the line; this check stops far too many before a workflow starts. */
function checkBackdating(params: z.output<typeof createParameters>, named: Rows, now: number): void {
  const { backdate_start_date: from, billing_cycle_anchor: anchor = from, proration_behavior: behavior } = params;
  if (from === undefined || anchor === undefined || params.billing_cycle_anchor_config || behavior === 'none') return;
  if (params.trial_end !== undefined || params.trial_period_days !== undefined || params.trial_from_plan) return;
  assertBackdating(named, { items: params.items, extras: params.add_invoice_items, from, anchor, now, param: 'backdate_start_date' });
}

/** A sent invoice needs the days until it is due; a charged one has none. */
function checkDaysUntilDue(params: { collection_method?: string | undefined; days_until_due?: number | undefined }): void {
  const isSent = params.collection_method === 'send_invoice';
  const param = 'days_until_due';
  if (isSent && params.days_until_due === undefined) {
    throw new BillingError('parameter_missing', 'You must pass `days_until_due` to send invoices.', { param });
  }
  if (isSent || params.days_until_due === undefined) return;
  throw new BillingError('parameter_invalid', 'You can only set `days_until_due` if `collection_method` is `send_invoice`.', { param });
}
