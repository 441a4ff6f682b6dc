/** Mails to customers: what is written when, read in the mailbox, and sent through a real mail server. */
import { request } from 'node:http';
import Stripe from 'stripe';
import { commit, type Committed } from '../../db/commit';
import { beginMail } from '../../db/mails';
import { insertLink, insertUser } from '../../db/users';
import { writeMail } from '../../domain/mail/write';
import { MAIL_KINDS, type MailKind } from '../../domain/rows/mail';
import { Rows } from '../../domain/rows/rows';
import { snapshot } from '../../objects';
import { MAIL_SAMPLES } from '../../web/mail/samples';
import { booksBalanceAfterEach } from '../ledger/books';
import { documentAt } from '../server/documents/document-at';
import { customerWith, priceOf } from '../support/builders';
import { iso, startClock } from '../support/clock';
import { createMailActivities } from '../../activities/mails';
import { smtpServer } from '../../gateways/smtp';
import { startMailSink, type MailSink } from '../../scripts/mail-sink';
import { ConsoleBrowser, consoleUser } from '../support/console';
import { PortalVisitor } from '../support/portal';
import { startProduct, type Product } from '../support/product';
import { until } from '../support/system';

let sink: MailSink;
let product: Product;
let stripe: Stripe;
beforeAll(async () => {
  sink = await startMailSink();
  product = await startProduct({ smtpUrl: sink.url, sweepEveryMs: 400 });
  ({ stripe } = product);
}, 120_000);
afterAll(async () => {
  await product.stop();
  await sink.close();
});
beforeEach(async () => {
  sink.mails.length = 0;
  sink.answer = 'take';
  sink.onTaken = () => Promise.resolve();
  await settings({ delivery: 'mailbox', from: '', reply_to: '', footer: '', off: '' });
});
booksBalanceAfterEach({
  get sql() {
    return product.sql;
  },
});

interface WireMail {
  id: string;
  kind: MailKind;
  created: number;
  status: string;
  problem: string | null;
  recipient: string;
  about: string;
  test_clock: string | null;
  tries: number;
}
type Words = WireMail & { subject: string; text: string; html: string; locale: string };

const settings = (mail: Record<string, unknown>) => product.post('/v1/account_settings', { mail });
const sending = (change: Record<string, unknown> = {}) => settings({ delivery: 'smtp', from: 'billing@shop.example.com', ...change });
const refusal = (call: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
  call.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => error as Stripe.errors.StripeError,
  );

/** A customer's mails, oldest first. */
async function mailbox(customer: string, filter = ''): Promise<WireMail[]> {
  const { data } = (await product.get(`/v1/mails?customer=${customer}&limit=100${filter}`)) as unknown as { data: WireMail[] };
  return data.reverse();
}
const read = async ({ id }: Pick<WireMail, 'id'>): Promise<Words> => (await product.get(`/v1/mails/${id}`)) as unknown as Words;
const told = async (customer: string): Promise<string[]> =>
  (await mailbox(customer)).map(({ kind, created }) => `${iso(created)?.slice(0, 10) ?? ''} ${kind}`);

let customers = 0;
async function customerAt(
  change: Partial<Stripe.CustomerCreateParams> = {},
  card = 'pm_card_visa',
): Promise<{ customer: string; email: string }> {
  customers += 1;
  const email = `ada${String(customers)}@example.com`;
  const { customer } = await customerWith(stripe, card, { email, ...change });
  return { customer, email };
}

