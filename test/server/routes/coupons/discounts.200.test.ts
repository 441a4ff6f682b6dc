import type Stripe from 'stripe';
import { customerWith, priceOf, refusal } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const someone = async (card = 'pm_card_visa'): Promise<string> => (await customerWith(stripe, card)).customer;
const couponOf = async (terms: Stripe.CouponCreateParams): Promise<string> => (await stripe.coupons.create(terms)).id;
const codeOf = async (coupon: string, terms: Partial<Stripe.PromotionCodeCreateParams> = {}): Promise<string> =>
  (await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon }, ...terms })).id;
const percent = (percent_off: number, duration: 'forever' | 'once' = 'forever') => couponOf({ percent_off, duration });

test('of three concurrent redemptions of a code’s last one, one succeeds, the others are refused, and it is counted once', async () => {
  const code = await codeOf(await percent(50), { max_redemptions: 1 });
  const price = await priceOf(stripe);
  const customers = await Promise.all([someone(), someone(), someone()]);
  const params = await Promise.allSettled(
    customers.map((customer) => stripe.subscriptions.create({ customer, items: [{ price }], discounts: [{ promotion_code: code }] })),
  );
  const refused = params.flatMap((each) => (each.status === 'rejected' ? [each.reason as Stripe.errors.StripeError] : []));
  expect(refused).toHaveLength(2);
  for (const reason of refused)
    expect(reason).toMatchObject({ statusCode: 400, code: 'coupon_expired', param: 'discounts[0][promotion_code]' });
  expect(await stripe.promotionCodes.retrieve(code)).toMatchObject({ active: false, times_redeemed: 1 });
});

test('a start that is declined with error_if_incomplete gives back the redemptions of the code and its coupon', async () => {
  const coupon = await couponOf({ percent_off: 50, max_redemptions: 1 });
  const code = await codeOf(coupon, { max_redemptions: 1 });
  const start = async (card: string) =>
    stripe.subscriptions.create({
      customer: await someone(card),
      items: [{ price: await priceOf(stripe), discounts: [{ promotion_code: code }] }],
      payment_behavior: 'error_if_incomplete',
      expand: ['latest_invoice', 'items.data.discounts'],
    });
  await expect(start('pm_card_chargeCustomerFail')).rejects.toMatchObject({ statusCode: 402 });
  expect(await stripe.promotionCodes.retrieve(code)).toMatchObject({ active: true, times_redeemed: 0 });
  expect(await stripe.coupons.retrieve(coupon)).toMatchObject({ valid: true, times_redeemed: 0 });
  const started = await start('pm_card_visa');
  expect(started.latest_invoice).toMatchObject({ subtotal: 1000, total: 500 });
  expect(await stripe.coupons.retrieve(coupon)).toMatchObject({ valid: false, times_redeemed: 1 });
});

test('discounts of items, of the subscription and of add_invoice_items apply in order, and show their source', async () => {
  const code = await codeOf(await percent(10));
  const price = await priceOf(stripe);
  const once = await stripe.prices.create({ currency: 'usd', product_data: { name: 'Setup' }, unit_amount: 500 });
  const subscription = await stripe.subscriptions.create({
    customer: await someone(),
    items: [{ price, discounts: [{ coupon: await percent(50) }] }],
    add_invoice_items: [{ price: once.id, discounts: [{ coupon: await couponOf({ amount_off: 200, currency: 'usd' }) }] }],
    discounts: [{ promotion_code: code }],
    expand: ['latest_invoice.lines.data.discounts', 'discounts.promotion_code', 'items.data.discounts'],
  });
  // 1000 - 500 = 500 and 500 - 200 = 300; 10% of both is 80.
  const invoice = subscription.latest_invoice as Stripe.Invoice;
  expect(invoice).toMatchObject({ subtotal: 1500, total: 720 });
  expect(invoice.total_discount_amounts?.map(({ amount }) => amount)).toEqual([500, 200, 80]);
  expect(subscription.discounts).toMatchObject([
    { customer: subscription.customer, subscription: subscription.id, promotion_code: { id: code }, end: null },
  ]);
  const [item] = subscription.items.data;
  expect(item?.discounts).toMatchObject([{ subscription_item: item?.id, subscription: null, promotion_code: null }]);
  const events = await stripe.events.list({ type: 'customer.discount.created' });
  expect(events.data[0]?.data.object).toMatchObject({ subscription: subscription.id, promotion_code: code });

  // An update says which stay. The item's comes and goes by its own call.
  const kept = (subscription.discounts[0] as Stripe.Discount).id;
  const changed = await stripe.subscriptions.update(subscription.id, { discounts: [{ discount: kept }, { coupon: await percent(5) }] });
  expect(changed.discounts).toHaveLength(2);
  expect((await stripe.subscriptionItems.update(item?.id ?? '', { discounts: '' })).discounts).toEqual([]);
  expect((await stripe.subscriptions.update(subscription.id, { discounts: '' })).discounts).toEqual([]);
  const told = await stripe.events.list({ type: 'customer.discount.deleted' });
  expect(told.data.filter(({ data }) => (data.object as Stripe.Discount).subscription === subscription.id)).toHaveLength(2);
});

