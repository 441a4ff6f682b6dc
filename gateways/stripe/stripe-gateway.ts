/**
 * Stripe as a processor: off-session payment intents over payment methods that Stripe stores. Our key is Stripe's Idempotency-Key, and is
 * kept on the object as `metadata.dunlin_key`, by which a lost outcome is found once Stripe has forgotten the key.
 */
import Stripe from 'stripe';
import type { Captured, GatewayAnswer } from '../../domain/rows/payment-attempt';
import type { CaptureRequest, CardRequest, ChargeRequest, FindRequest, PaymentGateway, Seller, SetupRequest } from '../payment-gateway';
import { madeUnder, metadataOf, namesIn } from '../remote-processor';
import { answerOf, chargeOf, refusalOf, setupAnswerOf } from './answers';
import { asking, isRefused } from './asking';
import { capturePart } from './captures';
import { closeDispute, submitEvidence } from './disputes';
import { feeOf } from './fees';
import { importSource } from './import-source';
import { findRefund, refund } from './refunds';
import { readSettlement } from './settlement';
import { keep } from './stored-methods';

/** @param publicUrl the server's URL, to which a bank's page sends the payer back */
export function createStripeGateway(stripe: Stripe, publicUrl: string, seller: Seller): PaymentGateway {
  const processor = new StripeProcessor(stripe, `${publicUrl}/gateways/stripe/return`);
  return {
    name: 'stripe',
    charge: (request) => processor.charge(request),
    setup: (request) => processor.setup(request),
    find: (request) => processor.find(request),
    capture: (request) => (request.several ? capturePart(stripe, { ...request, several: request.several }) : processor.capture(request)),
    cancel: async ({ idempotencyKey, charge }) => {
      await processor.unless('canceled', charge, () => stripe.paymentIntents.cancel(charge, {}, { idempotencyKey }));
    },
    refund: (request) => refund(stripe, request),
    findRefund: (request) => findRefund(stripe, request),
    submitEvidence: (request) => submitEvidence(stripe, request),
    closeDispute: (request) => closeDispute(stripe, request),
    source: importSource(stripe),
    settlement: (range) => readSettlement(stripe, range),
    keep: (request) => keep(stripe, seller, request),
    isDecided: ({ kind, reference, secret }) => processor.isDecided(kind, reference, secret),
  };
}

/** With the fee of the charge. */
const EXPANDED = { expand: ['latest_charge.balance_transaction'] };
const EXPANDED_SETUP = { expand: ['payment_method'] };

type Confirmation = Pick<CardRequest, 'idempotencyKey' | 'offSession'>;

/** The cardholder was there: the bank is not asked once more on their behalf. */
const PRESENT: Confirmation = { idempotencyKey: '', offSession: false };

class StripeProcessor {
  constructor(
    private readonly stripe: Stripe,
    private readonly returnUrl: string,
  ) {}

  async charge(request: ChargeRequest): Promise<GatewayAnswer> {
    if (request.continues !== null) return this.look(request.continues, PRESENT);
    const { idempotencyKey } = request;
    const parameters = this.chargeParameters(request);
    return this.answered(request, () => this.stripe.paymentIntents.create(parameters, { idempotencyKey }));
  }

  async setup(request: SetupRequest): Promise<GatewayAnswer> {
    if (request.continues !== null) return this.lookAtSetup(request.continues);
    const { idempotencyKey } = request;
    const parameters: Stripe.SetupIntentCreateParams = {
      ...{ ...methodOf(request), confirm: true, usage: 'off_session', payment_method_types: ['card'], return_url: this.returnUrl },
      ...{ metadata: metadataOf(idempotencyKey), ...EXPANDED_SETUP, ...optionsOf(request) },
    };
    try {
      return setupAnswerOf(await asking(() => this.stripe.setupIntents.create(parameters, { idempotencyKey })));
    } catch (error) {
      if (error instanceof Stripe.errors.StripeCardError && error.setup_intent) return this.lookAtSetup(error.setup_intent.id);
      if (isRefused(error) && isOfMethod(error)) return refusalOf(error, idempotencyKey);
      throw error;
    }
  }

  async capture({ idempotencyKey, charge, amount }: CaptureRequest): Promise<Captured> {
    const parameters = { amount_to_capture: amount, ...EXPANDED };
    const intent = await this.unless('succeeded', charge, () => this.stripe.paymentIntents.capture(charge, parameters, { idempotencyKey }));
    return { outcome: 'captured', fee: feeOf(chargeOf(intent)) };
  }

  /** What became of a call whose answer was lost. */
  async find(request: FindRequest): Promise<GatewayAnswer | null> {
    const { continues, idempotencyKey, kind } = request;
    if (continues !== null) return kind === 'setup' ? this.lookAtSetup(continues) : this.look(continues, PRESENT);
    const ofCustomer = { customer: namesIn(request).customer, limit: 100 };
    if (kind === 'setup') {
      const setup = await asking(() => madeUnder(idempotencyKey, this.stripe.setupIntents.list(ofCustomer)));
      return setup && this.lookAtSetup(setup.id);
    }
    const intent = await asking(() => madeUnder(idempotencyKey, this.stripe.paymentIntents.list(ofCustomer)));
    return intent && this.look(intent.id, request);
  }

