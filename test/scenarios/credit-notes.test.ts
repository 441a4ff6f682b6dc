import Stripe23 from 'stripe-23';
import type Stripe from 'stripe';
import { accountsOf, booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, priceOf, refusal } from '../support/builders';
import { at, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

/** A final invoice of these amounts, not yet paid. */
async function oneOff(customer: string, amounts: number[], change: Stripe.InvoiceCreateParams = {}): Promise<Stripe.Invoice> {
  for (const amount of amounts)
    await stripe.invoiceItems.create({ customer, amount, currency: 'usd', description: `Item of ${String(amount)}` });
  const { id } = await stripe.invoices.create({ customer, auto_advance: false, pending_invoice_items_behavior: 'include', ...change });
  return stripe.invoices.finalizeInvoice(id);
}

test('a note first lowers the amount due; the paid amount goes to the balance or back to the card, never more', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: invoice, number } = await oneOff(customer, [1000]);
  const first = await stripe.creditNotes.create({ invoice, amount: 300, reason: 'order_change', memo: 'Sorry', metadata: { case: '7' } });
  expect(first).toMatchObject({
    ...{ number: `${String(number)}-CN-01`, status: 'issued', type: 'pre_payment', reason: 'order_change', memo: 'Sorry' },
    ...{ amount: 300, total: 300, subtotal: 300, pre_payment_amount: 300, post_payment_amount: 0, metadata: { case: '7' } },
    ...{ customer, invoice, customer_balance_transaction: null, refunds: [], out_of_band_amount: null },
  });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
    ...{ total: 1000, amount_due: 700, amount_remaining: 700, pre_payment_credit_notes_amount: 300, status: 'open' },
  });
  expect(await stripe.invoices.pay(invoice)).toMatchObject({ status: 'paid', amount_paid: 700 });
  const second = await stripe.creditNotes.create({ invoice, amount: 200, credit_amount: 200 });
  expect(second).toMatchObject({ number: `${String(number)}-CN-02`, type: 'post_payment', post_payment_amount: 200 });
  const { balance } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  expect(balance).toBe(-200);
  const moved = await stripe.customers.retrieveBalanceTransaction(customer, second.customer_balance_transaction as string);
  expect(moved).toMatchObject({ type: 'credit_note', amount: -200, invoice, credit_note: second.id });
  const third = await stripe.creditNotes.create({ invoice, amount: 100, refund_amount: 100, expand: ['refunds.refund'] });
  expect(third.refunds).toMatchObject([{ amount_refunded: 100, type: 'refund', refund: { status: 'succeeded', amount: 100 } }]);
  expect((await stripe.invoices.retrieve(invoice)).post_payment_credit_notes_amount).toBe(300);
  expect(await refusal(stripe.creditNotes.create({ invoice, amount: 401, credit_amount: 401 }))).toMatchObject({
    statusCode: 400,
    param: 'amount',
  });
  expect(await refusal(stripe.creditNotes.create({ invoice, amount: 400 }))).toMatchObject({ statusCode: 400, param: 'amount' });
  await stripe.creditNotes.create({ invoice, amount: 400, refund_amount: 300, out_of_band_amount: 100 });
  expect(await refusal(stripe.creditNotes.create({ invoice, amount: 1, out_of_band_amount: 1 }))).toMatchObject({ statusCode: 400 });
  expect((await stripe.creditNotes.list({ invoice })).data.map(({ number: each }) => each.slice(-2))).toEqual(['04', '03', '02', '01']);
  const { data: events } = await stripe.events.list({ types: ['credit_note.created', 'invoice.updated'] });
  expect(events.filter(({ type }) => type === 'credit_note.created')).toHaveLength(4);
  const update = events.filter(({ type }) => type === 'invoice.updated').at(-1);
  expect(update?.data.previous_attributes).toMatchObject({ amount_due: 1000, amount_remaining: 1000, pre_payment_credit_notes_amount: 0 });
});