test('a preview with a code matches the bill', async () => {
  const customer = await someone();
  const code = await codeOf(await percent(25, 'once'));
  const items = [{ price: await priceOf(stripe), quantity: 3 }];
  const preview = await stripe.invoices.createPreview({ customer, subscription_details: { items }, discounts: [{ promotion_code: code }] });
  expect((await stripe.promotionCodes.retrieve(code)).times_redeemed).toBe(0);
  const { latest_invoice } = await stripe.subscriptions.create({
    customer,
    items,
    discounts: [{ promotion_code: code }],
    expand: ['latest_invoice'],
  });
  const shown = ({ subtotal, total, total_discount_amounts }: Stripe.Invoice) => [
    subtotal,
    total,
    total_discount_amounts?.map(({ amount }) => amount),
  ];
  expect(shown(preview)).toEqual([3000, 2250, [750]]);
  expect(shown(latest_invoice as Stripe.Invoice)).toEqual(shown(preview));
});

test('invoice items and invoices accept codes; a manual invoice without discounts has the customer’s, with an empty text none', async () => {
  const customer = await someone();
  await product.post(`/v1/customers/${customer}/discount`, { promotion_code: await codeOf(await percent(20)) });
  const item = await stripe.invoiceItems.create({
    customer,
    currency: 'usd',
    amount: 1000,
    discounts: [{ promotion_code: await codeOf(await percent(10)) }],
    expand: ['discounts'],
  });
  expect(item.discounts).toMatchObject([{ customer, invoice_item: item.id }]);
  const inherits = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' });
  expect(inherits.total).toBe(720);
  expect((await stripe.invoices.update(inherits.id, { discounts: '' })).total).toBe(900);
  expect((await stripe.invoices.create({ customer, discounts: '' })).discounts).toEqual([]);
  const least = await codeOf(await percent(50), { restrictions: { minimum_amount: 1001, minimum_amount_currency: 'usd' } });
  await expect(stripe.invoices.update(inherits.id, { discounts: [{ promotion_code: least }] })).rejects.toMatchObject({
    statusCode: 400,
    param: 'discounts[0][promotion_code]',
  });
  const line = inherits.lines.data[0]?.id ?? '';
  const lineAgain = await stripe.invoices.updateLineItem(inherits.id, line, { discounts: [{ coupon: await percent(40) }] });
  expect(lineAgain.discount_amounts?.map(({ amount }) => amount)).toEqual([400]);
});

test('a customer changes from one discount to another, also by a code', async () => {
  const customer = await someone();
  const give = (params: object) => product.post(`/v1/customers/${customer}/discount`, { ...params });
  const first = await give({ coupon: await percent(20) });
  const code = await codeOf(await percent(30));
  const second = await give({ promotion_code: code });
  expect(second).toMatchObject({ object: 'discount', customer, promotion_code: code });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ discount: { id: second['id'] } });
  const [event] = (await stripe.events.list({ type: 'customer.discount.updated' })).data;
  expect(event?.data).toMatchObject({ object: { id: second['id'] }, previous_attributes: { id: first['id'] } });
  await expect(give({})).rejects.toMatchObject({ statusCode: 400, param: 'coupon' });
});

