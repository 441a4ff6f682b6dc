import type { PaymentIntent } from '../../domain/rows/payment-intent';
import { METHOD_TYPES, type MethodType } from '../../domain/rows/payment-method';
import { methodsOffered } from '../../domain/payment/method-configurations';
import type { Rows } from '../../domain/rows/rows';
import { newPaymentMethod, type NewPaymentMethod } from '../../domain/customer/payment-methods';
import type { ChangeSet } from '../../domain/core/change-set';
import type { z } from 'zod';
import { onlyOne } from '../http/exclusive';
import { array, boolean, emptyable, id, metadata, name, object, oneOf, text } from '../http/parameters';
import { missing, type ApiRequest } from '../http/request';
import { isMethodToken, methodOfToken, newMethodOf, type MethodParameters } from '../sandbox/new-method';
import { methodType, paymentMethodData, toBillingDetails } from './payment-method';
import { email } from '../http/text-parameters';
import { shipping } from './shipping';

/** How a request references a payment method, or includes a new one. */
export const methodParameters = {
  payment_method: id().optional(),
  payment_method_data: object(paymentMethodData).optional(),
};

export const paymentMethodTypes = () => array(methodType());

/** Which ways to pay the payer may choose from. One of them must be usable here. */
export const allowedPaymentMethodTypes = (usable: readonly MethodType[] = METHOD_TYPES) =>
  array(name({ max: 100 })).refine(
    (types) => types.some((type) => (usable as readonly string[]).includes(type)),
    `Invalid allowed_payment_method_types: one of them must be ${usable.join(', ')}.`,
  );

/** The tax calculation that is recorded when the intent is paid. */
export const hooks = () => object({ inputs: object({ tax: object({ calculation: emptyable(id()) }).optional() }).optional() });

/** Undefined: nothing is said about it; null: none. @throws BillingError resource_missing, also for one that has expired */
export async function taxCalculationOf(
  request: ApiRequest<unknown>,
  given: z.output<ReturnType<typeof hooks>> | undefined,
): Promise<string | null | undefined> {
  const calculation = given?.inputs?.tax?.calculation;
  if (!calculation) return calculation;
  const param = 'hooks[inputs][tax][calculation]';
  const { id: key, expiresAt } = await request.find('requestedTaxCalculation', calculation, param);
  return expiresAt > (await request.now()) ? key : missing('requestedTaxCalculation', key, param);
}

export const automaticPaymentMethods = () => object({ enabled: boolean(), allow_redirects: oneOf(['always', 'never']).optional() });

/** Parameters of an intent at its creation, and until it is paid. */
export const intentDetails = {
  description: emptyable(text({ max: 1000 })).optional(),
  metadata: metadata().optional(),
  receipt_email: emptyable(email()).optional(),
  setup_future_usage: emptyable(oneOf(['off_session', 'on_session'])).optional(),
  shipping: shipping().optional(),
  statement_descriptor: emptyable(name({ max: 22 })).optional(),
  statement_descriptor_suffix: emptyable(name({ max: 22 })).optional(),
};

interface GivenMethod {
  payment_method?: string | undefined;
  payment_method_data?:
    (Omit<MethodParameters, 'billing_details'> & { billing_details?: Parameters<typeof toBillingDetails>[0] }) | undefined;
}

/** The payment method that a request references, or the new one that it includes; null if neither. */
export type MethodOfRequest = { existing: string } | { made: NewPaymentMethod } | null;

/** @throws BillingError resource_missing, and as `cardOf` does */
export async function methodOf(request: ApiRequest<unknown>, given: GivenMethod): Promise<MethodOfRequest> {
  const { payment_method: named, payment_method_data: data } = given;
  if (data !== undefined) {
    return {
      made: await newMethodOf(request, { ...data, billing_details: toBillingDetails(data.billing_details) }, 'payment_method_data'),
    };
  }
  if (named === undefined) return null;
  if (isMethodToken(named)) return { made: await methodOfToken(request, named, 'payment_method') };
  return { existing: (await request.find('paymentMethod', named, 'payment_method')).id };
}