test('tax and discounts are credited in the proportions of the invoice, and the preview matches the note', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false, country: 'DE' });
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'once' });
  const { id: invoice, lines } = await oneOff(customer, [1000, 555], { default_tax_rates: [vat.id], discounts: [{ coupon: coupon.id }] });
  // 1555 - 156 = 1399, and 19% of the lines' 900 and 499 (56 of the 156 are the second's).
  const { total, total_taxes, total_discount_amounts } = await stripe.invoices.retrieve(invoice);
  expect([total, total_taxes?.[0]?.amount, total_discount_amounts?.[0]?.amount]).toEqual([1665, 266, 156]);
  const asked = { invoice, amount: 1000, reason: 'product_unsatisfactory' } as const;
  const preview = await stripe.creditNotes.preview(asked);
  const { data: previewed } = await stripe.creditNotes.listPreviewLineItems({ ...asked, limit: 1 });
  const { data: rest, has_more } = await stripe.creditNotes.listPreviewLineItems({ ...asked, starting_after: previewed[0]?.id ?? '' });
  expect((await stripe.creditNotes.list({ invoice })).data).toEqual([]);
  const note = await stripe.creditNotes.create(asked);
  expect([note.total, note.total_taxes?.[0]?.amount, note.total_excluding_tax]).toEqual([1000, 160, 840]);
  expect(note.discount_amount).toBe(note.lines.data.reduce((sum, line) => sum + line.discount_amount, 0));
  expect(note.subtotal - note.discount_amount).toBe(840);
  expect(note.pretax_credit_amounts).toMatchObject([{ type: 'discount', amount: note.discount_amount }]);
  const { data } = await stripe.creditNotes.listLineItems(note.id);
  const shown = (each: Stripe.CreditNoteLineItem[]) => each.map(({ id, ...line }) => ({ ...line, id: typeof id }));
  expect(shown(data)).toEqual(shown([...previewed, ...rest]));
  expect(has_more).toBe(false);
  const stable = ({ id, lines: own, created, pdf, ...same }: Stripe.CreditNote) => [
    ...[typeof id, typeof created, typeof pdf],
    ...[shown(own.data), same],
  ];
  expect(stable(preview)).toEqual(stable(note));
  expect(data.map((line) => [line.invoice_line_item, line.tax_rates.map((rate) => rate.id)])).toEqual(
    lines.data.map((line) => [line.id, [vat.id]]),
  );
  const last = await stripe.creditNotes.create({ invoice, amount: 665 });
  const both = [note, last];
  expect(both.reduce((sum, each) => sum + (each.total_taxes?.[0]?.amount ?? 0), 0)).toBe(266);
  expect(both.reduce((sum, each) => sum + each.discount_amount, 0)).toBe(156);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', amount_paid: 0, amount_due: 0, amount_remaining: 0 });
  expect(await accountsOf(product.sql, { invoice })).toEqual({ revenue: -1399, credit_notes: 1399 });
});

