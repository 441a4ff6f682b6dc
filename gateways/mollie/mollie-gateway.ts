/**
 * Mollie behind the port: recurring payments under mandates that Mollie has. Our key is Mollie's Idempotency-Key, which it keeps for an hour, and
 * is kept on the payment as `metadata.dunlin_key`, by which a lost outcome is found at any time.
 */
import type { GatewayAnswer } from '../../domain/rows/payment-attempt';
import type { ChargeRequest, FindRequest, OperationOnCharge, PaymentGateway, SetupRequest } from '../payment-gateway';
import { madeUnder, metadataOf, namesIn } from '../remote-processor';
import { amountOf } from './amounts';
import { answerOf, approvalOf, refusalOf } from './answers';
import { isGone, MollieRefusal, type MollieClient } from './client';
import { mandateSchema, paymentSchema } from './objects';
import { findRefund, refund } from './refunds';
import { keep, mandatePath } from './stored-methods';

/** @param publicUrl the server's URL, at which Mollie tells that a payment has changed */
export function createMollieGateway(mollie: MollieClient, publicUrl: string): PaymentGateway {
  const webhookUrl = `${publicUrl}/gateways/mollie/webhook`;
  return {
    name: 'mollie',
    charge: (request) => charge(mollie, webhookUrl, request),
    setup: (request) => setup(mollie, request),
    find: (request) => find(mollie, request),
    capture: () => refuse('it authorizes nothing that could be captured'),
    cancel: (request) => cancel(mollie, request),
    refund: (request) => refund(mollie, request),
    findRefund: (request) => findRefund(mollie, request),
    submitEvidence: () => refuse('it takes no evidence over its API'),
    closeDispute: () => refuse('its chargebacks cannot be accepted over its API'),
    keep: (request) => keep(mollie, request),
  };
}

const refuse = (why: string): Promise<never> => Promise.reject(new Error(`Mollie cannot do this: ${why}`));

async function charge(mollie: MollieClient, webhookUrl: string, request: ChargeRequest): Promise<GatewayAnswer> {
  const { amount, currency, idempotencyKey } = request;
  const obstacle = obstacleTo(request);
  if (obstacle !== null) return refusalOf(idempotencyKey, obstacle);
  const { customer: customerId, method: mandateId } = namesIn(request);
  const body = {
    ...{ amount: amountOf(amount, currency), sequenceType: 'recurring', customerId, mandateId, webhookUrl },
    ...{ description: idempotencyKey.split('/')[0], metadata: metadataOf(idempotencyKey) },
  };
  try {
    return answerOf(await mollie.post('payments', { body, idempotencyKey }, paymentSchema));
  } catch (error) {
    const message = refusalOfMethod(error);
    if (message === null) throw error;
    return refusalOf(idempotencyKey, { code: 'payment_intent_payment_attempt_failed', message });
  }
}

/** What is asked for, and a payment under a mandate cannot have. Charging without it would be another charge than the one that was asked for. */
function obstacleTo({ capture, threeDSecure }: Pick<ChargeRequest, 'capture' | 'threeDSecure'>): { code: string; message: string } | null {
  if (!capture) {
    return {
      code: 'payment_intent_payment_attempt_failed',
      message: 'Mollie charges a mandate at once: it cannot be authorized first and captured later.',
    };
  }
  if (threeDSecure === null) return null;
  return { code: 'authentication_required', message: 'Mollie charges a mandate without its holder, so that nobody can be authenticated.' };
}

/** Nothing is charged: whether the mandate is valid is all that can be known. */
async function setup(mollie: MollieClient, request: SetupRequest): Promise<GatewayAnswer> {
  const { idempotencyKey } = request;
  const { customer, method } = namesIn(request);
  try {
    const { status } = await mollie.get(mandatePath(customer, method), mandateSchema);
    if (status !== 'invalid') return approvalOf(idempotencyKey, { captured: false });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return refusalOf(idempotencyKey, {
    code: 'payment_intent_payment_attempt_failed',
    message: 'The mandate is not valid at Mollie any more.',
  });
}

/** What became of a call whose answer was lost. A setup has changed nothing, and is asked again. */
async function find(mollie: MollieClient, request: FindRequest): Promise<GatewayAnswer | null> {
  if (request.kind === 'setup') return setup(mollie, request);
  const { customer } = namesIn(request);
  try {
    const found = await madeUnder(request.idempotencyKey, mollie.list(`customers/${customer}/payments`, 'payments', paymentSchema));
    return found && answerOf(found);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Does what a crash may have done already. A debit can be canceled until Mollie has sent it to the bank. */
async function cancel(mollie: MollieClient, { idempotencyKey, charge: id }: OperationOnCharge): Promise<void> {
  try {
    await mollie.delete(`payments/${id}`, idempotencyKey);
  } catch (error) {
    if (!(error instanceof MollieRefusal)) throw error;
    const { status } = await mollie.get(`payments/${id}`, paymentSchema);
    if (status !== 'canceled') throw new Error(`Mollie cannot cancel ${id}, which is ${status}`);
  }
}

/** Refusals that another payment method or amount mends: Mollie's words. Null: any other, which is a mistake in the call. */
function refusalOfMethod(error: unknown): string | null {
  if (!(error instanceof MollieRefusal)) return null;
  return isGone(error) || OF_METHOD.has(error.field ?? '') ? error.message : null;
}

const OF_METHOD = new Set(['amount', 'amount.currency', 'amount.value', 'customerId', 'mandateId', 'method', 'sequenceType']);
