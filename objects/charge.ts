import { hasReceipt, receiptNumberOf, type Authentication, type Charge } from '../domain/rows/charge';
import type { Rows } from '../domain/rows/rows';
import type { Card } from '../domain/rows/payment-method';
import { toStripeDebit } from './bank-account';
import { toStripeCard } from './card';
import { toStripeRedirected, toStripeVoucher } from './redirect';
import type { WireCharge } from './shapes/charge';
import { toStripeChargedWallet } from './wallet';
import type { RenderContext } from './wire';

/** Stripe's charge. Its refunds are shown only when expanded. Its receipt has the number that its document says. */
export function toStripeCharge(charge: Charge, _rows: Rows, { linkTo }: Pick<RenderContext, 'linkTo'>): WireCharge {
  return {
    id: charge.id,
    object: 'charge',
    amount: charge.amount,
    amount_captured: charge.amountCaptured,
    amount_refunded: charge.amountRefunded,
    balance_transaction: charge.balanceTransaction,
    billing_details: charge.billingDetails,
    calculated_statement_descriptor: charge.statementDescriptor,
    captured: charge.captured,
    created: charge.created,
    currency: charge.currency,
    customer: charge.customer,
    description: charge.description,
    dispute: charge.dispute,
    disputed: charge.disputed,
    failure_code: charge.failureCode,
    failure_message: charge.failureMessage,
    fraud_details: charge.userReport === null ? {} : { user_report: charge.userReport },
    livemode: charge.livemode,
    metadata: charge.metadata,
    outcome: charge.outcome,
    paid: charge.paid,
    payment_intent: charge.paymentIntent,
    payment_method: charge.paymentMethod,
    payment_method_details: detailsOf(charge),
    radar_options: {},
    receipt_email: charge.receiptEmail,
    receipt_number: hasReceipt(charge) ? receiptNumberOf(charge) : null,
    receipt_url: hasReceipt(charge) ? linkTo(charge.id) : null,
    refunded: charge.refunded,
    review: charge.review,
    shipping: charge.shipping,
    source: isSource(charge) ? sourceOf(charge) : null,
    statement_descriptor: charge.statementDescriptor,
    statement_descriptor_suffix: charge.statementDescriptorSuffix,
    status: charge.status,
    ...UNUSED,
  };
}

const isSource = ({ paymentMethod }: Charge): boolean => paymentMethod.startsWith('card_');

const sourceOf = ({ billingDetails, customer, paymentMethod: id, paymentMethodDetails: { card } }: Charge): WireCharge['source'] =>
  card && toStripeCard({ id, billingDetails, card, customer, metadata: {} });

const UNUSED = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  destination: null,
  failure_balance_transaction: null,
  on_behalf_of: null,
  order: null,
  source_transfer: null,
  transfer_data: null,
  transfer_group: null,
} as const;

type WireDetails = WireCharge['payment_method_details'];
type WireCardDetails = NonNullable<WireDetails['card']>;

function detailsOf(charge: Charge): WireDetails {
  const { card, debit, link, redirect, voucher } = charge.paymentMethodDetails;
  if (voucher) return { ...toStripeVoucher(voucher, charge.billingDetails.tax_id), type: voucher.type };
  if (redirect) {
    const of = { name: charge.billingDetails.name, reference: charge.gatewayReference };
    return { ...toStripeRedirected(redirect, of), type: redirect };
  }
  if (link) return { link: { country: null }, type: 'link' };
  if (debit) return { ...toStripeDebit(debit.type, debit.account, debit.mandate), type: debit.type };
  return card ? { card: cardOf(charge, card), type: 'card' } : { type: 'card' };
}

function cardOf(charge: Charge, card: Card): WireCardDetails {
  const { three_d_secure } = charge.paymentMethodDetails;
  return {
    amount_authorized: charge.status === 'failed' ? null : charge.amount,
    authorization_code: approvalNumber(charge, 6),
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: indicatorOf(charge),
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: 'disabled' },
    fingerprint: card.fingerprint,
    funding: card.funding,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: charge.paymentMethodDetails.multicapture ? 'available' : 'unavailable' },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: approvalNumber(charge, 15),
    overcapture: { maximum_amount_capturable: charge.amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: three_d_secure && threeDSecure(three_d_secure),
    transaction_link_id: null,
    wallet: toStripeChargedWallet(card),
  };
}

/** The network's indicator of authentication: Visa's is 05 after 3-D Secure and 07 without it. Other networks have none here. */
function indicatorOf(charge: Charge): WireCardDetails['electronic_commerce_indicator'] {
  const { card, three_d_secure: secure } = charge.paymentMethodDetails;
  if (card?.brand !== 'visa') return null;
  return secure?.authenticated ? '05' : '07';
}

/** The sandbox's bank numbers its approvals. The number is derived from the processor's reference, so it never changes. */
function approvalNumber({ gatewayReference, status }: Charge, digits: number): string | null {
  if (gatewayReference === null || status === 'failed') return null;
  const sum = Array.from(gatewayReference).reduce((before, letter) => (before * 31n + BigInt(letter.charCodeAt(0))) % 10n ** 15n, 7n);
  return String(sum).padStart(15, '0').slice(-digits);
}

function threeDSecure({ authenticated, exemption, frictionless }: Authentication): WireCardDetails['three_d_secure'] {
  if (exemption !== undefined) return { ...NO_AUTHENTICATION, exemption_indicator: exemption === 'low_risk' ? 'low_risk' : 'none' };
  return {
    authentication_flow: frictionless ? 'frictionless' : 'challenge',
    electronic_commerce_indicator: authenticated ? '05' : null,
    exemption_indicator: null,
    result: authenticated ? 'authenticated' : 'failed',
    result_reason: authenticated ? null : 'rejected',
    transaction_id: null,
    version: '2.2.0',
  };
}

const NO_AUTHENTICATION = {
  ...{ authentication_flow: null, electronic_commerce_indicator: null, exemption_indicator_applied: true, result: 'exempted' as const },
  ...{ result_reason: null, transaction_id: null, version: '2.2.0' as const },
};