test('lines are credited by quantity or by amount, with their taxes; custom lines have a description', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const inside = await stripe.taxRates.create({ display_name: 'VAT', percentage: 10, inclusive: true });
  const price = await stripe.prices.create({ currency: 'usd', unit_amount: 333, product_data: { name: 'Seat' } });
  await stripe.invoiceItems.create({ customer, pricing: { price: price.id }, quantity: 3 });
  const { id: invoice, lines } = await oneOff(customer, [500], { default_tax_rates: [inside.id] });
  const [seats, other] = [
    lines.data.find(({ quantity }) => quantity === 3)?.id ?? '',
    lines.data.find(({ amount }) => amount === 500)?.id ?? '',
  ];
  const note = await stripe.creditNotes.create({
    invoice,
    lines: [
      { type: 'invoice_line_item', invoice_line_item: seats, quantity: 2, description: 'Two seats less', metadata: { seat: '7' } },
      { type: 'invoice_line_item', invoice_line_item: other, amount: 100 },
    ],
  });
  expect(note).toMatchObject({ total: 766, subtotal: 766, total_excluding_tax: 696, subtotal_excluding_tax: 696 });
  expect(note.lines.data).toMatchObject([
    { amount: 666, quantity: 2, unit_amount: 333, description: 'Two seats less', metadata: { seat: '7' }, taxes: [{ amount: 61 }] },
    { amount: 100, quantity: null, unit_amount: null, description: 'Item of 500', taxes: [{ amount: 9, taxable_amount: 91 }] },
  ]);
  const ask = (line: Stripe.CreditNoteCreateParams.Line) => refusal(stripe.creditNotes.create({ invoice, lines: [line] }));
  expect(await ask({ type: 'invoice_line_item', invoice_line_item: seats, quantity: 2 })).toMatchObject({ param: 'lines[0][quantity]' });
  expect(await ask({ type: 'invoice_line_item', invoice_line_item: seats, amount: 1 })).toMatchObject({ param: 'lines[0][amount]' });
  expect(await ask({ type: 'invoice_line_item', invoice_line_item: other, amount: 401 })).toMatchObject({ param: 'lines[0]' });
  expect(await ask({ type: 'invoice_line_item', invoice_line_item: 'il_none', amount: 1 })).toMatchObject({ code: 'resource_missing' });
  expect(await ask({ type: 'invoice_line_item', invoice_line_item: other })).toMatchObject({ code: 'parameter_missing' });
  expect(await ask({ type: 'custom_line_item', unit_amount: 5 })).toMatchObject({ param: 'lines[0][description]' });
  const custom = await stripe.creditNotes.create({
    invoice,
    lines: [{ type: 'custom_line_item', description: 'Late', quantity: 2, unit_amount_decimal: '12.5' as never, tax_rates: [inside.id] }],
  });
  expect(custom.lines.data).toMatchObject([{ amount: 25, unit_amount: null, taxes: [{ amount: 2 }] }]);
  expect(String(custom.lines.data[0]?.unit_amount_decimal)).toBe('12.5');
  const own = await stripe.creditNotes.create({
    invoice,
    lines: [
      {
        type: 'invoice_line_item',
        invoice_line_item: other,
        amount: 50,
        tax_amounts: [{ amount: 1, tax_rate: inside.id, taxable_amount: 49 }],
      },
    ],
  });
  expect(own).toMatchObject({ total: 50, total_excluding_tax: 49 });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ amount_remaining: 1499 - 766 - 25 - 50 });
});

test('a voided note gives the amount back to the open invoice; after that, nothing can be voided', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  await stripe.customers.createBalanceTransaction(customer, { amount: -200, currency: 'usd' });
  const { id: invoice } = await oneOff(customer, [5000]);
  const note = await stripe.creditNotes.create({ invoice, amount: 500 });
  const intentOf = async () => {
    const { payments } = await stripe.invoices.retrieve(invoice, { expand: ['payments.data.payment.payment_intent'] });
    const [payment] = payments?.data ?? [];
    return [payment?.amount_requested, (payment?.payment.payment_intent as Stripe.PaymentIntent).amount];
  };
  expect(await intentOf()).toEqual([4300, 4300]);
  const explained = (await product.get(`/v1/invoices/${invoice}/explain`)) as { totals: { of: string; amount: number; step: string }[] };
  expect(explained.totals.slice(-3).map(({ of, amount }) => [of, amount])).toEqual([
    ['balance', -200],
    ['credit_notes', -500],
    ['amount_due', 4300],
  ]);
  expect(await stripe.creditNotes.update(note.id, { memo: 'Wrong', metadata: { by: 'Bo' } })).toMatchObject({ memo: 'Wrong' });
  expect(await stripe.creditNotes.voidCreditNote(note.id)).toMatchObject({ status: 'void', memo: 'Wrong' });
  expect((await stripe.creditNotes.retrieve(note.id)).voided_at).not.toBeNull();
  expect(await intentOf()).toEqual([4800, 4800]);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
    ...{ amount_remaining: 4800, amount_due: 4800, pre_payment_credit_notes_amount: 0 },
  });
  expect((await refusal(stripe.creditNotes.voidCreditNote(note.id))).message).toMatch(/void already/);
  const kept = await stripe.creditNotes.create({ invoice, amount: 300 });
  expect(kept.number.slice(-2)).toBe('02');
  await stripe.invoices.voidInvoice(invoice);
  expect((await refusal(stripe.creditNotes.voidCreditNote(kept.id))).message).toMatch(/open invoices/);
  expect((await refusal(stripe.creditNotes.create({ invoice, amount: 1 }))).param).toBe('invoice');
  expect(((await stripe.customers.retrieve(customer)) as Stripe.Customer).balance).toBe(-200);
  const { data } = await stripe.events.list({ types: ['credit_note.updated', 'credit_note.voided'] });
  expect(data.filter(({ data: { object } }) => (object as Stripe.CreditNote).id === note.id).map(({ type }) => type)).toEqual([
    'credit_note.voided',
    'credit_note.updated',
  ]);
});