describe('in the mailbox', () => {
  test('a year of a monthly subscription: its trial, each payment, a decline, a change, the end', async () => {
    const clock = await startClock(stripe, '2026-01-01');
    const { customer } = await customerAt({ test_clock: clock.id, preferred_locales: ['de-AT', 'en'] });
    const monthly = await priceOf(stripe, 1500);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: monthly }], trial_period_days: 14 });
    await clock.to('2026-02-20');
    const pay = async (card: string): Promise<void> => {
      const method = await stripe.paymentMethods.attach(card, { customer });
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    };
    await pay('pm_card_chargeCustomerFail');
    await clock.to('2026-03-16T12:00:00Z');
    await pay('pm_card_visa');
    await clock.to('2026-03-20');
    const [item] = (await stripe.subscriptions.retrieve(id)).items.data;
    await stripe.subscriptions.update(id, {
      items: [{ id: item?.id ?? '', price: await priceOf(stripe, 3000) }],
      proration_behavior: 'none',
    });
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await clock.to('2026-12-31');
    expect(await told(customer)).toEqual([
      '2026-01-01 subscription_started',
      '2026-01-08 trial_ending',
      '2026-01-15 receipt',
      '2026-02-15 receipt',
      '2026-03-15 payment_failed',
      '2026-03-16 payment_failed',
      '2026-03-16 receipt',
      '2026-03-20 plan_changed',
      '2026-03-20 cancellation_scheduled',
      '2026-04-15 subscription_canceled',
    ]);
    const mails = await mailbox(customer, `&test_clock=${clock.id}`);
    expect(new Set(mails.map(({ status }) => status))).toEqual(new Set(['kept']));
    const [started, trial, receipt, , declined] = await Promise.all(mails.map(read));
    expect(started?.text).toMatch(/Ihr kostenloser Test von .+ endet am 15\. Jänner 2026\./);
    expect(trial).toMatchObject({ locale: 'de', about: id });
    expect(trial?.text).toContain('endet am 15. Jänner 2026. Dann werden');
    expect(trial?.text).toContain('15,00');
    expect(receipt?.text).toMatch(/\/i\/in_/);
    expect(declined?.text).toContain('Ihre Bank hat sie abgelehnt');
    expect(declined?.text).toContain('am 16. März 2026 erneut versucht');
    expect(sink.mails).toEqual([]);
  });

  test('a yearly renewal is announced 30 days before with its exact amount, once, and a monthly one is not', async () => {
    const clock = await startClock(stripe, '2026-01-01');
    const { customer } = await customerAt({ test_clock: clock.id });
    const yearly = await priceOf(stripe, 12_000, { recurring: { interval: 'year' } });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: yearly }] });
    await stripe.invoiceItems.create({ customer, subscription: id, amount: 500, currency: 'usd' });
    await clock.to('2027-01-05');
    expect(await told(customer)).toEqual([
      '2026-01-01 receipt',
      '2026-01-01 subscription_started',
      '2026-12-02 renewal',
      '2027-01-01 receipt',
    ]);
    const renewal = (await mailbox(customer)).find(({ kind }) => kind === 'renewal');
    expect((await read(renewal as WireMail)).text).toContain('renews on January 1, 2027. You will be charged $125.00 then.');
  });

  test('the card that pays is announced a month before it expires, once; another card is not, and a new date is watched again', async () => {
    const clock = await startClock(stripe, '2027-01-01');
    const { customer } = await customerAt({ test_clock: clock.id });
    const card = { number: '4242424242424242', exp_month: 4, exp_year: 2027 };
    const attached = async (): Promise<string> => {
      const { id } = await stripe.paymentMethods.create({ type: 'card', card });
      await stripe.paymentMethods.attach(id, { customer });
      return id;
    };
    const [method] = [await attached(), await attached()];
    const price = await priceOf(stripe, 900, { recurring: { interval: 'month' } });
    await stripe.subscriptions.create({ customer, items: [{ price }], default_payment_method: method });
    const warnings = async () => (await mailbox(customer, '&kind=card_expiring')).map(({ created, about }) => [iso(created), about]);
    await clock.to('2027-04-10');
    expect(await warnings()).toEqual([['2027-04-01', method]]);
    const { data: told } = await stripe.events.list({ type: 'dunlin.payment_method.expiring' });
    expect(told.map(({ data }) => (data.object as { id: string }).id)).toEqual([method]);
    const [warning] = await mailbox(customer, '&kind=card_expiring');
    expect((await read(warning as WireMail)).text).toContain('Visa ending in 4242 expires at the end of April 2027');
    await stripe.paymentMethods.update(method, { card: { exp_month: 6, exp_year: 2027 } });
    await clock.to('2027-06-30');
    expect(await warnings()).toEqual([
      ['2027-04-01', method],
      ['2027-06-01', method],
    ]);
  });

  test('an invoice that is sent, its refund, and a kind that is switched off', async () => {
    const { customer } = await customerAt();
    await settings({ off: ['refund'] });
    await stripe.invoiceItems.create({ customer, amount: 4500, currency: 'usd' });
    const draft = await stripe.invoices.create({
      customer,
      collection_method: 'send_invoice',
      days_until_due: 30,
      pending_invoice_items_behavior: 'include',
    });
    await stripe.invoices.finalizeInvoice(draft.id, { auto_advance: true });
    await stripe.invoices.pay(draft.id);
    const intent = await stripe.paymentIntents.create({
      customer,
      amount: 700,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    const refund = () => stripe.refunds.create({ payment_intent: intent.id, amount: 100 });
    await refund();
    await settings({ off: '' });
    const { id } = await refund();
    const mails = await mailbox(customer);
    expect(mails.map(({ kind }) => kind)).toEqual(['invoice', 'receipt', 'receipt', 'refund']);
    expect(mails[3]?.about).toBe(id);
    expect((await read(mails[0] as WireMail)).subject).toMatch(/^Invoice [\w-]+ from Tests$/);
  });

  test('net terms: who has not paid is reminded before the due date and at it, with what is left and a link; who has paid, or has nothing to pay, is not', async () => {
    await product.post('/v1/account_settings', { invoices: { days_before_due: 3 } });
    const clock = await startClock(stripe, '2026-04-01');
    const sent = async (preferred_locales: string[] = []): Promise<{ customer: string; id: string }> => {
      const { customer } = await customerAt({ test_clock: clock.id, preferred_locales });
      await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' });
      const terms = { collection_method: 'send_invoice', days_until_due: 10, pending_invoice_items_behavior: 'include' } as const;
      const { id } = await stripe.invoices.create({ customer, auto_advance: true, ...terms });
      await stripe.invoices.finalizeInvoice(id);
      return { customer, id };
    };
    const [late, paid, voided, lost] = [await sent(['de']), await sent(), await sent(), await sent()];
    await stripe.creditNotes.create({ invoice: late.id, amount: 200, email_type: 'none' });
    await clock.to('2026-04-09');
    await stripe.invoices.pay(paid.id);
    await stripe.invoices.voidInvoice(voided.id);
    await stripe.invoices.markUncollectible(lost.id);
    await clock.to('2026-05-01');
    const reminded = ['2026-04-01 invoice', '2026-04-08 invoice_due'];
    expect(await told(late.customer)).toEqual([...reminded, '2026-04-11 invoice_overdue']);
    expect(await told(paid.customer)).toEqual([...reminded, '2026-04-09 receipt']);
    for (const { customer } of [voided, lost]) expect(await told(customer)).toEqual(reminded);
    const [, due, overdue] = await Promise.all((await mailbox(late.customer)).map(read));
    const { hosted_invoice_url: url, number } = await stripe.invoices.retrieve(late.id);
    expect([due?.about, overdue?.about]).toEqual([late.id, late.id]);
    expect(due?.subject).toBe(`Rechnung ${String(number)} ist am 11. April 2026 fällig`);
    expect(due?.text).toContain('bis zum 11. April 2026 8,00\u00a0$ an Tests zu zahlen');
    expect(overdue?.text).toContain('war am 11. April 2026 fällig, und davon sind noch 8,00\u00a0$ offen');
    for (const mail of [due, overdue]) expect(mail?.text).toContain(String(url));
    await product.post('/v1/account_settings', { invoices: { days_before_due: '' } });
  });

  test('a credit note is mailed with its reason, where the money goes and its document, unless its caller wants none; a preview is not', async () => {
    const { customer } = await customerAt();
    await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' });
    const { id: invoice } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' });
    const { number } = await stripe.invoices.finalizeInvoice(invoice);
    await stripe.creditNotes.preview({ invoice, amount: 100 });
    const open = await stripe.creditNotes.create({ invoice, amount: 100 });
    await stripe.invoices.pay(invoice);
    await stripe.creditNotes.create({ invoice, amount: 50, credit_amount: 50, email_type: 'none' });
    const ways = { refund_amount: 200, credit_amount: 70, out_of_band_amount: 30 };
    const after = await stripe.creditNotes.create({ invoice, amount: 300, ...ways, reason: 'duplicate', email_type: 'credit_note' });
    const mails = await mailbox(customer, '&kind=credit_note');
    expect(mails.map(({ about }) => about)).toEqual([open.id, after.id]);
    const [first, second] = await Promise.all(mails.map(read));
    expect(first?.text).toContain(`Tests has issued a credit note of $1.00 for invoice ${String(number)}.`);
    expect(first?.text).toContain('Taken off the amount due: $1.00');
    expect(first?.text).not.toMatch(/Reason|Refunded|balance/);
    expect(first?.text).toContain(open.pdf);
    expect(second?.subject).toBe(`Credit note ${after.number} from Tests`);
    const said = [
      'Reason: Charged twice',
      'Refunded: $2.00',
      'Credited to your balance: $0.70',
      'Refunded by other means: $0.30',
      after.pdf,
    ];
    for (const each of said) expect(second?.text).toContain(each);
    expect(second?.text).not.toContain('Taken off');
    expect(await documentAt(product, after.pdf)).toMatchObject({ status: 200, type: 'application/pdf' });
  });

  test('a customer without an address gets no mail, and a preview writes none', async () => {
    const { customer } = await customerWith(stripe, 'pm_card_visa');
    await stripe.customers.update(customer, { email: '' });
    await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
    await stripe.invoices.createPreview({ customer, subscription_details: { items: [{ price: await priceOf(stripe) }] } });
    expect(await mailbox(customer)).toEqual([]);
  });
});

