/** The objects of the fake account at Stripe, and what the API's calls do to them. It knows nothing of HTTP. */
import { randomBytes } from 'node:crypto';
import { AUTHENTICATION, CARDS, type Decline, type FakeCard } from './cards';

export type Thing = Record<string, unknown> & { id: string; object: string };
export type Parameters = Record<string, unknown>;

/** An answer that is no success. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly error: Record<string, unknown>,
  ) {
    super(String(error['code']));
  }
}

const PREFIXES: Record<string, string> = {
  customer: 'cus',
  payment_method: 'pm',
  payment_intent: 'pi',
  setup_intent: 'seti',
  charge: 'ch',
  refund: 're',
  dispute: 'dp',
  balance_transaction: 'txn',
};

export class StripeState {
  readonly things = new Map<string, Thing>();
  /** What happened, for webhooks. */
  readonly events: { type: string; object: Thing }[] = [];

  /** The account's balance is in another currency than its charges. Null: in the same. */
  converts: { currency: string; rate: number } | null = null;

  constructor(readonly url: () => string) {}

  /** Stripe takes 1.5 % and 25 of a charge, and 2000 of a chargeback; of a refund nothing. */
  private move(type: 'adjustment' | 'charge' | 'refund' | 'refund_failure', source: Thing, amount: number): string {
    const rate = this.converts?.rate ?? 1;
    const fee = type === 'charge' ? Math.round(amount * 0.015) + 25 : type === 'adjustment' && amount < 0 ? 2000 : 0;
    const converted = {
      amount: Math.round(amount * rate),
      fee: Math.round(fee * rate),
      currency: this.converts?.currency ?? source['currency'],
    };
    return this.put('balance_transaction', { type, source: source.id, ...converted }).id;
  }

  /** With its source, and the payment of that, as objects. */
  movement(of: Thing): Thing {
    const source = this.things.get(String(of['source']));
    const payment = this.things.get(String(source?.['payment_intent']));
    return { ...of, source: source?.object === 'charge' ? source : { ...source, payment_intent: payment ?? null } };
  }

  /** As the app does with Stripe's fields in the payer's browser. */
  storeCard(name: string, change: Record<string, unknown> = {}): string {
    const { last4, brand = 'visa' } = cardNamed(name);
    const card = {
      ...{ brand, last4, exp_month: 12, exp_year: 2034, fingerprint: `fp${last4}`, funding: 'credit', country: 'US' },
      ...{ checks: CHECKS, three_d_secure_usage: { supported: true } },
    };
    const details = { address: null, email: 'ada@example.com', name: 'Ada', phone: null };
    return this.put('payment_method', { type: 'card', customer: null, card, billing_details: details, fake: name, ...change }).id;
  }

  put(object: string, of: Record<string, unknown>): Thing {
    const id = `${PREFIXES[object] ?? object}_${randomBytes(12).toString('hex')}`;
    const thing = { id, object, livemode: false, created: Math.floor(Date.now() / 1000), metadata: {}, ...of };
    this.things.set(id, thing);
    return thing;
  }

  get(object: string, id: string, param = 'id'): Thing {
    const thing = this.things.get(id);
    if (thing?.object === object) return thing;
    throw new Refused(param === 'id' ? 404 : 400, invalid('resource_missing', `No such ${object}: '${id}'`, param));
  }

  /** Newest first. */
  all(object: string, matches: (thing: Thing) => boolean = () => true): Thing[] {
    return [...this.things.values()].filter((thing) => thing.object === object && matches(thing)).reverse();
  }

  emit(type: string, object: Thing): void {
    this.events.push({ type, object: structuredClone(this.withCharge(object)) });
  }

  attach(id: string, { customer }: Parameters): Thing {
    const method = this.get('payment_method', id);
    const { id: owner } = this.get('customer', String(customer), 'customer');
    if (method['customer'] !== null)
      throw new Refused(400, invalid('', 'The payment method you provided has already been attached to a customer.'));
    const { attachFails } = cardNamed(String(method['fake']));
    if (attachFails) throw new Refused(402, declineError(attachFails));
    return Object.assign(method, { customer: owner });
  }

  createIntent(parameters: Parameters, breaksOff: boolean): Thing {
    const {
      amount,
      currency,
      customer,
      payment_method,
      capture_method = 'automatic',
      metadata = {},
      statement_descriptor_suffix,
    } = parameters;
    const method = this.methodOf(parameters);
    const intent = this.put('payment_intent', {
      ...{ amount: Number(amount), currency, customer, capture_method, metadata, status: 'requires_confirmation', payment_method },
      ...{ latest_charge: null, last_payment_error: null, next_action: null, amount_received: 0, amount_capturable: 0 },
      statement_descriptor_suffix,
    });
    intent['client_secret'] = `${intent.id}_secret_${method.id}`;
    const { card } = (parameters['payment_method_options'] ?? {}) as { card?: Parameters };
    intent['fake_several'] = card?.['request_multicapture'] === 'if_available';
    if (breaksOff) throw new Refused(500, { type: 'api_error', message: 'An unknown error occurred' });
    return this.confirmIntent(intent.id, parameters);
  }

  confirmIntent(id: string, { payment_method, off_session = 'false', return_url }: Parameters): Thing {
    const intent = this.get('payment_intent', id);
    if (!['requires_confirmation', 'requires_payment_method'].includes(String(intent['status']))) throw unexpected(intent);
    Object.assign(intent, { payment_method: payment_method ?? intent['payment_method'], fake_return: return_url });
    const card = this.cardOf(intent);
    const isSetUp = card.authentication === 'once' && this.get('payment_method', String(intent['payment_method']))['fake_set_up'] === true;
    if (!card.authentication || isSetUp) return this.askBank(intent);
    if (String(off_session) === 'true') return this.fail(intent, AUTHENTICATION);
    Object.assign(intent, { status: 'requires_action', next_action: this.bankPage(intent) });
    this.emit('payment_intent.requires_action', intent);
    return intent;
  }

  /**
   * The payer passes or fails on the bank's page.
   *
   * @returns where Stripe sends them back to
   */
  authenticate(id: string, passes: boolean): string {
    const intent = this.things.get(id);
    if (intent?.['status'] !== 'requires_action') throw new Error(`${id} waits for nobody`);
    intent['next_action'] = null;
    if (intent.object === 'setup_intent') this.finishSetup(intent, passes);
    else this.finishPayment(intent, passes);
    const back = new URL(String(intent['fake_return']));
    back.searchParams.set(intent.object, id);
    back.searchParams.set(`${intent.object}_client_secret`, String(intent['client_secret']));
    return back.href;
  }

  private finishPayment(intent: Thing, passes: boolean): void {
    if (passes) return void this.askBank(intent, { result: 'authenticated', authentication_flow: 'challenge' });
    const error = declineError({ code: 'payment_intent_authentication_failure', decline_code: '' });
    Object.assign(intent, { status: 'requires_payment_method', last_payment_error: error });
    this.emit('payment_intent.payment_failed', intent);
  }

  createSetup(parameters: Parameters): Thing {
    const { customer, payment_method, metadata = {}, return_url } = parameters;
    const method = this.methodOf(parameters);
    const setup = this.put('setup_intent', {
      ...{ customer, payment_method, metadata, status: 'succeeded', last_setup_error: null, next_action: null, fake_return: return_url },
    });
    setup['client_secret'] = `${setup.id}_secret_${method.id}`;
    if (cardNamed(String(method['fake'])).authentication) {
      Object.assign(setup, { status: 'requires_action', next_action: this.bankPage(setup) });
    }
    return setup;
  }

  capture(id: string, { amount_to_capture, final_capture = 'true' }: Parameters): Thing {
    const intent = this.get('payment_intent', id);
    if (intent['status'] !== 'requires_capture') throw unexpected(intent);
    const isFinal = String(final_capture) === 'true';
    if (!isFinal && intent['fake_several'] !== true) throw new Refused(400, invalid('', 'Multicapture is not available.', 'final_capture'));
    const amount = Number(amount_to_capture ?? intent['amount_capturable']);
    const received = Number(intent['amount_received']) + amount;
    this.takeFrom(this.get('charge', String(intent['latest_charge'])), { amount, received, isFinal });
    const left = Number(intent['amount_capturable']) - amount;
    Object.assign(intent, isFinal ? { status: 'succeeded', amount_capturable: 0 } : { amount_capturable: left }, {
      amount_received: received,
    });
    this.emit(isFinal ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', intent);
    return intent;
  }

  /** Each capture is a movement; the charge names the first. */
  private takeFrom(charge: Thing, { amount, received, isFinal }: { amount: number; received: number; isFinal: boolean }): void {
    const movement = amount === 0 ? null : this.move('charge', charge, amount);
    Object.assign(charge, { captured: isFinal, amount_captured: received, balance_transaction: charge['balance_transaction'] ?? movement });
  }

  cancel(id: string): Thing {
    const intent = this.get('payment_intent', id);
    if (['canceled', 'succeeded'].includes(String(intent['status']))) throw unexpected(intent);
    Object.assign(intent, { status: 'canceled', amount_capturable: 0 });
    this.emit('payment_intent.canceled', intent);
    return intent;
  }

  refund({ payment_intent, amount, metadata = {} }: Parameters): Thing {
    const intent = this.get('payment_intent', String(payment_intent), 'payment_intent');
    const given = this.all('refund', (each) => each['payment_intent'] === intent.id && each['status'] !== 'failed');
    const left = Number(intent['amount_received']) - given.reduce((sum, each) => sum + Number(each['amount']), 0);
    if (left < Number(amount)) throw new Refused(400, invalid('charge_already_refunded', 'The charge has already been refunded.'));
    const status = this.cardOf(intent).refund ?? 'succeeded';
    const charge = intent['latest_charge'];
    const refund = this.put('refund', {
      ...{ payment_intent: intent.id, amount: Number(amount), currency: intent['currency'] },
      charge,
      metadata,
      status,
    });
    this.move('refund', refund, -Number(amount));
    return refund;
  }

  /** The bank cannot pay it out. */
  failRefund(id: string): Thing {
    const refund = Object.assign(this.get('refund', id), { status: 'failed', failure_reason: 'expired_or_canceled_card' });
    this.move('refund_failure', refund, Number(refund['amount']));
    return refund;
  }

  /** The bank takes back the money of a payment, or asks about it. */
  dispute(payment: string, of: Record<string, unknown> = {}): Thing {
    const { amount, currency } = this.get('payment_intent', payment);
    const dispute = this.put('dispute', {
      ...{ amount, currency, payment_intent: payment, reason: 'fraudulent', status: 'needs_response', evidence: {} },
      evidence_details: { due_by: Math.floor(Date.now() / 1000) + 7 * 86_400, submission_count: 0 },
      payment_method_details: { type: 'card', card: { case_type: 'chargeback', network_reason_code: '10.4' } },
      ...of,
    });
    if (!String(dispute['status']).startsWith('warning_')) this.move('adjustment', dispute, -Number(dispute['amount']));
    return this.withMovements(dispute);
  }

  /** The bank gives the money back. */
  winDispute(id: string): Thing {
    const dispute = Object.assign(this.get('dispute', id), { status: 'won' });
    this.move('adjustment', dispute, Number(dispute['amount']));
    return this.withMovements(dispute);
  }

  private withMovements(dispute: Thing): Thing {
    return Object.assign(dispute, { balance_transactions: this.all('balance_transaction', ({ source }) => source === dispute.id) });
  }

  answerDispute(id: string, evidence: unknown): Thing {
    const dispute = this.get('dispute', id);
    const details = dispute['evidence_details'] as { submission_count: number };
    if (details.submission_count > 0) throw new Refused(400, invalid('', 'This dispute has been answered.'));
    const evidence_details = { ...details, submission_count: 1 };
    return Object.assign(dispute, { evidence, evidence_details, status: 'under_review' });
  }

  /** With its charge as an object, as `expand[]=latest_charge` asks for. */
  withCharge(thing: Thing): Thing {
    const charge = this.chargeOf(thing);
    const balance_transaction = this.things.get(String(charge?.['balance_transaction'])) ?? null;
    return thing.object === 'payment_intent' ? { ...thing, latest_charge: charge && { ...charge, balance_transaction } } : thing;
  }

  private methodOf({ customer, payment_method }: Parameters): Thing {
    const method = this.get('payment_method', String(payment_method), 'payment_method');
    if (method['customer'] === customer) return method;
    throw new Refused(400, invalid('payment_method_unexpected_state', 'The payment method is not attached to the customer.'));
  }

  private finishSetup(setup: Thing, passes: boolean): void {
    const failure = {
      status: 'requires_payment_method',
      last_setup_error: declineError({ code: 'setup_intent_authentication_failure', decline_code: '' }),
    };
    Object.assign(setup, passes ? { status: 'succeeded' } : failure);
    this.get('payment_method', String(setup['payment_method']))['fake_set_up'] = passes;
    this.emit(passes ? 'setup_intent.succeeded' : 'setup_intent.setup_failed', setup);
  }

  private askBank(intent: Thing, secure: Record<string, string> | null = null): Thing {
    const card = this.cardOf(intent);
    secure ??= card.exempted ? { result: 'exempted', exemption_indicator: card.exempted } : null;
    if (card.decline) return this.fail(intent, card.decline);
    const isCaptured = intent['capture_method'] !== 'manual';
    const { id } = this.putCharge(intent, { status: 'succeeded', captured: isCaptured }, card, {
      network_status: 'approved_by_network',
      three_d_secure: secure,
    });
    Object.assign(intent, {
      ...{ latest_charge: id, last_payment_error: null, status: isCaptured ? 'succeeded' : 'requires_capture' },
      ...{ amount_received: isCaptured ? intent['amount'] : 0, amount_capturable: isCaptured ? 0 : intent['amount'] },
    });
    this.emit(isCaptured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', intent);
    return intent;
  }

  private fail(intent: Thing, decline: Decline): never {
    const outcome = { ...decline, network_status: 'declined_by_network', three_d_secure: null };
    const charge = this.putCharge(intent, { status: 'failed', captured: false }, this.cardOf(intent), outcome);
    const payment_method = this.get('payment_method', String(intent['payment_method']));
    const error = { ...declineError(decline), charge: charge.id, payment_method };
    Object.assign(intent, {
      ...{ status: 'requires_payment_method', latest_charge: charge.id },
      payment_method: null,
      last_payment_error: error,
    });
    this.emit('payment_intent.payment_failed', intent);
    throw new Refused(402, { ...error, payment_intent: intent });
  }

  private putCharge(intent: Thing, of: Record<string, unknown>, card: FakeCard, told: Record<string, unknown>): Thing {
    const { three_d_secure, network_status, ...advice } = told;
    const { id: payment_intent, amount, currency, metadata } = intent;
    const charge = this.put('charge', {
      ...{ payment_intent, amount, currency, metadata, amount_captured: of['captured'] === true ? amount : 0, balance_transaction: null },
      ...of,
      outcome: { network_status, risk_level: card.riskScore ? 'elevated' : 'normal', risk_score: card.riskScore ?? 12, ...advice },
      payment_method_details: {
        type: 'card',
        card: {
          checks: CHECKS,
          network_transaction_id: '104102978678771',
          three_d_secure,
          multicapture: { status: intent['fake_several'] === true ? 'available' : 'unavailable' },
        },
      },
    });
    if (of['captured'] === true) charge['balance_transaction'] = this.move('charge', charge, Number(amount));
    return charge;
  }

  private bankPage({ id, fake_return }: Thing): object {
    return { type: 'redirect_to_url', redirect_to_url: { url: `${this.url()}/bank/${id}`, return_url: fake_return } };
  }

  private cardOf(intent: Thing): FakeCard {
    return cardNamed(String(this.things.get(String(intent['payment_method']))?.['fake']));
  }

  private chargeOf({ latest_charge }: Thing): Thing | null {
    return this.things.get(String(latest_charge)) ?? null;
  }
}

const CHECKS = { address_line1_check: null, address_postal_code_check: 'pass', cvc_check: 'pass' };

function cardNamed(name: string): FakeCard {
  const card = CARDS[name];
  if (!card) throw new Error(`the fake has no card ${name}`);
  return card;
}

const declineError = (decline: Decline) => ({ type: 'card_error', message: 'Your card was declined.', ...decline });

export const invalid = (code: string, message: string, param?: string): Record<string, unknown> => ({
  type: 'invalid_request_error',
  code,
  message,
  param,
});

const unexpected = ({ status }: Thing) =>
  new Refused(400, invalid('payment_intent_unexpected_state', `This PaymentIntent has a status of ${String(status)}.`));
