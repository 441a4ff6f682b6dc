import { priceOfTopUp, type CreditTopUp } from '../domain/rows/credit-top-up';
import type { WireCreditTopUp } from './shapes/credit-top-up';

/** Dunlin's own object, in Stripe's style. */
export function toCreditTopUp(topUp: CreditTopUp): WireCreditTopUp {
  return {
    id: topUp.id,
    object: 'billing.credit_top_up',
    amount: topUp.amount,
    created: topUp.created,
    credit_grant: grantOf(topUp),
    currency: topUp.currency,
    customer: topUp.customer,
    default_payment_method: topUp.defaultPaymentMethod,
    default_tax_rates: topUp.defaultTaxRates,
    latest_credit_grant: topUp.latestCreditGrant,
    latest_invoice: topUp.latestInvoice,
    livemode: topUp.livemode,
    metadata: topUp.metadata,
    month: topUp.monthStart === null ? null : { start: topUp.monthStart, spent: topUp.monthSpent },
    monthly_limit: topUp.monthlyLimit,
    pause_reason: topUp.pauseReason,
    pending_invoice: topUp.pendingInvoice,
    status: topUp.status,
    test_clock: topUp.testClock,
    threshold: topUp.threshold,
    unit_amount: priceOfTopUp(topUp),
    updated: topUp.updated,
  };
}

function grantOf({ prices, expiresAfterDays, name, priority }: CreditTopUp): WireCreditTopUp['credit_grant'] {
  const scope = prices === null ? { price_type: 'metered' as const } : { prices: prices.map((id) => ({ id })) };
  return { applicability_config: { scope }, expires_after_days: expiresAfterDays, name, priority };
}
