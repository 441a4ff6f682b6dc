import { loadMatching } from '../../../db/matching';
import { loadEvaluated, type Asked } from '../../../db/risk-features';
import { mergeMetadata } from '../../../domain/core/metadata';
import { scoreByModel } from '../../../domain/fraud/score';
import { evaluatePayment } from '../../../domain/payment/evaluations';
import { riskOf } from '../../../domain/payment/fraud';
import type { EvaluatedPayment } from '../../../domain/rows/payment-evaluation';
import { NO_ADDRESS, type Address } from '../../../domain/rows/resource';
import { operation } from '../../http/operation';
import { address, currency, id, integer, metadata, name, object, oneOf, parameters, text } from '../../http/parameters';
import { email } from '../../http/text-parameters';

const schema = parameters({
  client_device_metadata_details: object({ radar_session: id() }).optional(),
  customer_details: object({
    customer: id().optional(),
    email: email().optional(),
    name: name().optional(),
    phone: name({ max: 50 }).optional(),
  }),
  metadata: metadata().optional(),
  payment_details: object({
    amount: integer({ min: 1 }),
    currency: currency(),
    description: text({ max: 1000 }).optional(),
    money_movement_details: object({
      card: object({
        customer_presence: oneOf(['off_session', 'on_session']).optional(),
        payment_type: oneOf(['one_off', 'recurring', 'setup_one_off', 'setup_recurring']).optional(),
      }).optional(),
      money_movement_type: oneOf(['card']),
    }).optional(),
    payment_method_details: object({
      billing_details: object({
        address: address().optional(),
        email: email().optional(),
        name: name().optional(),
        phone: name({ max: 50 }).optional(),
      }).optional(),
      payment_method: id(),
    }),
    shipping_details: object({ address: address().optional(), name: name().optional(), phone: name({ max: 50 }).optional() }).optional(),
    statement_descriptor: name({ max: 22 }).optional(),
  }),
});
type Sent = (typeof schema)['_output'];

/**
 * Says how risky a payment is that another processor will make, by the score and the settings that decide on charges here. No rule is looked at, and
 * nothing is charged.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_missing
 */
export const createPaymentEvaluation = operation({
  method: 'post',
  path: '/v1/radar/payment_evaluations',
  summary: 'Create a payment evaluation',
  tag: 'Radar',
  parameters: schema,
  shows: 'paymentEvaluation',
  unsupported: ['customer_details[customer_account]'],
  async handle(request) {
    const { customer_details: who, metadata: given, payment_details: payment } = request.parameters;
    const { payment_method: named } = payment.payment_method_details;
    const method = await request.find('paymentMethod', named, 'payment_details[payment_method_details][payment_method]');
    const customer = who.customer === undefined ? null : (await request.find('customer', who.customer, 'customer_details[customer]')).id;
    const now = await request.now(customer, 'customer_details[customer]');
    const { facts, features } = await loadEvaluated(request.deps.sql, {
      ...asked(request.parameters),
      paymentMethod: method.id,
      customer,
      now,
    });
    const risk = riskOf({ ...facts, scored: scoreByModel(features) });
    await request.change({
      step: 'createPaymentEvaluation',
      customer,
      now,
      load: (tx) => loadMatching(tx, request.scope, [{ kind: 'account', filters: [] }]),
      plan: (changes) => {
        const details = detailsOf(request.parameters, customer);
        evaluatePayment(changes, { customer, paymentMethod: method.id, details, metadata: mergeMetadata({}, given), risk });
      },
    });
    return { kind: 'paymentEvaluation', key: request.newId('peval') };
  },
});

/** What the score looks at, of what the caller says. */
function asked({
  customer_details: { email: address },
  payment_details: payment,
}: Sent): Pick<Asked, 'amount' | 'country' | 'currency' | 'email' | 'offSession'> {
  const { amount, currency: of, money_movement_details: movement, payment_method_details: method } = payment;
  return {
    ...{ amount, currency: of, email: address ?? method.billing_details?.email ?? null },
    country: method.billing_details?.address?.country ?? null,
    offSession: movement?.card?.customer_presence === 'off_session',
  };
}

function detailsOf(
  { client_device_metadata_details: device, customer_details: who, payment_details: payment }: Sent,
  customer: string | null,
): EvaluatedPayment {
  const { amount, currency: of, money_movement_details: movement, payment_method_details: method, shipping_details: shipping } = payment;
  return {
    ...(device === undefined ? {} : { client_device_metadata_details: device }),
    customer_details: { customer, customer_account: null, ...personOf(who) },
    payment_details: {
      ...{ amount, currency: of, description: payment.description ?? null, statement_descriptor: payment.statement_descriptor ?? null },
      money_movement_details: movement === undefined ? null : { card: presenceOf(movement.card), money_movement_type: 'card' },
      payment_method_details: {
        billing_details:
          method.billing_details === undefined ? null : { ...placeOf(method.billing_details), ...personOf(method.billing_details) },
        payment_method: method.payment_method,
      },
      shipping_details:
        shipping === undefined ? null : { ...placeOf(shipping), name: shipping.name ?? null, phone: shipping.phone ?? null },
    },
  };
}

type Movement = NonNullable<Sent['payment_details']['money_movement_details']>;

const presenceOf = (card: Movement['card']) =>
  card === undefined ? null : { customer_presence: card.customer_presence ?? null, payment_type: card.payment_type ?? null };

const personOf = (of: { email?: string | undefined; name?: string | undefined; phone?: string | undefined }) => ({
  ...{ email: of.email ?? null, name: of.name ?? null, phone: of.phone ?? null },
});

const placeOf = ({ address: place }: { address?: Address | undefined }): { address: Address } => ({ address: place ?? NO_ADDRESS });
