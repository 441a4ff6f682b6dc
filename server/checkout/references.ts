/** The rows that a session's parameters reference, and those that a session itself references. */
import type { CreateSessionParameters } from '../../domain/checkout/parameters';
import type { Named } from '../../domain/core/steps';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { PaymentLink } from '../../domain/rows/payment-link';
import { pricedReferences } from '../writes/inline-prices';
import { namedBy } from '../writes/named-rows';
import * as references from '../writes/references';
import type { Reference } from '../writes/references';

export function referencesOf(
  params: Pick<
    CreateSessionParameters,
    | 'customer'
    | 'discounts'
    | 'invoice_creation'
    | 'line_items'
    | 'optional_items'
    | 'payment_method_configuration'
    | 'shipping_options'
    | 'subscription_data'
  >,
): Reference[] {
  const { customer, line_items: lines = [], discounts, shipping_options: shipping, subscription_data: data } = params;
  return [
    ...(customer === undefined ? [] : [references.customerNamed(customer)]),
    ...lines.flatMap((line, index) => pricedReferences(line, `line_items[${String(index)}]`)),
    ...references.discounts(discounts, 'discounts'),
    ...(shipping ?? []).flatMap(({ shipping_rate: id }, index) =>
      references.shippingRate(id, `shipping_options[${String(index)}][shipping_rate]`),
    ),
    ...references.taxRates(data?.default_tax_rates, 'subscription_data[default_tax_rates]'),
    ...(params.optional_items ?? []).map(({ price: id }, index) => ({
      kind: 'price' as const,
      id,
      param: `optional_items[${String(index)}][price]`,
    })),
    ...invoiceReferences(params.invoice_creation?.invoice_data),
    ...(params.payment_method_configuration === undefined
      ? []
      : [{ kind: 'paymentMethodConfiguration' as const, id: params.payment_method_configuration, param: 'payment_method_configuration' }]),
  ];
}

function invoiceReferences(data: NonNullable<CreateSessionParameters['invoice_creation']>['invoice_data']): Reference[] {
  const param = 'invoice_creation[invoice_data]';
  return [
    ...references.accountTaxIds(data?.account_tax_ids, `${param}[account_tax_ids]`),
    ...references.template(data?.rendering_options?.template, `${param}[rendering_options][template]`),
  ];
}

/** What pricing a session with these lines and discounts needs. */
export function namedIn(
  params: Pick<CreateSessionParameters, 'discounts' | 'line_items' | 'optional_items' | 'shipping_options' | 'subscription_data'>,
): Named {
  const { line_items: lines = [], discounts, subscription_data: data, shipping_options: shipping } = params;
  const shippingRate = (shipping ?? []).flatMap(({ shipping_rate: id }) => id ?? []);
  const named = namedBy([
    ...lines.map((line) => ({ price: line.price, product: line.price_data?.product, tax_rates: line.tax_rates })),
    ...(params.optional_items ?? []).map(({ price }) => ({ price })),
    { discounts, tax_rates: data?.default_tax_rates },
  ]);
  return { ...named, shippingRate };
}

/** The same of a session as it is. */
export function namedBySession({ lineItems, discounts, settings }: Pick<CheckoutSession, 'discounts' | 'lineItems' | 'settings'>): Named {
  const named = namedBy([
    ...lineItems.map(({ price, tax_rates }) => ({ price, tax_rates })),
    ...settings.optional_items.map(({ price }) => ({ price })),
    { discounts, tax_rates: settings.subscription_data?.default_tax_rates },
  ]);
  const template = settings.invoice_creation?.rendering_options?.template ?? null;
  return {
    ...named,
    shippingRate: settings.shipping_options.map(({ shipping_rate: id }) => id),
    ...(template === null ? {} : { invoiceRenderingTemplate: [template] }),
  };
}

/** What opening a session of a payment link needs, with the code that the visitor brings. */
export function namedByLink({ lineItems, settings }: PaymentLink, code: string | null = null): Named {
  return namedBySession({ lineItems, settings, discounts: code === null ? [] : [{ promotion_code: code }] });
}
