/** The objects of the fake profile at Mollie, and what the API's calls do to them. It knows nothing of HTTP. */
import { randomBytes } from 'node:crypto';

export type Thing = Record<string, unknown> & { id: string };
export type Parameters = Record<string, unknown>;

/** An answer that is no success. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly field?: string,
  ) {
    super(detail);
  }
}

/** What becomes of a payment under a mandate. `slow`: a card whose bank decides later. */
export type Behavior = 'visa' | 'slow' | 'insufficientFunds' | 'stolen' | 'sepa';

const FAILURES: Partial<Record<Behavior, string>> = { insufficientFunds: 'insufficient_funds', stolen: 'possible_fraud' };

export class MollieState {
  readonly payments = new Map<string, Thing>();
  readonly refunds = new Map<string, Thing & { payment: string }>();
  readonly chargebacks = new Map<string, Thing & { payment: string }>();
  private readonly mandates = new Map<string, Thing & { customer: string; behavior: Behavior; status: string }>();

  constructor(readonly url: () => string) {}

  /** As the seller's app does with a first payment. */
  obtain(behavior: Behavior, customer = idOf('cst')): { customer: string; mandate: string } {
    const id = idOf('mdt');
    const card = {
      ...{ cardHolder: 'Ada', cardNumber: '4242', cardLabel: 'Visa', cardFingerprint: `fp${behavior}`, cardExpiryDate: '2034-12-31' },
    };
    const account = { consumerName: 'Ada', consumerAccount: 'NL55INGB0000000000', consumerBic: 'INGBNL2A' };
    const isDebit = behavior === 'sepa';
    this.mandates.set(id, {
      ...{ resource: 'mandate', id, customer, behavior, status: 'valid', method: isDebit ? 'directdebit' : 'creditcard' },
      details: isDebit ? account : card,
    });
    return { customer, mandate: id };
  }

  revoke(mandate: string): void {
    Object.assign(this.mandates.get(mandate) ?? {}, { status: 'invalid' });
  }

  mandate(customer: string, id: string): Thing {
    const mandate = this.mandates.get(id);
    if (mandate?.customer === customer) return mandate;
    throw new Refused(404, `No mandate exists with token ${id}.`);
  }

  pay(parameters: Parameters): Thing {
    const { amount, customerId, mandateId, metadata } = parameters;
    refuseWrong(parameters);
    const mandate = this.mandates.get(String(mandateId));
    if (mandate?.customer !== customerId || mandate?.status !== 'valid') throw new Refused(422, 'The mandate is invalid', 'mandateId');
    const id = idOf('tr');
    const payment = {
      ...{ resource: 'payment', id, mode: 'test', amount, method: mandate['method'], metadata, customerId, mandateId },
      ...decisionOn(mandate.behavior),
    };
    this.payments.set(id, payment);
    return payment;
  }

  payment(id: string): Thing {
    const payment = this.payments.get(id);
    if (!payment) throw new Refused(404, `No payment exists with token ${id}.`);
    const of = (things: Map<string, Thing & { payment: string }>) => [...things.values()].filter((each) => each.payment === id);
    return { ...payment, _embedded: { refunds: of(this.refunds), chargebacks: of(this.chargebacks) } };
  }

  /** Newest first. */
  paymentsOf(customer: string): Thing[] {
    return [...this.payments.values()].filter(({ customerId }) => customerId === customer).reverse();
  }

  /** The bank decides. */
  decide(id: string, status: 'failed' | 'paid', details: object | null = null): void {
    Object.assign(this.payments.get(id) ?? {}, { status, details });
  }

  cancel(id: string): Thing {
    const payment = this.payment(id);
    if (payment['status'] !== 'pending') throw new Refused(422, 'The payment cannot be canceled');
    return Object.assign(this.payments.get(id) ?? payment, { status: 'canceled' });
  }

  refund(payment: string, { amount, metadata }: Parameters): Thing {
    const { amount: paid, status } = this.payment(payment);
    const valueOf = (of: unknown): number => Number((of as { value: string }).value);
    const given = [...this.refunds.values()].filter((each) => each.payment === payment && each['status'] !== 'failed');
    const left = valueOf(paid) - given.reduce((sum, each) => sum + valueOf(each['amount']), 0);
    if (status !== 'paid' || left < valueOf(amount)) throw new Refused(422, 'The amount is higher than the maximum', 'amount');
    const id = idOf('re');
    const refund = { resource: 'refund', id, payment, amount, metadata, status: 'pending' };
    this.refunds.set(id, refund);
    return refund;
  }

  refundsOf(payment: string): Thing[] {
    return [...this.refunds.values()].filter((each) => each.payment === payment).reverse();
  }

  /** The payer's bank takes the money back. */
  chargeBack(payment: string, code: string): Thing {
    const id = idOf('chb');
    const chargeback = { id, payment, amount: this.payment(payment)['amount'], reason: { code, description: code }, reversedAt: null };
    this.chargebacks.set(id, chargeback);
    return chargeback;
  }
}

/** What Mollie requires of a recurring payment. */
function refuseWrong({ amount, sequenceType, webhookUrl, description }: Parameters): void {
  const { currency, value } = amount as { currency: string; value: string };
  if (!/^[A-Z]{3}$/.test(currency) || !/^\d+(\.\d+)?$/.test(value)) throw new Refused(422, 'The amount is invalid', 'amount');
  if (sequenceType !== 'recurring') throw new Refused(422, 'The payment is not recurring', 'sequenceType');
  if (!String(webhookUrl).endsWith('/gateways/mollie/webhook')) throw new Refused(422, 'The webhook is wrong', 'webhookUrl');
  if (typeof description !== 'string') throw new Refused(422, 'The description is missing', 'description');
}

function decisionOn(behavior: Behavior): { status: string; details: object | null } {
  const failureReason = FAILURES[behavior];
  if (failureReason !== undefined) return { status: 'failed', details: { failureReason, failureMessage: 'The card was refused.' } };
  return { status: behavior === 'sepa' || behavior === 'slow' ? 'pending' : 'paid', details: null };
}

const idOf = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`;