test('a note during dunning lowers its charge; a note for all of it ends the dunning, and the subscription is active', async () => {
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 3000) }] });
  const status = async () => (await stripe.subscriptions.retrieve(id)).status;
  const fail = async (to: string) => {
    const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    await clock.to(to);
    expect(await status()).toBe('past_due');
    return (await invoicesOf(stripe, id)).at(-1)?.id ?? '';
  };
  const first = await fail('2026-05-02');
  await stripe.creditNotes.create({ invoice: first, amount: 1000 });
  const { id: card } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
  expect(await stripe.invoices.retrieve(first)).toMatchObject({ status: 'paid', amount_paid: 2000, total: 3000 });
  expect(await status()).toBe('active');
  const second = await fail('2026-06-02');
  const note = await stripe.creditNotes.create({ invoice: second, amount: 3000 });
  expect(note.type).toBe('pre_payment');
  expect(await stripe.invoices.retrieve(second)).toMatchObject({ status: 'paid', amount_paid: 0, next_payment_attempt: null });
  expect(await status()).toBe('active');
  expect((await product.sql`select status from dunnings where invoice = ${second}`)[0]).toEqual({ status: 'recovered' });
  const all = await eventsOf(stripe);
  const told = all.filter(({ request }) => request?.id === note.lastResponse.requestId).map(({ type }) => type);
  expect(told).toEqual(expect.arrayContaining(['credit_note.created', 'invoice.paid', 'invoice.updated', 'payment_intent.canceled']));
  const last = all.filter(({ type }) => type === 'customer.subscription.updated').at(-1);
  expect(last?.data.previous_attributes).toMatchObject({ status: 'past_due' });
  await clock.to('2026-07-02');
  expect(await status()).toBe('past_due');
}, 120_000);

test('a note posts earned revenue as contra revenue and removes the deferred rest; voiding it defers that again', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, null, { test_clock: clock.id });
  const price = await priceOf(stripe, 9000, { recurring: { interval: 'month', interval_count: 3 } });
  const { latest_invoice } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price }], collection_method: 'send_invoice', days_until_due: 60 },
  });
  const invoice = latest_invoice as string;
  await stripe.invoices.finalizeInvoice(invoice);
  await clock.to('2026-02-01');
  // 31 of 90 days have passed: of 4500, 1550 were earned.
  const note = await stripe.creditNotes.create({ invoice, amount: 4500 });
  const at = Date.parse('2026-02-01T00:00:00Z') / 1000;
  expect(await accountsOf(product.sql, { invoice, at })).toEqual({
    receivable: 4500,
    credit_notes: 1550,
    deferred_revenue: -2950,
    revenue: -3100,
  });
  await stripe.creditNotes.voidCreditNote(note.id);
  expect(await accountsOf(product.sql, { invoice, at })).toEqual({ receivable: 9000, deferred_revenue: -5900, revenue: -3100 });
  await stripe.creditNotes.create({ invoice, amount: 4500 });
  await clock.to('2026-04-02');
  expect(await accountsOf(product.sql, { invoice })).toMatchObject({ credit_notes: 1550, revenue: -6050 });
}, 120_000);

