/** A session as the parameters of what its completion creates. */
import type { CheckoutLine, CheckoutSession } from '../rows/checkout-session';
import type { CreateSubscriptionParameters } from '../rows/subscription-parameters';

export const linesOfType = ({ lineItems }: Pick<CheckoutSession, 'lineItems'>, type: CheckoutLine['type']): CheckoutLine[] =>
  lineItems.filter((line) => line.type === type && line.quantity !== 0);

/** Prices are checked when they are offered. An inline price is inactive from the start, and an archived one is sold as offered. */
const priced = ({ price, quantity, tax_rates }: CheckoutLine) => ({
  price,
  described: true,
  ...(quantity === null ? {} : { quantity }),
  ...(tax_rates.length > 0 ? { tax_rates } : {}),
});

/** The subscription, whose first invoice the buyer confirms, with the card that the buyer has given. */
export function subscriptionTerms(session: CheckoutSession, customer: string): CreateSubscriptionParameters {
  const { currency, settings, discounts } = session;
  const data = settings.subscription_data;
  return {
    customer,
    checkout_session: session.id,
    ...(currency === null ? {} : { currency }),
    items: linesOfType(session, 'recurring').map((line) => ({ ...priced(line), metadata: line.metadata })),
    add_invoice_items: linesOfType(session, 'one_time').map((line) => ({ ...priced(line), quantity: line.quantity ?? 1 })),
    payment_behavior: 'default_incomplete',
    payment_settings: { save_default_payment_method: 'on_subscription' },
    ...(session.paymentMethod === null || session.amounts.due > 0 ? {} : { default_payment_method: session.paymentMethod }),
    ...(settings.automatic_tax ? { automatic_tax: { enabled: true } } : {}),
    ...(discounts.length > 0 ? { discounts } : {}),
    ...(data === null ? {} : subscriptionSettings(data)),
  };
}

type Data = NonNullable<CheckoutSession['settings']['subscription_data']>;

function anchorOf({ billing_cycle_anchor, billing_cycle_anchor_config }: Data): Partial<CreateSubscriptionParameters> {
  if (billing_cycle_anchor !== null) return { billing_cycle_anchor };
  return billing_cycle_anchor_config === null ? {} : { billing_cycle_anchor_config };
}

function subscriptionSettings(data: Data): Partial<CreateSubscriptionParameters> {
  const { trial_end, trial_period_days, trial_settings, billing_mode, proration_behavior } = data;
  return {
    description: data.description,
    metadata: data.metadata,
    ...(data.default_tax_rates.length > 0 ? { default_tax_rates: data.default_tax_rates } : {}),
    ...(trial_end === null ? {} : { trial_end }),
    ...(trial_period_days === null ? {} : { trial_period_days }),
    ...(trial_settings === null ? {} : { trial_settings }),
    ...anchorOf(data),
    ...(billing_mode === null ? {} : { billing_mode }),
    ...(proration_behavior === null ? {} : { proration_behavior }),
  };
}