describe('through a mail server', () => {
  const paid = async (of: { customer: string }): Promise<WireMail> => {
    await stripe.paymentIntents.create({ ...of, amount: 1900, currency: 'usd', payment_method: 'pm_card_visa', confirm: true });
    const mail = (await mailbox(of.customer)).at(-1);
    if (!mail) throw new Error('there is no mail');
    return mail;
  };
  const became = (mail: WireMail, status: string): Promise<Words> =>
    until(
      async () => {
        const now = await read(mail);
        return now.status === status ? now : null;
      },
      { what: `a mail that is ${status}` },
    );

  test('a receipt is sent once, from the seller’s address, with its id, in text and HTML', async () => {
    await sending({ reply_to: 'help@shop.example.com', footer: 'Tests Ltd, Dublin' });
    const { customer, email } = await customerAt();
    const mail = await paid({ customer });
    const sent = await became(mail, 'sent');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(sink.mails).toHaveLength(1);
    const [{ from, to, headers, raw }] = sink.mails as [MailSink['mails'][number]];
    expect([from, to]).toEqual(['billing@shop.example.com', [email]]);
    expect(headers).toMatchObject({
      from: 'Tests <billing@shop.example.com>',
      'reply-to': 'help@shop.example.com',
      subject: 'Your payment of $19.00 to Tests',
      'message-id': `<${mail.id}@shop.example.com>`,
      'auto-submitted': 'auto-generated',
      'x-dunlin-mail': mail.id,
      'x-dunlin-kind': 'receipt',
    });
    expect(headers).not.toHaveProperty('list-unsubscribe');
    expect(raw).toContain('text/plain');
    expect(raw).toContain('text/html');
    expect(sent).toMatchObject({ tries: 1, problem: null });
    expect(sent.text).toContain('Tests Ltd, Dublin');
  });

  test('whatever a commit has loaded, each kind of mail to customers and guests is sent, or left out, as the seller has set', async () => {
    await sending({ off: ['receipt'] });
    const { customer, email } = await customerAt();
    const write = (kind: MailKind, to: string | null): Promise<Committed> =>
      commit(
        product.sql,
        {
          ...{ secret: 'test', scope: { account: product.account, livemode: false }, now: Math.floor(Date.now() / 1000), customer: to },
          ...{ workflow: `api/${kind}`, commitKey: `${kind}/${String(to)}`, step: 'writeMail' },
          render: (of, key, rows) => snapshot(of, key, rows),
        },
        () =>
          Promise.resolve({
            ...{ facts: new Rows(), request: null },
            plan: (changes) => {
              writeMail(changes, { kind, about: kind, customer: to, recipient: email, facts: MAIL_SAMPLES[kind] });
            },
          }),
      );
    for (const kind of MAIL_KINDS) {
      for (const to of [customer, null]) {
        const { hasMails } = await write(kind, to);
        expect([kind, hasMails]).toEqual([kind, kind !== 'receipt']);
      }
    }
    const wanted = MAIL_KINDS.filter((kind) => kind !== 'receipt').flatMap((kind) => [kind, kind]);
    await until(() => Promise.resolve(sink.mails.length >= wanted.length), { what: 'a mail of every kind, to a customer and to a guest' });
    expect(sink.mails.map(({ headers }) => headers['x-dunlin-kind']).sort()).toEqual(wanted);
    expect((await mailbox(customer)).map(({ kind }) => kind).sort()).toEqual(MAIL_KINDS.filter((kind) => kind !== 'receipt'));
  });

  test('where the answer of the mail server is lost, the second try is the same mail under the same id', async () => {
    await sending();
    sink.answer = 'lose';
    const { customer } = await customerAt();
    const mail = await paid({ customer });
    const waiting = await until(
      async () => {
        const now = await read(mail);
        return now.problem !== null ? now : null;
      },
      { what: 'a lost answer' },
    );
    expect(waiting).toMatchObject({ status: 'pending', tries: 1 });
    expect(sink.mails).toHaveLength(1);
    sink.answer = 'take';
    await settings({ footer: 'Changed meanwhile' });
    await product.sql`update mails set next_try_at = 0 where id = ${mail.id}`;
    expect(await became(mail, 'sent')).toMatchObject({ tries: 2 });
    expect(sink.mails.map(({ headers }) => headers['message-id'])).toEqual([
      `<${mail.id}@shop.example.com>`,
      `<${mail.id}@shop.example.com>`,
    ]);
    expect((await read(mail)).text).not.toContain('Changed meanwhile');
  });

  /** The sending itself, as another worker does it. */
  async function sendMail(mail: { id: string }): Promise<void> {
    const mailServer = smtpServer(sink.url);
    const deps = { sql: product.sql, secret: 'test', linkTo: () => 'https://shop.example.com', notifyEndpoints: () => undefined };
    await createMailActivities({ ...deps, mailServer }).sendMail(mail);
    mailServer.close();
  }

  test('while a try waits for its answer, another try of the same mail sends nothing, as when Temporal gives one up that still runs', async () => {
    await sending();
    const { customer } = await customerAt();
    const others: string[] = [];
    sink.onTaken = async ({ headers }) => {
      const id = headers['x-dunlin-mail'] ?? '';
      if (others.push(id) === 1) await sendMail({ id });
    };
    const mail = await paid({ customer });
    expect(await became(mail, 'sent')).toMatchObject({ tries: 1 });
    expect(others).toEqual([mail.id]);
    expect(sink.mails).toHaveLength(1);
  });

  test('a mail that waits when its customer is erased is not sent, also by a try that has read it before', async () => {
    await sending();
    sink.answer = 'later';
    const { customer } = await customerAt();
    const mail = await paid({ customer });
    await until(async () => (await read(mail)).problem !== null, { what: 'a first try' });
    sink.answer = 'take';
    await product.post(`/v1/customers/${customer}/erase`);
    const content = { subject: 'Read before', text: 'Read before', html: 'Read before' };
    expect(await beginMail(product.sql, mail.id, { content, seconds: 90 })).toBe(false);
    await sendMail(mail);
    expect(await read(mail)).toMatchObject({ status: 'kept', recipient: '', tries: 1, subject: '' });
    expect(sink.mails).toEqual([]);
  });

  test('who has asked to be erased is told that it is done, and no address is kept of that mail; a refusal is told, too', async () => {
    await sending();
    const ask = async (customer: string): Promise<string> => {
      const visitor = new PortalVisitor(product);
      const session = await stripe.billingPortal.sessions.create({ customer });
      await visitor.submit(session, 'privacy', 'delete_me');
      const { data } = (await product.get(`/v1/customer_requests?customer=${customer}`)) as unknown as { data: { id: string }[] };
      return data[0]?.id ?? '';
    };
    const answered = async (request: string): Promise<WireMail> => {
      const { data } = (await product.get(`/v1/mails?about=${request}`)) as unknown as { data: WireMail[] };
      return became(data[0] as WireMail, 'sent');
    };
    const [leaving, staying] = [await customerAt(), await customerAt()];
    const refused = await ask(staying.customer);
    await product.post(`/v1/customer_requests/${refused}/refuse`, { note: 'An invoice is open.' });
    expect(await answered(refused)).toMatchObject({
      recipient: staying.email,
      text: expect.stringContaining('An invoice is open.') as string,
    });
    const fulfilled = await ask(leaving.customer);
    await product.post(`/v1/customer_requests/${fulfilled}/fulfill`);
    expect(await answered(fulfilled)).toMatchObject({ kind: 'request_answered', recipient: '', customer: null });
    const farewell = sink.mails.filter(({ to }) => to.includes(leaving.email));
    expect(farewell.map(({ headers }) => headers['x-dunlin-about'])).toEqual([fulfilled]);
    const kept = await product.sql<{ text: string }[]>`
      select to_jsonb(m)::text as text from mails m where about = ${fulfilled}
      union all select to_jsonb(r)::text from customer_requests r where id = ${fulfilled}`;
    expect(kept).toHaveLength(2);
    expect(kept.map(({ text }) => text).join()).not.toContain(leaving.email);
    await product.post(`/v1/mails/${(await answered(fulfilled)).id}/bounce`);
    expect(await product.sql`select id from mail_suppressions where email = ''`).toEqual([]);
  });

  test('a mail that the server refuses has failed, with an event that says why without the address', async () => {
    await sending();
    sink.answer = 'refuse';
    const { customer, email } = await customerAt();
    const failed = await became(await paid({ customer }), 'failed');
    expect(failed.problem).toContain('550');
    expect(failed.problem).not.toContain(email);
    const { data } = await stripe.events.list({ type: 'dunlin.mail.failed' });
    expect(data[0]?.data.object).toMatchObject({ id: failed.id, status: 'failed' });
  });

  test('a server that lets nobody in is for the operator to mend: the mail waits', async () => {
    await sending();
    sink.answer = 'shut';
    const { customer } = await customerAt();
    const mail = await paid({ customer });
    const tried = await until(
      async () => {
        const now = await read(mail);
        return now.problem === null && now.status === 'pending' ? null : now;
      },
      { what: 'a first try' },
    );
    expect(tried).toMatchObject({ status: 'pending', problem: expect.stringMatching(/^5\d\d: /) as string });
    sink.answer = 'take';
    await product.sql`update mails set next_try_at = 0 where id = ${mail.id}`;
    await became(mail, 'sent');
  });

  test('after a bounce nothing more is sent to the address, until the suppression is removed', async () => {
    await sending();
    const { customer, email } = await customerAt();
    const sent = await became(await paid({ customer }), 'sent');
    expect(await product.post(`/v1/mails/${sent.id}/bounce`, { problem: '550 mailbox unknown' })).toMatchObject({ status: 'bounced' });
    expect((await became(await paid({ customer }), 'suppressed')).problem).toBe('The address is suppressed.');
    const suppressed = (await product.get(`/v1/mail_suppressions?email=${email.toUpperCase()}`)) as unknown as {
      data: { id: string; reason: string; mail: string }[];
    };
    expect(suppressed.data).toEqual([expect.objectContaining({ reason: 'bounce', mail: sent.id })]);
    expect(await product.post('/v1/mail_suppressions', { email })).toMatchObject({ id: suppressed.data[0]?.id });
    await stripe.rawRequest('DELETE', `/v1/mail_suppressions/${suppressed.data[0]?.id ?? ''}`);
    await became(await paid({ customer }), 'sent');
    expect(sink.mails).toHaveLength(2);
    const kept = await refusal(product.post(`/v1/mails/${(await mailbox(customer))[1]?.id ?? ''}/bounce`));
    expect(kept.message).toContain('Only a mail that was sent can bounce');
  });

  test('a seller who stops sending has its waiting mails in the mailbox', async () => {
    await sending();
    sink.answer = 'later';
    const { customer } = await customerAt();
    const mail = await paid({ customer });
    await until(async () => (await read(mail)).problem !== null, { what: 'a first try' });
    await settings({ delivery: 'mailbox' });
    await product.sql`update mails set next_try_at = 0 where id = ${mail.id}`;
    expect(await became(mail, 'kept')).toMatchObject({ problem: null });
    expect(sink.mails).toEqual([]);
  });

  test('sending needs a sender', async () => {
    expect(await refusal(settings({ delivery: 'smtp' }))).toMatchObject({ param: 'mail[from]', code: 'parameter_missing' });
    expect(await refusal(settings({ from: 'nobody' }))).toMatchObject({ param: 'mail[from]' });
    for (const kind of ['cancellation', 'password_reset', 'portal_login', 'withdrawal']) {
      expect(await refusal(settings({ off: [kind] }))).toMatchObject({ param: 'mail[off][0]' });
    }
  });
});

