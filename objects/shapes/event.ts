import { z } from 'zod';
import { API_VERSIONS, type ApiVersion } from '../../domain/rows/api-version';
import { alertTriggered } from './alert';
import { card } from './card';
import { charge } from './charge';
import { checkoutSession } from './checkout-session';
import { coupon } from './coupon';
import { creditBalanceTransaction, creditGrant } from './credit-grant';
import { creditNote } from './credit-note';
import { creditTopUp } from './credit-top-up';
import { customer } from './customer';
import { discount } from './discount';
import { dispute } from './dispute';
import { disputeRate } from './dispute-report';
import { activeEntitlementSummary } from './entitlement';
import { invoice } from './invoice';
import { invoiceItem } from './invoice-item';
import { invoicePayment } from './invoice-payment';
import { license } from './license';
import { mandate } from './mandate';
import { mail } from './mail';
import { meter } from './meter';
import { anyObject, epoch, integer } from './parts';
import { paymentIntent } from './payment-intent';
import { paymentMethod } from './payment-method';
import { plan } from './plan';
import { price } from './price';
import { product } from './product';
import { paymentLink } from './payment-link';
import { customerRequest } from './customer-request';
import { portalRetentionOffer } from './portal-retention-offer';
import { portalConfiguration } from './portal-configuration';
import { portalSession } from './portal-session';
import { promotionCode } from './promotion-code';
import { quote } from './quote';
import { recovery } from './recovery-program';
import { refund } from './refund';
import { repair, repairItem } from './repair';
import { earlyFraudWarning, review } from './review';
import { setupIntent } from './setup-intent';
import { subscription } from './subscription';
import { subscriptionSchedule } from './subscription-schedule';
import { supportTicket } from './support-ticket';
import { task } from './task';
import { taxId } from './tax-id';
import { taxRate } from './tax-rate';
import { taxSettings } from './tax-settings';
import { taxThreshold } from './tax-threshold';
import { testClock } from './test-clock';

/** Events of these types carry an object of this shape. */
function eventOf<Types extends readonly [string, ...string[]], Shape extends z.ZodObject>(types: Types, shape: Shape) {
  const { id } = shape.meta() ?? {};
  return z
    .strictObject({
      id: z.string(),
      object: z.literal('event'),
      api_version: z.enum(API_VERSIONS),
      created: epoch(),
      data: z.strictObject({ object: shape, previous_attributes: anyObject().optional() }),
      livemode: z.boolean(),
      pending_webhooks: integer(),
      request: z.strictObject({ id: z.string().nullable(), idempotency_key: z.string().nullable() }),
      type: z.enum(types),
    })
    .meta({ id: `event_of_${String(id)}` });
}

