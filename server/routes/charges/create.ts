import { byKey, loadMatching } from '../../../db/matching';
import { BillingError } from '../../../domain/core/errors';
import { refuseUnchargeable } from '../../../domain/money/minimum-charge';
import { newPaymentIntent } from '../../../domain/payment/intents';
import { defaultMethodOf, type Customer } from '../../../domain/rows/customer';
import { shippingOf } from '../../../domain/rows/resource';
import { confirmPaymentUpdate } from '../../../workflows/contract';
import { atLeastOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { boolean, currency, emptyable, id, integer, metadata, name, parameters, text } from '../../http/parameters';
import { missing, type ApiRequest } from '../../http/request';
import { email } from '../../http/text-parameters';
import { shippingDetails } from '../../schemas/shipping';
import { putSource, sourceOf, sourceWanted, type SourceOfRequest } from '../../sandbox/sources';

/**
 * Charges a token, or a customer by one of its sources, at once. It confirms a payment intent off session, so the books, the events and the
 * errors are those of any other payment. `amount` is in minor units.
 *
 * @throws BillingError amount_too_small, amount_too_large, parameter_missing, resource_missing, token_already_used,
 * customer_missing_payment_method, lock_timeout, and 402 with the decline, also for a card that wants 3-D Secure
 */
export const createCharge = operation({
  method: 'post',
  path: '/v1/charges',
  summary: 'Create a charge',
  tag: 'Charges',
  parameters: parameters({
    amount: integer({ min: 1 }),
    capture: boolean().optional(),
    currency: currency(),
    customer: id().optional(),
    description: emptyable(text({ max: 1000 })).optional(),
    metadata: metadata().optional(),
    receipt_email: emptyable(email()).optional(),
    shipping: shippingDetails().optional(),
    source: id().optional(),
    statement_descriptor: emptyable(name({ max: 22 })).optional(),
    statement_descriptor_suffix: emptyable(name({ max: 22 })).optional(),
  }),
  shows: 'charge',
  through: 'workflow',
  stored: () => ({ off_session: true }),
  unsupported: [
    'application_fee',
    'application_fee_amount',
    'card',
    'destination',
    'on_behalf_of',
    'radar_options',
    'shipping[carrier]',
    'shipping[tracking_number]',
    'transfer_data',
    'transfer_group',
  ],
  async handle(request) {
    const { amount, capture = true, currency: of, customer: payer, source: named, ...params } = request.parameters;
    refuseUnchargeable(amount, of);
    atLeastOne(request.parameters, ['source', 'customer']);
    const customer = payer === undefined ? null : await request.find('customer', payer, 'customer');
    const source = customer ? await ofCustomer(request, customer, named) : await sourceOf(request, named ?? '', 'source');
    await request.change({
      step: 'createCharge',
      customer: customer?.id ?? null,
      load: (tx) => loadMatching(tx, request.scope, sourceWanted(source)),
      plan: (changes) => {
        newPaymentIntent(changes, {
          ...{ amount, currency: of, customer: customer?.id ?? null, invoice: null, paymentMethod: putSource(changes, source) },
          ...{ captureMethod: capture ? 'automatic' : 'manual', setupFutureUsage: null, paymentMethodTypes: ['card'] },
          description: params.description ?? null,
          metadata: params.metadata ?? {},
          receiptEmail: params.receipt_email ?? null,
          shipping: params.shipping ? shippingOf(params.shipping) : null,
          statementDescriptor: params.statement_descriptor ?? null,
          statementDescriptorSuffix: params.statement_descriptor_suffix ?? null,
        });
      },
    });
    const intent = request.newId('pi');
    const card = 'existing' in source ? source.existing : request.newId('card');
    await request.changeThroughWorkflow({ kind: 'payment', subject: intent, customer: customer?.id ?? null }, confirmPaymentUpdate, card);
    return { kind: 'charge', key: await chargeOf(request, intent) };
  },
});

/** The named source, or else the default: it must belong to the customer. */
async function ofCustomer(request: ApiRequest<unknown>, customer: Customer, named: string | undefined): Promise<SourceOfRequest> {
  if (customer.deleted) return missing('customer', customer.id, 'customer');
  const id = named ?? customer.defaultSource ?? defaultMethodOf(customer);
  if (id === null)
    throw new BillingError('customer_missing_payment_method', 'Cannot charge a customer that has no active card', { param: 'card' });
  const rows = await loadMatching(request.deps.sql, request.scope, [byKey('paymentMethod', id)]);
  if (rows.find('paymentMethod', id)?.customer === customer.id) return { existing: id };
  throw new BillingError('resource_missing', `Customer ${customer.id} does not have a linked source with ID ${id}.`, { param: 'source' });
}

/**
 * The charge of the intent.
 *
 * @throws BillingError payment_attempt_in_progress while its answer is lost; the caller can find it by the intent
 */
async function chargeOf(request: ApiRequest<unknown>, intent: string): Promise<string> {
  const { latestCharge } = await request.find('paymentIntent', intent);
  if (latestCharge !== null) return latestCharge;
  throw new BillingError(
    'payment_attempt_in_progress',
    `The processor has not answered yet. Look for the charge of ${intent} in a moment.`,
  );
}