test('an earlier refund can be linked to one note; a separate refund is not credited again', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: invoice } = await oneOff(customer, [1000]);
  await stripe.invoices.pay(invoice);
  const [payment] = (await stripe.invoices.retrieve(invoice, { expand: ['payments'] })).payments?.data ?? [];
  const refund = await stripe.refunds.create({ payment_intent: payment?.payment.payment_intent as string, amount: 400 });
  expect((await refusal(stripe.creditNotes.create({ invoice, amount: 601, credit_amount: 601 }))).param).toBe('amount');
  const note = await stripe.creditNotes.create({ invoice, amount: 300, refunds: [{ refund: refund.id, amount_refunded: 300 }] });
  expect(note.refunds).toEqual([{ amount_refunded: 300, payment_record_refund: null, refund: refund.id, type: 'refund' }]);
  expect(
    (await refusal(stripe.creditNotes.create({ invoice, amount: 200, refunds: [{ refund: refund.id, amount_refunded: 200 }] }))).param,
  ).toBe('refunds[0][amount_refunded]');
  await stripe.creditNotes.create({ invoice, amount: 100, refunds: [{ refund: refund.id }] });
  expect((await refusal(stripe.creditNotes.create({ invoice, amount: 601, refund_amount: 601 }))).statusCode).toBe(400);
  await stripe.creditNotes.create({ invoice, amount: 600, refund_amount: 600 });
  expect(await accountsOf(product.sql, { invoice })).toMatchObject({ credit_notes: 1000, revenue: -1000 });
  await until(async () => (await accountsOf(product.sql, { invoice }))['refunds'] === undefined, {
    what: 'the processor to have the refund',
  });
});

test('a note and its refund are made once, even if the answer is lost and the request repeated', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: invoice } = await oneOff(customer, [7777]);
  await stripe.invoices.pay(invoice);
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'lose_answer', count: 4, match: '7777' });
  const ask = () =>
    stripe.creditNotes.create({ invoice, amount: 7777, refund_amount: 7777 }, { idempotencyKey: `note-${invoice}`, maxNetworkRetries: 0 });
  const [one, two] = [await ask(), await ask()];
  expect(two.id).toBe(one.id);
  expect((await stripe.creditNotes.list({ invoice })).data).toHaveLength(1);
  const refund = one.refunds[0]?.refund as string;
  await until(async () => (await stripe.refunds.retrieve(refund)).status === 'succeeded' || null);
  expect(await product.sql`select 1 from sandbox_operations where kind = 'refund' and key like ${`${refund}%`}`).toHaveLength(1);
});

test('if a worker dies before the refund is sent, the next one sends it once', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: invoice } = await oneOff(customer, [4321]);
  await stripe.invoices.pay(invoice);
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 1000 });
  const note = await stripe.creditNotes.create({ invoice, amount: 4321, refund_amount: 4321 });
  const refund = note.refunds[0]?.refund as string;
  expect((await stripe.refunds.retrieve(refund)).status).toBe('pending');
  await product.system.stopWorker();
  await stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');
  await product.system.startWorker();
  await until(async () => (await stripe.refunds.retrieve(refund)).status === 'succeeded' || null);
  expect(await product.sql`select 1 from sandbox_operations where kind = 'refund' and key like ${`${refund}%`}`).toHaveLength(1);
  expect(await accountsOf(product.sql, { invoice })).toMatchObject({ credit_notes: 4321, revenue: -4321 });
}, 120_000);

test('a note for an uncollectible invoice lowers the bad debt; credit to a deleted customer is refused, a refund is not', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: bad } = await oneOff(customer, [900]);
  await stripe.invoices.markUncollectible(bad);
  await stripe.creditNotes.create({ invoice: bad, amount: 400 });
  expect(await accountsOf(product.sql, { invoice: bad })).toMatchObject({ bad_debt: 500, credit_notes: 400 });
  await stripe.creditNotes.create({ invoice: bad, amount: 500 });
  expect((await stripe.invoices.retrieve(bad)).status).toBe('paid');
  const { id: invoice } = await oneOff(customer, [1000]);
  await stripe.invoices.pay(invoice);
  await stripe.customers.del(customer);
  expect((await refusal(stripe.creditNotes.create({ invoice, amount: 500, credit_amount: 500 }))).code).toBe('resource_missing');
  const note = await stripe.creditNotes.create({ invoice, amount: 500, refund_amount: 500, expand: ['customer', 'invoice'] });
  expect(note.customer).toMatchObject({ id: customer, deleted: true });
});

