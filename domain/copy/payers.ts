/** How a copy pays: in the sandbox only, and without anything that leads to the holder of a card or an account. */
import type { Customer } from '../rows/customer';
import { OPEN_ATTEMPT_STATUSES, type PaymentAttempt } from '../rows/payment-attempt';
import type { PaymentIntent } from '../rows/payment-intent';
import type { BillingDetails, Card, PaymentMethod } from '../rows/payment-method';
import type { Rows } from '../rows/rows';
import { anonymousIntent, placeOnly } from './people';
import type { CardsOfCopies } from './source';

const SANDBOX = 'sandbox';
const PAYS = 'visa';
const DECLINES = 'visa_chargeCustomerFail';

/** The sandbox's Visa. The country stays, because it may decide about tax. */
const CARD: Omit<Card, 'country' | 'fingerprint'> = {
  ...{ brand: 'visa', last4: '4242', bin: '424242', exp_month: 12, exp_year: 2034, funding: 'credit', three_d_secure_supported: true },
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
};

const isInSandbox = ({ gateway }: Pick<PaymentMethod, 'gateway'>): boolean => gateway.startsWith(SANDBOX);

/**
 * A payment method of the sandbox stays what it is, and that of another processor becomes a card of the sandbox. Each copy has a fingerprint of
 * its own, so that many copies are not taken for many payments with one card.
 */
export function copiedMethod(rows: Rows, method: PaymentMethod, of: { cards: CardsOfCopies; fingerprint: string }): PaymentMethod {
  const { fingerprint } = of;
  const kept = { ...method, billingDetails: onlyPlace(method.billingDetails), metadata: {}, token: null };
  if (isInSandbox(method)) {
    return {
      ...kept,
      card: method.card && { ...method.card, fingerprint },
      bankAccount: method.bankAccount && { ...method.bankAccount, fingerprint },
    };
  }
  const declines = of.cards === 'decline_in_recovery' && isDeclining(rows, method);
  return {
    ...kept,
    ...{
      type: 'card',
      bankAccount: null,
      gateway: SANDBOX,
      gatewayReference: declines ? DECLINES : PAYS,
      mandate: null,
      riskLevel: 'normal',
    },
    card: { ...CARD, country: (method.card ?? method.bankAccount)?.country ?? 'US', fingerprint },
  };
}

/** The card of an invoice in recovery that it has failed to pay. */
const isDeclining = (rows: Rows, { id }: PaymentMethod): boolean =>
  rows.all('dunning').some(({ status, failedPaymentMethod }) => status === 'running' && failedPaymentMethod === id);

const onlyPlace = ({ address }: BillingDetails): BillingDetails => ({
  ...{ email: null, name: null, phone: null, tax_id: null },
  address: placeOnly(address) ?? address,
});

/** The payment methods that a copy needs: those of the customer. A method that was detached is not charged again. */
export const methodsOf = (rows: Rows, customer: Customer): PaymentMethod[] =>
  rows.where('paymentMethod', (method) => method.customer === customer.id);

/** The intents that an open invoice is paid by. What was paid is not paid again. */
export const intentsOf = (rows: Rows, invoices: ReadonlySet<string>): PaymentIntent[] =>
  rows.where(
    'paymentIntent',
    ({ invoice, status }) => invoice !== null && invoices.has(invoice) && status !== 'succeeded' && status !== 'canceled',
  );

export const copiedIntent = (intent: PaymentIntent): PaymentIntent => ({
  ...anonymousIntent(intent),
  ...{ checkoutSession: null, hasWorkflow: false, latestCharge: null, review: null, taxAttempts: [], taxCalculation: null },
});

/** An attempt that a real processor has not answered cannot be answered by the sandbox: its copy is not made, and the intent waits again. */
export function attemptsOf(rows: Rows, intents: readonly PaymentIntent[]): PaymentAttempt[] {
  const ids = new Set(intents.map(({ id }) => id));
  return rows.where('paymentAttempt', (attempt) => ids.has(attempt.intent) && !isUnderWayElsewhere(attempt));
}

export const isUnderWayElsewhere = (attempt: PaymentAttempt): boolean =>
  !attempt.gateway.startsWith(SANDBOX) && OPEN_ATTEMPT_STATUSES.includes(attempt.status);