describe('previews', () => {
  test('a kind in a language, on a page and by the API', async () => {
    const page = await fetch(`${product.url}/mails/preview/trial_ending?locale=ja`);
    expect(await page.text()).toContain('無料トライアル');
    expect(await (await fetch(`${product.url}/mails/preview`)).text()).toContain('/mails/preview/receipt?locale=pt');
    expect((await fetch(`${product.url}/mails/preview/nothing`)).status).toBe(404);
    expect(await product.get('/v1/mail_previews/receipt?locale=sv')).toMatchObject({
      locale: 'sv',
      subject: expect.stringContaining('Tests') as string,
    });
    expect(await refusal(product.get('/v1/mail_previews/nothing'))).toMatchObject({ param: 'id', statusCode: 404 });
  });
});

describe('the login page of the portal', () => {
  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
  const loginUrl = async (): Promise<string> => {
    const { login_page: page } = await stripe.billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
      login_page: { enabled: true },
    });
    return page.url ?? '';
  };
  const ask = (url: string, email: string) =>
    fetch(url, { method: 'POST', headers: FORM, body: new URLSearchParams({ email }), redirect: 'manual' });
  const links = async (customer: string): Promise<string[]> => {
    const mails = await Promise.all((await mailbox(customer, '&kind=portal_login')).map(read));
    return mails.map(({ text }) => /http\S+\/p\/login\/link\/\S+/.exec(text)?.[0] ?? '');
  };
  const firstLink = (customer: string): Promise<string> => until(async () => (await links(customer))[0], { what: 'a link by mail' });

  test('a customer asks for a link, which opens the portal once; an address that nobody has gets the same answer', async () => {
    const url = await loginUrl();
    const { customer, email } = await customerAt();
    expect(await (await fetch(url)).text()).toContain('Enter the email address');
    const [known, unknown] = await Promise.all([ask(url, email.toUpperCase()), ask(url, 'nobody@example.com')]);
    expect(await known.text()).toBe(await unknown.text());
    const link = await firstLink(customer);
    expect((await fetch(link)).status).toBe(200);
    const opened = await fetch(link, { method: 'POST', redirect: 'manual' });
    const session = opened.headers.get('location') ?? '';
    expect(session).toMatch(/\/p\/session\/bps_/);
    expect((await fetch(session)).status).toBe(200);
    // A second click in a moment is the same use; who opens the used link again finds no button.
    expect((await fetch(link, { method: 'POST', redirect: 'manual' })).headers.get('location')).toBe(session);
    const used = await fetch(link);
    expect([used.status, (await used.text()).includes('<form')]).toEqual([410, false]);
    await product.sql`update portal_logins set used_at = used_at - 60 where customer = ${customer}`;
    expect((await fetch(link, { method: 'POST', redirect: 'manual' })).status).toBe(410);
    expect((await fetch(link)).status).toBe(410);
  });

  test('the link leads to the page where it was asked for, whatever host the request names', async () => {
    const url = new URL(await loginUrl());
    const { customer, email } = await customerAt();
    await new Promise((resolve, reject) => {
      const headers = { ...FORM, host: 'evil.example' };
      request(url, { method: 'POST', headers }, (response) => response.resume().once('end', resolve))
        .once('error', reject)
        .end(`email=${encodeURIComponent(email)}`);
    });
    expect(new URL(await firstLink(customer)).host).toBe(url.host);
  });

  test('a link works for fifteen minutes, and a customer gets five in an hour', async () => {
    const url = await loginUrl();
    const { customer, email } = await customerAt();
    await ask(url, email);
    const link = await firstLink(customer);
    await product.sql`update portal_logins set expires_at = expires_at - 901 where customer = ${customer}`;
    expect((await fetch(link)).status).toBe(410);
    for (let asked = 0; asked < 6; asked += 1) {
      const before = (await links(customer)).length;
      await ask(url, email);
      if (before < 5) await until(async () => (await links(customer)).length > before, { what: 'another link' });
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await links(customer)).toHaveLength(5);
  });

  test('a page that is switched off is not there, and is at the same address when it is on again', async () => {
    const { id, login_page: page } = await stripe.billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
      login_page: { enabled: true },
    });
    const off = await stripe.billingPortal.configurations.update(id, { login_page: { enabled: false } });
    expect(off.login_page).toEqual({ enabled: false, url: null });
    expect((await fetch(page.url ?? '')).status).toBe(404);
    const on = await stripe.billingPortal.configurations.update(id, { login_page: { enabled: true } });
    expect(on.login_page).toEqual(page);
    expect((await fetch(`${product.url}/p/login/link/bplog_1_secret_x`)).status).toBe(404);
  });
});

