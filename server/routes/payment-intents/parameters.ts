import type { PaymentIntent } from '../../../domain/payment-intent';
import type { NewPaymentMethod } from '../../../domain/payment-methods';
import type { Shipping } from '../../../domain/resource';
import { address, array, boolean, emptyable, id, metadata, object, oneOf, text } from '../../parameters';
import type { ApiRequest } from '../../request';
import { cardOf, cardOfToken, isCardToken, type PaymentMethodParameters } from '../../sandbox/new-card';
import { paymentMethodData, toBillingDetails } from '../payment-methods/parameters';

/** How a payment method is named, or brought along. */
export const methodParameters = {
  payment_method: id().optional(),
  payment_method_data: object(paymentMethodData).optional(),
};

export const paymentMethodTypes = () => array(oneOf(['card']));

export const automaticPaymentMethods = () => object({ enabled: boolean(), allow_redirects: oneOf(['always', 'never']).optional() });

export const paymentMethodOptions = () =>
  object({ card: object({ request_three_d_secure: oneOf(['any', 'automatic', 'challenge']).optional() }).optional() });

/** What an intent can be told when it is made, and changed to before it is paid. */
export const intentDetails = {
  description: emptyable(text({ max: 1000 })).optional(),
  metadata: metadata().optional(),
  receipt_email: emptyable(text({ max: 512 })).optional(),
  setup_future_usage: emptyable(oneOf(['off_session', 'on_session'])).optional(),
  shipping: emptyable(object({ address: address(), name: text(), phone: emptyable(text()).optional() })).optional(),
  statement_descriptor: emptyable(text({ max: 22 })).optional(),
  statement_descriptor_suffix: emptyable(text({ max: 22 })).optional(),
};

interface GivenMethod {
  payment_method?: string | undefined;
  payment_method_data?: (Omit<PaymentMethodParameters, 'billing_details'> & { billing_details?: Parameters<typeof toBillingDetails>[0] }) | undefined;
}

/** The payment method that a request names, or brings along to be made; none where it does neither. */
export type MethodOfRequest = { existing: string } | { made: NewPaymentMethod } | null;

/** @throws resource_missing, parameters that `cardOf` refuses */
export async function methodOf(request: ApiRequest<unknown>, given: GivenMethod): Promise<MethodOfRequest> {
  const { payment_method: named, payment_method_data: data } = given;
  if (data !== undefined) {
    return { made: cardOf(request, { ...data, billing_details: toBillingDetails(data.billing_details) }, 'payment_method_data') };
  }
  if (named === undefined) return null;
  if (isCardToken(named)) return { made: cardOfToken(request, named, 'payment_method') };
  return { existing: (await request.find('paymentMethod', named, 'payment_method')).id };
}

/** What a workflow's step needs of the parameters: card numbers and addresses are not kept. */
export function withoutCard<Given extends { payment_method_data?: unknown }>({ payment_method_data: _card, ...rest }: Given): Omit<Given, 'payment_method_data'> {
  return rest;
}

export const toShipping = (given: { address: Shipping['address']; name: string; phone?: string | null | undefined }): Shipping => ({
  address: given.address,
  name: given.name,
  phone: given.phone ?? null,
});

/** Intents without `payment_method_types` take what the account takes, which is cards. */
export function methodTypes(given: {
  payment_method_types?: string[] | undefined;
  automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' | undefined } | undefined;
}): Pick<PaymentIntent, 'paymentMethodTypes' | 'automaticPaymentMethods'> {
  const automatic = given.automatic_payment_methods;
  if (given.payment_method_types !== undefined) return { paymentMethodTypes: given.payment_method_types, automaticPaymentMethods: null };
  return { paymentMethodTypes: ['card'], automaticPaymentMethods: { enabled: automatic?.enabled ?? true, allow_redirects: automatic?.allow_redirects ?? 'always' } };
}

/** Of Stripe's intents, but not of Dunlin's: mandates, Connect, other payment methods than cards. */
export const UNSUPPORTED = [
  'amount_details',
  'application_fee_amount',
  'confirmation_token',
  'customer_account',
  'error_on_requires_action',
  'excluded_payment_method_types',
  'hooks',
  'mandate',
  'mandate_data',
  'on_behalf_of',
  'payment_details',
  'payment_method_configuration',
  'radar_options',
  'transfer_data',
  'transfer_group',
  'use_stripe_sdk',
];
