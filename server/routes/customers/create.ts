import { isPrefixTaken } from '../../../db/invoice-prefixes';
import { byKey, loadMatching } from '../../../db/matching';
import { lockPaymentMethod } from '../../../db/payments';
import { createCustomer, type CustomerChange } from '../../../domain/customer/changes';
import { createTaxId } from '../../../domain/customer/tax-ids';
import { requirePlace } from '../../../domain/tax/location';
import type { Customer } from '../../../domain/rows/customer';
import { TAX_ID_TYPES } from '../../../domain/rows/tax-id';
import { BillingError } from '../../../domain/core/errors';
import { attachPaymentMethod, newPaymentMethod, type NewPaymentMethod } from '../../../domain/customer/payment-methods';
import type { ChangeSet } from '../../../domain/core/change-set';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { array, id, object, name as oneLine, oneOf, parameters } from '../../http/parameters';
import { missing, present, type ApiRequest } from '../../http/request';
import { refuseDeclinedCard } from '../../sandbox/new-card';
import { isMethodToken, methodOfToken } from '../../sandbox/new-method';
import { putSource, sourceOf, sourceWanted } from '../../sandbox/sources';
import { checkReferences } from '../../writes/references';
import { customerDetails, templateOf, toCustomerChange, UNSUPPORTED } from './parameters';

/**
 * Creates a customer, in real time or on a test clock, optionally with a payment method, a source and tax ids.
 *
 * @throws BillingError parameter_invalid, parameter_unsupported, resource_missing (the test clock, the payment method),
 * resource_already_exists (the invoice prefix), payment_method_unusable, tax_id_invalid, customer_tax_location_invalid, token_already_used, lock_timeout (the clock is
 * advancing), and 402 for a card that its bank declines
 */
export const createCustomerOperation = operation({
  method: 'post',
  path: '/v1/customers',
  summary: 'Create a customer',
  tag: 'Customers',
  parameters: parameters({
    ...customerDetails,
    payment_method: id().optional(),
    tax_id_data: array(object({ type: oneOf(TAX_ID_TYPES), value: oneLine({ max: 100 }) }), { max: 5 }).optional(),
    test_clock: id().optional(),
  }),
  shows: 'customer',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const {
      test_clock: testClock = null,
      payment_method: named = null,
      source: token,
      tax_id_data: taxIds = [],
      ...details
    } = request.parameters;
    const change = toCustomerChange(details);
    await checkReferences(request, templateOf(details));
    const { invoicePrefix } = change;
    requireNamed(change, named);
    const card = await cardOf(request, named);
    const source = token === undefined ? null : await sourceOf(request, token, 'source');
    let taken = false;
    await request.change({
      step: 'createCustomer',
      customer: null,
      now: await timeOf(request, testClock),
      load: async (tx) => {
        const [, isTaken, facts] = await Promise.all([
          named === null ? null : lockPaymentMethod(tx, named),
          invoicePrefix === undefined ? false : isPrefixTaken(tx, request.scope, invoicePrefix, { customer: null }),
          loadMatching(tx, request.scope, [
            byKey('account', request.scope.account),
            ...(named === null ? [] : [byKey('paymentMethod', named)]),
            ...sourceWanted(source),
          ]),
        ]);
        taken = isTaken;
        return facts;
      },
      plan: (changes) => {
        if (taken) throw prefixTaken(invoicePrefix);
        const defaultSource = source === null ? null : putSource(changes, source);
        const given = defaultSource === null ? change : { ...change, defaultSource };
        const customer =
          named === null ? createCustomer(changes, given, testClock) : createWithCard(changes, given, testClock, card ?? named);
        if (defaultSource !== null) attachPaymentMethod(changes, defaultSource, customer.id);
        if (details.tax?.validate_location === 'immediately') requirePlace(changes.rows, customer, 'tax[validate_location]');
        for (const taxId of taxIds) createTaxId(changes, customer.id, taxId, 'tax_id_data');
      },
    });
    return { kind: 'customer', key: request.newId('cus') };
  },
});

function prefixTaken(prefix: string | null | undefined): BillingError {
  return new BillingError('resource_already_exists', `The invoice prefix '${prefix ?? ''}' is taken.`, { param: 'invoice_prefix' });
}

function createWithCard(changes: ChangeSet, change: CustomerChange, testClock: string | null, card: NewPaymentMethod | string): Customer {
  const method =
    typeof card === 'string' ? present(changes, 'paymentMethod', card, { param: 'payment_method' }) : newPaymentMethod(changes, card);
  const params = change.invoiceSettings ?? {};
  const invoiceSettings = params.default_payment_method ? { ...params, default_payment_method: method.id } : params;
  const customer = createCustomer(changes, { ...change, invoiceSettings }, testClock);
  attachPaymentMethod(changes, method.id, customer.id);
  return customer;
}

/** A new customer has no payment method but the one in the request. */
function requireNamed({ invoiceSettings }: CustomerChange, named: string | null): void {
  const params = invoiceSettings?.default_payment_method ?? null;
  if (params === null || params === named) return;
  const param = 'invoice_settings[default_payment_method]';
  throw new ParameterError(
    'resource_missing',
    `The customer does not have a payment method with the ID ${params}. Name it as payment_method, too.`,
    param,
  );
}

async function cardOf(request: ApiRequest<unknown>, named: string | null): Promise<NewPaymentMethod | null> {
  if (named === null) return null;
  const card = isMethodToken(named) ? await methodOfToken(request, named, 'payment_method') : null;
  refuseDeclinedCard(card ?? (await request.find('paymentMethod', named, 'payment_method')));
  return card;
}

async function timeOf(request: ApiRequest<unknown>, testClock: string | null): Promise<number> {
  if (testClock === null) return request.now();
  const clock = await request.find('testClock', testClock, 'test_clock');
  if (clock.deleted) return missing('testClock', testClock, 'test_clock');
  if (clock.status === 'advancing') throw new BillingError('lock_timeout', 'The test clock is advancing. Please retry when it is ready.');
  return clock.frozenTime;
}