describe('a user of the console who has forgotten the password', () => {
  const entries = { password: 'a new long password', again: 'a new long password' };
  const linkIn = (text: string): string => /\/console\/setup\/\w+/.exec(text.replace(/=\r?\n/g, ''))?.[0] ?? '';
  const live = (): Stripe =>
    new Stripe(product.system.keys.live, {
      host: '127.0.0.1',
      port: Number(new URL(product.url).port),
      protocol: 'http',
      telemetry: false,
    });
  const post = (path: string, parameters: Record<string, unknown>) => live().rawRequest('POST', path, parameters);

  it('is mailed a link that works once and ends all sessions, and the API shows a mail without it', async () => {
    await post('/v1/account_settings', { mail: { delivery: 'smtp', from: 'billing@shop.example.com' } });
    const { id, email, browser } = await consoleUser(product, 'owner', 'forgetful@example.com');
    const visitor = new ConsoleBrowser(product.url);
    const asked = await visitor.send('/console/forgotten', { email: email.toUpperCase() });
    const unknown = await visitor.send('/console/forgotten', { email: 'nobody@example.com' });
    expect([asked.status, asked.html]).toEqual([200, unknown.html]);
    await until(() => Promise.resolve(sink.mails.length === 1), { what: 'the mail' });
    const link = linkIn(sink.mails[0]?.raw ?? '');
    const { data } = (await live().rawRequest('GET', '/v1/mails?kind=password_reset')) as unknown as { data: WireMail[] };
    const { text } = (await live().rawRequest('GET', `/v1/mails/${data[0]?.id ?? ''}`)) as unknown as Words;
    expect([data[0]?.recipient, linkIn(text), text.includes('/console/setup')]).toEqual([email, '', true]);
    const token = link.split('/').at(-1) ?? '';
    expect(JSON.stringify(await product.sql`select * from mails where kind = 'password_reset'`)).not.toContain(token);
    expect((await visitor.send(link, entries)).location).toBe('/console');
    expect((await browser.look('/console/me')).status).toBe(303);
    expect((await visitor.send(link, entries)).status).toBe(410);
    expect((await new ConsoleBrowser(product.url).logIn(email, entries.password)).status).toBe(303);
    const audited = await product.sql`select operation from audit_entries where actor = ${id} order by seq`;
    expect(audited.map(({ operation }) => operation as unknown)).toEqual(['set_password', 'ask_for_password', 'set_password', 'log_in']);
  });

  it('gets five links in an hour at most; only the last works, for half an hour, and none takes an owner’s link away', async () => {
    const { id, email } = await consoleUser(product, 'support', 'often@example.com');
    const owners = await insertLink(product.sql, { id, now: Math.floor(Date.now() / 1000) });
    const visitor = new ConsoleBrowser(product.url);
    const count = async () => (await product.sql`select 1 from user_links where "user" = ${id} and purpose = 'reset'`).length;
    for (let asked = 1; asked <= 7; asked += 1) {
      await visitor.send('/console/forgotten', { email });
      await until(async () => (await count()) === Math.min(asked, 5), { what: 'the link' });
    }
    expect(await product.sql`select 1 from user_links where "user" = ${id} and purpose = 'reset' and used_at is null`).toHaveLength(1);
    expect((await visitor.look(`/console/setup/${owners}`)).status).toBe(200);
    const [{ lasts } = { lasts: 0 }] = await product.sql<{ lasts: number }[]>`
      select expires_at - created as lasts from user_links where "user" = ${id} and purpose = 'reset'`;
    expect(lasts).toBe(1800);
  });

  it('and who has no password, is disabled, or asks from another site is mailed nothing', async () => {
    const { id, email } = await consoleUser(product, 'support', 'gone@example.com');
    await product.sql`update users set disabled_at = 1 where id = ${id}`;
    await insertUser(product.sql, { account: product.account, email: 'invited@example.com', name: null, role: 'support', now: 1 });
    const visitor = new ConsoleBrowser(product.url);
    for (const address of [email, 'invited@example.com']) {
      expect((await visitor.send('/console/forgotten', { email: address })).html).toContain('a link is on its way');
    }
    expect((await visitor.send('/console/forgotten', { email }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await visitor.send('/console/forgotten', { email: 'no address' })).status).toBe(400);
    expect(await product.sql`select 1 from user_links where purpose = 'reset' and "user" = ${id}`).toEqual([]);
  });
});