test('a note for an uncollectible invoice takes its share of what was written off before it was earned', async () => {
  const clock = await startClock(stripe, '2026-06-01');
  const { customer } = await customerWith(stripe, null, { test_clock: clock.id });
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false, country: 'DE' });
  const { latest_invoice } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: await priceOf(stripe, 3000) }], default_tax_rates: [vat.id] },
    ...{ collection_method: 'send_invoice', days_until_due: 30 },
  });
  const invoice = latest_invoice as string;
  await stripe.invoices.finalizeInvoice(invoice);
  await clock.to('2026-06-16');
  await stripe.invoices.markUncollectible(invoice);
  const accounts = () => accountsOf(product.sql, { invoice });
  const earned = { revenue: -1500, 'tax_payable:DE': -600 };
  expect(await accounts()).toEqual({ ...earned, bad_debt: 2100 });
  await clock.to('2026-06-21');
  await stripe.creditNotes.create({ invoice, amount: 1200 });
  expect(await accounts()).toEqual({ revenue: -1500, 'tax_payable:DE': -400, bad_debt: 1400, credit_notes: 500 });
  await stripe.creditNotes.create({ invoice, amount: 2400 });
  expect(await accounts()).toEqual({ revenue: -1500, credit_notes: 1500 });
});

test('a note for a partly paid, uncollectible invoice credits what is unpaid first, and then what is still deferred', async () => {
  const clock = await startClock(stripe, '2026-06-01');
  const { customer } = await customerWith(stripe, null, { test_clock: clock.id });
  const { latest_invoice } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: await priceOf(stripe, 3000) }], collection_method: 'send_invoice', days_until_due: 30 },
  });
  const invoice = latest_invoice as string;
  await stripe.invoices.finalizeInvoice(invoice);
  const { id } = await stripe.paymentIntents.create({
    ...{ customer, amount: 1000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true },
  });
  await stripe.invoices.attachPayment(invoice, { payment_intent: id });
  await clock.to('2026-06-16');
  await stripe.invoices.markUncollectible(invoice);
  await clock.to('2026-06-21');
  const now = { invoice, at: at('2026-06-21') };
  expect(await accountsOf(product.sql, now)).toMatchObject({ bad_debt: 1000, deferred_revenue: -333 });
  const note = await stripe.creditNotes.create({ invoice, amount: 3000, refund_amount: 1000 });
  expect(note).toMatchObject({ type: 'mixed', pre_payment_amount: 2000, post_payment_amount: 1000 });
  const after = await accountsOf(product.sql, now);
  expect(after).not.toHaveProperty('bad_debt');
  expect(after).not.toHaveProperty('deferred_revenue');
  expect(await accountsOf(product.sql, { invoice })).toEqual(after);
});

test('an invoice names who receives the goods until it is final; it changes no tax, and a revision names them, too', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa', { shipping: { name: 'Warehouse', address: { country: 'DE' } } });
  const address = { line1: 'Rue 1', city: 'Lyon', postal_code: '69001', country: 'FR' };
  const shipping_details = { name: 'Studio', phone: '+33 1', address };
  const { id } = await stripe.invoices.create({ customer, auto_advance: false, shipping_details });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 1000, currency: 'usd' });
  const named = { shipping_details: { name: 'Studio', phone: '+33 1', address: { ...address, line2: null, state: null } } };
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ ...named, customer_shipping: { name: 'Warehouse' } });
  expect(await stripe.invoices.update(id, { shipping_details: '' })).toMatchObject({ shipping_details: null });
  const incomplete = { address, name: '' };
  expect(await refusal(stripe.invoices.update(id, { shipping_details: incomplete }))).toMatchObject({ param: 'shipping_details[name]' });
  await stripe.invoices.update(id, { shipping_details });
  expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({ status: 'open', ...named });
  const late = stripe.invoices.update(id, { shipping_details: '' });
  expect(await refusal(late)).toMatchObject({ code: 'invoice_not_editable', param: 'shipping_details' });
  const revision = await stripe.invoices.create({ from_invoice: { action: 'revision', invoice: id } });
  expect(revision).toMatchObject({ status: 'draft', ...named });
});