  async isDecided(kind: FindRequest['kind'], id: string, secret: string | null): Promise<boolean | null> {
    try {
      const { client_secret, status } = await asking<Pick<Stripe.PaymentIntent | Stripe.SetupIntent, 'client_secret' | 'status'>>(() =>
        kind === 'setup' ? this.stripe.setupIntents.retrieve(id) : this.stripe.paymentIntents.retrieve(id),
      );
      return secret === null || client_secret === secret ? status !== 'requires_action' : null;
    } catch (error) {
      if (isRefused(error)) return null;
      throw error;
    }
  }

  /** Does what a crash may have done already: the intent then has the status that it leads to. */
  async unless(status: Stripe.PaymentIntent.Status, id: string, call: () => Promise<Stripe.PaymentIntent>): Promise<Stripe.PaymentIntent> {
    try {
      return await asking(call);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const intent = await asking(() => this.stripe.paymentIntents.retrieve(id, EXPANDED));
      if (intent.status !== status) throw error;
      return intent;
    }
  }

  private async look(id: string, request: Confirmation): Promise<GatewayAnswer> {
    const intent = await asking(() => this.stripe.paymentIntents.retrieve(id, EXPANDED));
    const isUnasked = intent.last_payment_error?.code === 'authentication_required' && intent.status === 'requires_payment_method';
    if (intent.status === 'requires_confirmation') return this.confirm(intent, request);
    return isUnasked && request.offSession ? this.askCardholder(intent, request) : answerOf(intent);
  }

  private async lookAtSetup(id: string): Promise<GatewayAnswer> {
    return setupAnswerOf(await asking(() => this.stripe.setupIntents.retrieve(id, EXPANDED_SETUP)));
  }

  /** Stripe broke off between the creation and the confirmation. */
  private confirm({ id }: Stripe.PaymentIntent, request: Confirmation): Promise<GatewayAnswer> {
    const { idempotencyKey, offSession } = request;
    const parameters = { off_session: offSession, return_url: this.returnUrl, ...EXPANDED };
    const key = { idempotencyKey: `${idempotencyKey}/confirm` };
    return this.answered(request, () => this.stripe.paymentIntents.confirm(id, parameters, key));
  }

  /** The bank wants the cardholder, who is not there. The same payment, as if they were, has the bank's page for later. */
  private askCardholder({ id, last_payment_error }: Stripe.PaymentIntent, { idempotencyKey }: Confirmation): Promise<GatewayAnswer> {
    const method = last_payment_error?.payment_method;
    const parameters = { ...(method && { payment_method: method.id }), return_url: this.returnUrl, ...EXPANDED };
    const key = { idempotencyKey: `${idempotencyKey}/on-session` };
    return this.answered(PRESENT, () => this.stripe.paymentIntents.confirm(id, parameters, key));
  }

  /** A decline is an error in Stripe's API. Its intent has the charge, with the reasons of bank and network. */
  private async answered(request: Confirmation, call: () => Promise<Stripe.PaymentIntent>): Promise<GatewayAnswer> {
    try {
      return answerOf(await asking(call));
    } catch (error) {
      if (isRefused(error) && isOfMethod(error)) return refusalOf(error, request.idempotencyKey);
      if (!(error instanceof Stripe.errors.StripeCardError) || !error.payment_intent) throw error;
      return this.look(error.payment_intent.id, request);
    }
  }

  private chargeParameters(request: ChargeRequest): Stripe.PaymentIntentCreateParams {
    const { amount, currency, capture, offSession, idempotencyKey } = request;
    return {
      ...{ amount, currency, ...methodOf(request), payment_method_types: ['card'] },
      capture_method: capture ? 'automatic' : 'manual',
      ...{ confirm: true, off_session: offSession, return_url: this.returnUrl },
      ...{ metadata: metadataOf(idempotencyKey), ...EXPANDED, ...optionsOf(request), ...statementOf(request) },
    };
  }
}

/** Stripe refuses the charge if these are in it, or if it has no letter. What is too long together with the seller's name, it cuts off. */
const NOT_ON_STATEMENTS = /[^\x20-\x7e]|[<>\\'"*]/g;

function statementOf({ statement }: ChargeRequest): { statement_descriptor_suffix?: string } {
  const text = (statement ?? '').replace(NOT_ON_STATEMENTS, '').trim().slice(0, 22);
  return /[A-Za-z]/.test(text) ? { statement_descriptor_suffix: text } : {};
}

function methodOf(request: Pick<CardRequest, 'card'>): { customer: string; payment_method: string } {
  const { customer, method } = namesIn(request);
  return { customer, payment_method: method };
}

interface CardOptions {
  request_three_d_secure?: 'any';
  request_multicapture?: 'if_available';
}

function optionsOf({ threeDSecure, multicapture }: CardRequest & { multicapture?: true }): {
  payment_method_options?: { card: CardOptions };
} {
  const card: CardOptions = {
    ...(threeDSecure === 'requested' ? { request_three_d_secure: 'any' } : {}),
    ...(multicapture ? { request_multicapture: 'if_available' } : {}),
  };
  return Object.keys(card).length === 0 ? {} : { payment_method_options: { card } };
}

/** Refusals that another payment method or amount mends. Any other is a mistake in the call. */
function isOfMethod({ code, param = '' }: Stripe.errors.StripeInvalidRequestError): boolean {
  return METHOD_CODES.has(code ?? '') || (code === 'resource_missing' && ['customer', 'payment_method'].includes(param));
}

const METHOD_CODES = new Set([
  ...['amount_too_large', 'amount_too_small', 'payment_intent_payment_attempt_failed', 'payment_method_currency_mismatch'],
  ...['payment_method_invalid_parameter', 'payment_method_not_available', 'payment_method_unactivated', 'payment_method_unexpected_state'],
]);
