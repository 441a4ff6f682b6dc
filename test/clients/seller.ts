import type Stripe from 'stripe';

const VISA = 'pm_card_visa';

/** How many objects of a kind the API lists, by its name in the API. */
export type Counts = Record<string, number>;

/** A small seller with a bit of everything that the clients read. */
export async function fill(stripe: Stripe): Promise<void> {
  const recurring = { interval: 'month' } as const;
  const { id: price } = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 2_000,
    recurring,
    product_data: { name: 'Pro' },
    lookup_key: 'pro',
  });
  await stripe.prices.create({
    currency: 'usd',
    unit_amount: 20_000,
    recurring: { interval: 'year' },
    product_data: { name: 'Pro, a year' },
  });
  const { id: coupon } = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
  for (let index = 0; index < 6; index += 1) {
    const of = { email: `buyer${String(index)}@example.com`, name: `Buyer ${String(index)}`, payment_method: VISA };
    const { id: customer } = await stripe.customers.create({ ...of, invoice_settings: { default_payment_method: VISA } });
    const discounts = index === 1 ? [{ coupon }] : [];
    const trial = index === 2 ? { trial_period_days: 14 } : {};
    await stripe.subscriptions.create({ customer, items: [{ price }], discounts, ...trial });
  }
  const [charge] = (await stripe.charges.list({ limit: 1 })).data;
  if (charge) await stripe.refunds.create({ charge: charge.id, amount: 500 });
  const { data: invoices } = await stripe.invoices.list({ status: 'paid', limit: 10 });
  const whole = invoices.find(({ amount_paid: paid }) => paid === 2_000);
  if (whole) await stripe.creditNotes.create({ invoice: whole.id, amount: 300, out_of_band_amount: 300 });
}

/** What the API lists now: each client adds something of its own for the next one. */
export async function countsOf(stripe: Stripe): Promise<Counts> {
  const [first] = (await stripe.customers.list({ limit: 1 })).data;
  const lists = {
    products: stripe.products.list({ limit: 100 }),
    prices: stripe.prices.list({ limit: 100 }),
    customers: stripe.customers.list({ limit: 100 }),
    subscriptions: stripe.subscriptions.list({ limit: 100, status: 'all' }),
    invoices: stripe.invoices.list({ limit: 100 }),
    charges: stripe.charges.list({ limit: 100 }),
    refunds: stripe.refunds.list({ limit: 100 }),
    creditNotes: stripe.creditNotes.list({ limit: 100 }),
    paymentIntents: stripe.paymentIntents.list({ limit: 100 }),
    coupons: stripe.coupons.list({ limit: 100 }),
    paymentMethods: stripe.customers.listPaymentMethods(first?.id ?? '', { limit: 100 }),
  };
  const counted = await Promise.all(Object.entries(lists).map(async ([name, list]) => [name, (await list).data.length] as const));
  return Object.fromEntries(counted);
}