test('the shipping cost of an invoice stands apart from its lines, is taxed, and is credited by its rate or in proportion', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
  const slow = await stripe.shippingRates.create({ display_name: 'Slow', fixed_amount: { amount: 300, currency: 'usd' } });
  const express = { display_name: 'Express', fixed_amount: { amount: 500, currency: 'usd' } };
  await stripe.invoiceItems.create({ customer, amount: 2000, currency: 'usd' });
  const draft = await stripe.invoices.create({
    ...{ customer, auto_advance: false, pending_invoice_items_behavior: 'include', default_tax_rates: [vat.id] },
    shipping_cost: { shipping_rate: slow.id },
  });
  expect(draft).toMatchObject({ subtotal: 2000, amount_shipping: 300, total: 2760, shipping_cost: { shipping_rate: slow.id } });
  const without = await stripe.invoices.update(draft.id, { shipping_cost: '' });
  expect(without).toMatchObject({ subtotal: 2000, amount_shipping: 0, total: 2400, shipping_cost: null });
  const shipping_cost = { shipping_rate_data: express };
  const { id: invoice } = await stripe.invoices.update(draft.id, { shipping_cost });
  const elsewhere = stripe.invoices.update(invoice, { shipping_cost: { shipping_rate: 'shr_none' } });
  expect(await refusal(elsewhere)).toMatchObject({ code: 'resource_missing', param: 'shipping_cost[shipping_rate]' });
  const euros = { shipping_rate_data: { display_name: 'Euro', fixed_amount: { amount: 400, currency: 'eur' } } };
  const foreign = stripe.invoices.update(invoice, { shipping_cost: euros });
  expect(await refusal(foreign)).toMatchObject({ statusCode: 400, param: 'shipping_cost[shipping_rate_data]' });
  await stripe.invoices.finalizeInvoice(invoice);
  expect(await refusal(stripe.invoices.update(invoice, { shipping_cost }))).toMatchObject({ code: 'invoice_not_editable' });
  const paid = await stripe.invoices.pay(invoice, { expand: ['shipping_cost.shipping_rate'] });
  expect(paid).toMatchObject({
    ...{ status: 'paid', subtotal: 2000, subtotal_excluding_tax: 2000, amount_shipping: 500, total_excluding_tax: 2500, total: 3000 },
    shipping_cost: { amount_subtotal: 500, amount_tax: 100, amount_total: 600, shipping_rate: { display_name: 'Express' } },
    lines: { data: [{ amount: 2000 }], total_count: 1 },
  });
  expect((await stripe.invoices.listLineItems(invoice)).data.map(({ amount }) => amount)).toEqual([2000]);
  const rate = (paid.shipping_cost?.shipping_rate as Stripe.ShippingRate).id;
  const part = await stripe.creditNotes.create({ invoice, amount: 300, credit_amount: 300 });
  expect(part).toMatchObject({ total: 300, subtotal: 200, shipping_cost: { amount_subtotal: 50, amount_tax: 10, amount_total: 60 } });
  expect((await stripe.creditNotes.listLineItems(part.id)).data.map(({ amount }) => amount)).toEqual([200]);
  const rest = { invoice, shipping_cost: { shipping_rate: rate } };
  expect(await stripe.creditNotes.preview({ ...rest, credit_amount: 540 })).toMatchObject({ total: 540, lines: { data: [] } });
  const note = await stripe.creditNotes.create({ ...rest, refund_amount: 540, expand: ['shipping_cost.shipping_rate'] });
  expect(note).toMatchObject({
    ...{ amount: 540, amount_shipping: 450, subtotal: 0, total_excluding_tax: 450, total_taxes: [{ amount: 90 }] },
    shipping_cost: { amount_subtotal: 450, amount_tax: 90, amount_total: 540, shipping_rate: { id: rate } },
  });
  expect(await refusal(stripe.creditNotes.create({ ...rest, credit_amount: 1 }))).toMatchObject({
    ...{ statusCode: 400, param: 'shipping_cost[shipping_rate]' },
  });
  expect(await stripe.creditNotes.create({ invoice, amount: 2160, credit_amount: 2160 })).toMatchObject({
    total: 2160,
    shipping_cost: null,
  });
});