/** The parameters that a workflow's step needs. Card numbers and addresses are not stored. */
export function withoutCard(given: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'payment_method_data'));
}

interface GivenParties extends GivenMethod {
  customer?: string | undefined;
  allowed_payment_method_types?: unknown;
  automatic_payment_methods?: unknown;
  payment_method_configuration?: string | undefined;
  payment_method_types?: unknown;
}

export interface Parties {
  customer: string | null;
  method: MethodOfRequest;
  /** The id of an existing payment method; null if there is none or a new one is included. */
  existing: string | null;
}

/**
 * The new intent's customer and payment method.
 *
 * @throws BillingError parameters_exclusive, resource_missing, and as `cardOf` does
 */
export async function partiesOf(request: ApiRequest<unknown>, params: GivenParties): Promise<Parties> {
  onlyOne(params, ['payment_method', 'payment_method_data']);
  onlyOne(params, ['automatic_payment_methods', 'payment_method_types']);
  onlyOne(params, ['allowed_payment_method_types', 'payment_method_types']);
  onlyOne(params, ['payment_method_configuration', 'payment_method_types']);
  const { payment_method_configuration: configuration } = params;
  if (configuration !== undefined) await request.find('paymentMethodConfiguration', configuration, 'payment_method_configuration');
  const customer = params.customer === undefined ? null : await request.find('customer', params.customer, 'customer');
  if (customer?.deleted) return missing('customer', customer.id, 'customer');
  const method = await methodOf(request, params);
  return { customer: customer?.id ?? null, method, existing: method && 'existing' in method ? method.existing : null };
}

/** The payment method's id; a new payment method is put together with the intent. */
export function putMethod(changes: ChangeSet, method: MethodOfRequest): string | null {
  if (method === null) return null;
  return 'made' in method ? newPaymentMethod(changes, method.made).id : method.existing;
}

/** The payment method with which the workflow confirms, if the intent has one. */
export function targetOf(request: ApiRequest<unknown>, { method, existing }: Parties): string | undefined {
  return existing ?? (method ? request.newId('pm') : undefined);
}

/**
 * The ways to pay, in the currency of a payment. Without `payment_method_types`, a configuration decides them: the named one, or the account's default. It must be among the
 * rows.
 *
 * @throws BillingError parameter_invalid
 */
export function methodTypes(
  rows: Rows,
  given: {
    allowed_payment_method_types?: string[] | undefined;
    currency?: string | undefined;
    payment_method_configuration?: string | undefined;
    payment_method_types?: string[] | undefined;
    automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' | undefined } | undefined;
    /** False if it must be charged later, too. */
    once?: boolean;
  },
): Pick<PaymentIntent, 'allowedPaymentMethodTypes' | 'automaticPaymentMethods' | 'paymentMethodConfiguration' | 'paymentMethodTypes'> {
  const { automatic_payment_methods: automatic, payment_method_types: types, payment_method_configuration: configuration } = given;
  const once = given.once !== false && automatic?.allow_redirects !== 'never';
  const offered = methodsOffered(rows, { types, configuration, currency: given.currency, once });
  return {
    allowedPaymentMethodTypes: given.allowed_payment_method_types ?? null,
    paymentMethodConfiguration: offered.configuration,
    paymentMethodTypes: offered.types,
    automaticPaymentMethods:
      types === undefined ? { enabled: automatic?.enabled ?? true, allow_redirects: automatic?.allow_redirects ?? 'always' } : null,
  };
}

/** Parameters of Stripe's intents that Dunlin lacks: Connect, other payment methods. */
export const UNSUPPORTED = [
  'amount_details',
  'application_fee_amount',
  'customer_account',
  'error_on_requires_action',
  'excluded_payment_method_types',
  'mandate',
  'on_behalf_of',
  'payment_details',
  'radar_options',
  'transfer_data',
  'transfer_group',
  'use_stripe_sdk',
];