test('a coupon in several currencies: currencies may be added, not changed, and each has its own amount', async () => {
  const coupon = await couponOf({ amount_off: 500, currency: 'usd', duration: 'forever', currency_options: { eur: { amount_off: 450 } } });
  const changed = await stripe.coupons.update(coupon, {
    currency_options: { jpy: { amount_off: 70_000 } },
    expand: ['currency_options'],
  });
  expect(changed.currency_options).toEqual({ usd: { amount_off: 500 }, eur: { amount_off: 450 }, jpy: { amount_off: 70_000 } });
  const wrong: [Promise<unknown>, string][] = [
    [stripe.coupons.update(coupon, { currency_options: { eur: { amount_off: 400 } } }), 'currency_options[eur][amount_off]'],
    [stripe.coupons.update(coupon, { currency_options: { usd: { amount_off: 400 } } }), 'currency_options[usd]'],
    [stripe.coupons.create({ percent_off: 5, currency_options: { eur: { amount_off: 5 } } }), 'currency_options'],
    [stripe.coupons.create({ percent_off: 5, redeem_by: Math.floor(Date.now() / 1000) + 6 * 366 * 86_400 }), 'redeem_by'],
  ];
  for (const [call, param] of wrong) await expect(call).rejects.toMatchObject({ statusCode: 400, param });
  const total = async (currency: string, unit_amount: number) => {
    const price = await stripe.prices.create({ currency, unit_amount, recurring: { interval: 'month' }, product_data: { name: 'Pro' } });
    const params = { customer: await someone(), items: [{ price: price.id }], discounts: [{ coupon }], expand: ['latest_invoice'] };
    return ((await stripe.subscriptions.create(params)).latest_invoice as Stripe.Invoice).total;
  };
  expect([await total('eur', 1000), await total('jpy', 1000)]).toEqual([550, 0]);
  await expect(total('gbp', 1000)).rejects.toMatchObject({ statusCode: 400, param: 'discounts[0][coupon]' });
});

test('a fixed amount is refused where its currency could never apply, and is not redeemed', async () => {
  const coupon = await couponOf({ amount_off: 100, currency: 'eur', duration: 'forever' });
  const [customer, price] = [await someone(), await priceOf(stripe)];
  const discounts = [{ coupon }];
  const { items } = await stripe.subscriptions.create({ customer, items: [{ price }] });
  const [item] = items.data as [Stripe.SubscriptionItem];
  const places: [Promise<unknown>, string][] = [
    [stripe.subscriptions.create({ customer, items: [{ price, discounts }] }), 'items[0][discounts][0][coupon]'],
    [stripe.subscriptionItems.update(item.id, { discounts }), 'discounts[0][coupon]'],
    [stripe.invoiceItems.create({ customer, amount: 500, currency: 'usd', discounts }), 'discounts[0][coupon]'],
    [stripe.invoices.create({ customer, currency: 'usd', discounts }), 'discounts[0][coupon]'],
  ];
  for (const [call, param] of places) expect(await refusal(call)).toMatchObject({ statusCode: 400, param });
  expect((await stripe.coupons.retrieve(coupon)).times_redeemed).toBe(0);
});

test('a proration shows its discounts, and gets no others', async () => {
  const coupon = await percent(50);
  const customer = await someone();
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }], discounts: [{ coupon }] });
  await stripe.subscriptions.update(id, { items: [{ id: items.data[0]?.id ?? '', quantity: 2 }] });
  const [debit, credit] = (await stripe.invoiceItems.list({ customer })).data as [Stripe.InvoiceItem, Stripe.InvoiceItem];
  expect([debit, credit].map(({ discountable, discounts }) => [discountable, discounts?.length])).toEqual([
    [false, 1],
    [false, 0],
  ]);
  expect(await refusal(stripe.invoiceItems.update(debit.id, { discountable: true }))).toMatchObject({ param: 'discountable' });
  expect(await refusal(stripe.invoiceItems.update(debit.id, { discounts: [{ coupon: await percent(10) }] }))).toMatchObject({
    param: 'discounts',
  });
});