test('an invalid note is refused at once, with its parameter', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: invoice } = await oneOff(customer, [1000]);
  const ask = (params: Omit<Stripe.CreditNoteCreateParams, 'invoice'>) => refusal(stripe.creditNotes.create({ invoice, ...params }));
  expect(await ask({})).toMatchObject({ code: 'parameter_missing', param: 'amount' });
  expect(await ask({ amount: 1, lines: [{ type: 'custom_line_item' }] })).toMatchObject({ code: 'parameters_exclusive' });
  expect(await ask({ amount: 100, credit_amount: 100 })).toMatchObject({ param: 'credit_amount' });
  expect(await ask({ amount: 100, shipping_cost: { shipping_rate: 'shr_1' } })).toMatchObject({ code: 'parameters_exclusive' });
  expect(await ask({ shipping_cost: { shipping_rate: 'shr_1' } })).toMatchObject({ param: 'shipping_cost[shipping_rate]' });
  expect(await refusal(stripe.creditNotes.preview({ invoice, amount: 1001 }))).toMatchObject({ param: 'amount' });
  expect(await refusal(stripe.creditNotes.create({ invoice: 'in_none', amount: 1 }))).toMatchObject({
    code: 'resource_missing',
    param: 'invoice',
  });
  const draft = await stripe.invoices.create({ customer, auto_advance: false });
  expect(await refusal(stripe.creditNotes.create({ invoice: draft.id, amount: 1 }))).toMatchObject({ param: 'invoice' });
  await stripe.invoices.pay(invoice, { paid_out_of_band: true });
  expect(await ask({ amount: 100, refund_amount: 100 })).toMatchObject({ param: 'refund_amount' });
  expect(await ask({ amount: 100, refunds: [{ refund: 're_none' }] })).toMatchObject({
    code: 'resource_missing',
    param: 'refunds[0][refund]',
  });
  await stripe.creditNotes.create({ invoice, amount: 100, out_of_band_amount: 100 });
  expect((await stripe.creditNotes.list({ customer })).data).toHaveLength(1);
});

test("the next major of Stripe's SDK issues, previews, lists and voids them, too", async () => {
  const { hostname, port } = new URL(product.url);
  const next = new Stripe23(product.system.keys.test, { host: hostname, port, protocol: 'http', telemetry: false });
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: invoice } = await oneOff(customer, [1000]);
  const lines = [{ type: 'custom_line_item', description: 'Late', quantity: 1, unit_amount: 250 }] as const;
  expect((await next.creditNotes.preview({ invoice, lines: [...lines] })).total).toBe(250);
  const note = await next.creditNotes.create({ invoice, lines: [...lines], reason: 'product_unsatisfactory' });
  expect((await next.creditNotes.listLineItems(note.id)).data).toMatchObject([{ amount: 250, description: 'Late', unit_amount: 250 }]);
  expect((await next.creditNotes.list({ invoice })).data.map(({ id }) => id)).toEqual([note.id]);
  expect((await next.creditNotes.voidCreditNote(note.id)).status).toBe('void');
});

test('an exempt customer pays the net of a price with tax inside, and credit notes give back exactly that', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa', { tax_exempt: 'exempt' });
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 10, inclusive: true });
  const { id: invoice, lines, ...final } = await oneOff(customer, [10_000], { default_tax_rates: [rate] });
  expect(final).toMatchObject({ subtotal: 10_000, subtotal_excluding_tax: 9091, total: 9091, total_excluding_tax: 9091, amount_due: 9091 });
  expect(await product.get(`/v1/invoices/${invoice}/explain`)).toMatchObject({ lines: [{ taxes: [{ amount: 0, waived: 909 }] }] });
  await stripe.invoices.pay(invoice);
  const byAmount = await stripe.creditNotes.create({ invoice, amount: 1000, credit_amount: 1000 });
  expect(byAmount).toMatchObject({ total: 1000, total_excluding_tax: 1000, subtotal: 1100 });
  const line = { type: 'invoice_line_item', invoice_line_item: lines.data[0]?.id ?? '', amount: 8900 } as const;
  expect(await stripe.creditNotes.preview({ invoice, lines: [line], credit_amount: 8091 })).toMatchObject({ total: 8091, subtotal: 8900 });
  await stripe.creditNotes.create({ invoice, lines: [line], credit_amount: 8091 });
  expect(await refusal(stripe.creditNotes.create({ invoice, amount: 1, credit_amount: 1 }))).toMatchObject({ statusCode: 400 });
});