/** An event as it was stored: the types do not follow what each type of event carries, the shape does. */
export interface WireEvent {
  id: string;
  object: 'event';
  api_version: ApiVersion;
  created: number;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
  livemode: boolean;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

/** Every event type that Dunlin sends, by its object. */
export const event: z.ZodType<WireEvent> = z
  .discriminatedUnion('type', [
    eventOf(['billing.alert.triggered'], alertTriggered),
    eventOf(['billing.credit_balance_transaction.created'], creditBalanceTransaction),
    eventOf(['billing.credit_grant.created', 'billing.credit_grant.updated'], creditGrant),
    eventOf(
      [
        'billing.credit_top_up.created',
        'billing.credit_top_up.deleted',
        'billing.credit_top_up.limit_reached',
        'billing.credit_top_up.paused',
        'billing.credit_top_up.resumed',
        'billing.credit_top_up.updated',
      ],
      creditTopUp,
    ),
    eventOf(['billing.meter.created', 'billing.meter.deactivated', 'billing.meter.reactivated', 'billing.meter.updated'], meter),
    eventOf(
      ['charge.captured', 'charge.expired', 'charge.failed', 'charge.pending', 'charge.refunded', 'charge.succeeded', 'charge.updated'],
      charge,
    ),
    eventOf(
      [
        'charge.dispute.closed',
        'charge.dispute.created',
        'charge.dispute.funds_reinstated',
        'charge.dispute.funds_withdrawn',
        'charge.dispute.updated',
        'dunlin.dispute.answer_due',
      ],
      dispute,
    ),
    eventOf(['dunlin.review.missed', 'review.closed', 'review.opened'], review),
    eventOf(['radar.early_fraud_warning.created', 'radar.early_fraud_warning.updated'], earlyFraudWarning),
    eventOf(['charge.refund.updated', 'refund.created', 'refund.failed', 'refund.updated'], refund),
    eventOf(['coupon.created', 'coupon.deleted', 'coupon.updated'], coupon),
    eventOf(['credit_note.created', 'credit_note.updated', 'credit_note.voided'], creditNote),
    eventOf(['customer.created', 'customer.deleted', 'customer.updated'], customer),
    eventOf(['customer.discount.created', 'customer.discount.deleted', 'customer.discount.updated'], discount),
    eventOf(['customer.source.created', 'customer.source.deleted', 'customer.source.updated'], card),
    eventOf(
      [
        'customer.subscription.created',
        'customer.subscription.deleted',
        'customer.subscription.paused',
        'customer.subscription.pending_update_applied',
        'customer.subscription.pending_update_expired',
        'customer.subscription.resumed',
        'customer.subscription.trial_will_end',
        'customer.subscription.updated',
      ],
      subscription,
    ),
    eventOf(['customer.tax_id.created', 'customer.tax_id.deleted', 'customer.tax_id.updated'], taxId),
    eventOf(
      [
        'invoice.created',
        'invoice.deleted',
        'invoice.finalization_failed',
        'invoice.finalized',
        'invoice.marked_uncollectible',
        'invoice.overdue',
        'invoice.overpaid',
        'invoice.paid',
        'invoice.payment_action_required',
        'invoice.payment_failed',
        'invoice.payment_succeeded',
        'invoice.sent',
        'invoice.updated',
        'invoice.voided',
        'invoice.will_be_due',
      ],
      invoice,
    ),
    // An invoice that does not exist yet has no id.
    eventOf(['invoice.upcoming'], invoice.omit({ id: true }).meta({ id: 'upcoming_invoice' })),
    eventOf(['entitlements.active_entitlement_summary.updated'], activeEntitlementSummary),
    eventOf(['license.created', 'license.updated'], license),
    eventOf(['invoice_payment.paid'], invoicePayment),
    eventOf(
      [
        'checkout.session.async_payment_failed',
        'checkout.session.async_payment_succeeded',
        'checkout.session.completed',
        'checkout.session.expired',
      ],
      checkoutSession,
    ),
    eventOf(['invoiceitem.created', 'invoiceitem.deleted', 'invoiceitem.updated'], invoiceItem),
    eventOf(
      [
        'payment_intent.amount_capturable_updated',
        'payment_intent.canceled',
        'payment_intent.created',
        'payment_intent.payment_failed',
        'payment_intent.processing',
        'payment_intent.requires_action',
        'payment_intent.succeeded',
      ],
      paymentIntent,
    ),
    eventOf(['mandate.updated'], mandate),
    eventOf(['dunlin.dispute_rate.approaching', 'dunlin.dispute_rate.reached'], disputeRate),
    eventOf(
      [
        'dunlin.payment_method.expiring',
        ...['payment_method.attached', 'payment_method.automatically_updated', 'payment_method.detached', 'payment_method.updated'],
      ],
      paymentMethod,
    ),
    eventOf(['dunlin.mail.bounced', 'dunlin.mail.failed'], mail),
    eventOf(['plan.created', 'plan.deleted', 'plan.updated'], plan),
    eventOf(['price.created', 'price.deleted', 'price.updated'], price),
    eventOf(['product.created', 'product.deleted', 'product.updated'], product),
    eventOf(['billing_portal.configuration.created', 'billing_portal.configuration.updated'], portalConfiguration),
    eventOf(['billing_portal.session.created'], portalSession),
    eventOf(['billing_portal.retention_offer.accepted', 'billing_portal.retention_offer.declined'], portalRetentionOffer),
    eventOf(
      [
        'customer_request.created',
        'customer_request.done',
        'customer_request.overdue',
        'customer_request.refused',
        'customer_request.updated',
      ],
      customerRequest,
    ),
    eventOf(['payment_link.created', 'payment_link.updated'], paymentLink),
    eventOf(['promotion_code.created', 'promotion_code.updated'], promotionCode),
    eventOf(['quote.accepted', 'quote.canceled', 'quote.created', 'quote.finalized'], quote),
    eventOf(
      [
        'setup_intent.canceled',
        'setup_intent.created',
        'setup_intent.requires_action',
        'setup_intent.setup_failed',
        'setup_intent.succeeded',
      ],
      setupIntent,
    ),
    eventOf(
      [
        'subscription_schedule.aborted',
        'subscription_schedule.canceled',
        'subscription_schedule.completed',
        'subscription_schedule.created',
        'subscription_schedule.expiring',
        'subscription_schedule.released',
        'subscription_schedule.updated',
      ],
      subscriptionSchedule,
    ),
    eventOf(
      [
        'support_ticket.answer_missed',
        'support_ticket.answered',
        'support_ticket.closed',
        'support_ticket.created',
        'support_ticket.message_received',
        'support_ticket.updated',
      ],
      supportTicket,
    ),
    eventOf(
      [
        'repair.approved',
        'repair.canceled',
        'repair.completed',
        'repair.created',
        'repair.paused',
        'repair.prepared',
        'repair.resumed',
        'repair.retried',
      ],
      repair,
    ),
    eventOf(['repair_item.changed', 'repair_item.corrected', 'repair_item.failed'], repairItem),
    eventOf(['recovery.notice'], recovery),
    eventOf(['task.answered', 'task.canceled', 'task.created', 'task.missed'], task),
    eventOf(['tax.settings.updated'], taxSettings),
    eventOf(['tax.threshold.approaching', 'tax.threshold.crossed'], taxThreshold),
    eventOf(['tax_rate.created', 'tax_rate.updated'], taxRate),
    eventOf(
      [
        'test_helpers.test_clock.advancing',
        'test_helpers.test_clock.created',
        'test_helpers.test_clock.deleted',
        'test_helpers.test_clock.internal_failure',
        'test_helpers.test_clock.ready',
      ],
      testClock,
    ),
  ])
  .meta({ id: 'event' });
