import { commit } from '../../db/commit';
import { loadTicketFacts } from '../../db/support';
import { addMessage } from '../../domain/support/tickets';
import { snapshot } from '../../objects';
import { customerWith, eventsOf, refusal, typesOf } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { hiddenOf, PortalVisitor } from '../support/portal';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
const visitor = new PortalVisitor(product);

interface Ticket extends Record<string, unknown> {
  id: string;
}
const HOSTILE = '<script>alert("x")</script> & "why" was I charged?\nSecond line';
const SHOWN = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &quot;why&quot; was I charged?';

const open = async (parameters: Record<string, unknown>): Promise<Ticket> =>
  (await product.post('/v1/support_tickets', { subject: 'Hello', message: 'How do I start?', ...parameters })) as Ticket;
const ticketOf = (id: string) => product.get(`/v1/support_tickets/${id}`);
const messagesOf = async (id: string) =>
  ((await product.get(`/v1/support_tickets/${id}/messages`)) as { data: Record<string, unknown>[] }).data.reverse();

test('a question is answered by its route’s deadline, which the customer is told', async () => {
  const { customer } = await customerWith(stripe, null);
  const ticket = await open({ customer, subject: 'My invoice', message: 'The tax on the invoice is wrong', name: 'Ada' });
  expect(ticket).toMatchObject({ object: 'support_ticket', route: 'billing', status: 'open', source: 'api', owner: null, missed_at: null });
  expect(Number(ticket['answer_by']) - Number(ticket['created'])).toBe(24 * HOUR);
  const answer = await product.post(`/v1/support_tickets/${ticket.id}/messages`, { message: 'We have replaced it.', name: 'Grace' });
  expect(answer).toMatchObject({ object: 'support_message', author: 'seller', name: 'Grace' });
  expect(await ticketOf(ticket.id)).toMatchObject({ status: 'answered', answer_by: null, first_answered_at: expect.any(Number) as number });
  expect((await messagesOf(ticket.id)).map(({ author, message }) => [author, message])).toEqual([
    ['customer', 'The tax on the invoice is wrong'],
    ['seller', 'We have replaced it.'],
  ]);
  await product.post(`/v1/support_tickets/${ticket.id}/close`);
  await product.post(`/v1/support_tickets/${ticket.id}/messages`, { author: 'customer', message: 'It is wrong again' });
  expect(await ticketOf(ticket.id)).toMatchObject({ status: 'open', closed_at: null, answer_by: expect.any(Number) as number });
  const ofTicket = (await eventsOf(stripe)).filter(({ data }) => (data.object as { id?: string }).id === ticket.id);
  expect(typesOf(ofTicket)).toEqual(['created', 'answered', 'closed', 'message_received'].map((each) => `support_ticket.${each}`));
});

test('an answer is mailed with its words in the customer’s language, and an answer to that mail goes on with the ticket', async () => {
  const { customer } = await customerWith(stripe, null, { email: 'Ada@Answers.example.com', preferred_locales: ['de'] });
  const ticket = await open({ customer, subject: 'My invoice' });
  await product.post(`/v1/support_tickets/${ticket.id}/messages`, { message: 'Yes:\nit is.\n\nReally <so>.', name: 'Grace' });
  await product.post(`/v1/support_tickets/${ticket.id}/messages`, { message: 'Thanks', author: 'customer' });
  const mailed = async () => ((await product.get(`/v1/mails?about=${ticket.id}`)) as unknown as { data: Ticket[] }).data;
  const [{ id }] = (await mailed()) as [Ticket];
  const words = (await product.get(`/v1/mails/${id}`)) as { text: string; html: string; subject: string };
  expect(words).toMatchObject({
    ...{ kind: 'support_answer', customer, recipient: 'Ada@Answers.example.com', locale: 'de' },
    subject: `Re: My invoice [${ticket.id}]`,
  });
  expect(words.text).toContain('Tests hat Ihre Frage beantwortet:\n\nYes:\nit is.\n\nReally <so>.\n\nGrace');
  expect(words.html).toContain('Yes:<br/>it is.');
  expect(words.html).toContain('Really &lt;so&gt;.');
  const answer = mail({ From: 'ada@answers.example.com', Subject: `AW: ${words.subject}`, 'Message-ID': '<again@x>' }, 'And now?');
  await product.post('/v1/support_tickets/inbound', { mail: answer });
  await product.post(`/v1/support_tickets/${ticket.id}/messages`, { message: 'Now too.' });
  expect((await messagesOf(ticket.id)).map(({ message }) => message).slice(-2)).toEqual(['And now?', 'Now too.']);
  expect(await mailed()).toHaveLength(2);
});

test('a question that nobody answers in time is passed on, once, and the report counts it', async () => {
  const routes = { product: { answer_within_hours: 10, owner: 'grace', escalate_to: 'margaret' } };
  await product.post('/v1/account_settings', { support: { routes } });
  const clock = await startClock(stripe, '2030-01-01');
  const { customer } = await customerWith(stripe, null, { test_clock: clock.id });
  const [late, early] = [await open({ customer }), await open({ customer })];
  expect(late).toMatchObject({ route: 'product', owner: 'grace' });
  await clock.by(2 * HOUR);
  await product.post(`/v1/support_tickets/${early.id}/messages`, { message: 'Like this.' });
  await clock.by(7 * HOUR);
  expect(await ticketOf(late.id)).toMatchObject({ missed_at: null, owner: 'grace' });
  await clock.by(2 * HOUR);
  const due = Date.parse('2030-01-01T10:00:00Z') / 1000;
  expect(await ticketOf(late.id)).toMatchObject({ missed_at: due, owner: 'margaret', status: 'open' });
  expect(await ticketOf(early.id)).toMatchObject({ missed_at: null, owner: 'grace', status: 'answered' });
  await clock.by(2 * HOUR);
  await product.post(`/v1/support_tickets/${late.id}/messages`, { message: 'Sorry.' });
  const missed = await eventsOf(stripe, { type: 'support_ticket.answer_missed' });
  expect(missed.map(({ data }) => (data.object as { id?: string }).id)).toEqual([late.id]);
  const day = Date.parse('2030-01-01') / 1000;
  const report = await product.get(`/v1/support_report?from=${String(day)}&to=${String(day + 86_400)}`);
  expect(report).toMatchObject({ tickets: 2, met: 1, missed: 1, waiting: 0, median_first_answer_seconds: 7.5 * HOUR });
  expect(report['routes']).toMatchObject([{ route: 'product', met: 1, missed: 1 }]);
  const none = await product.get(`/v1/support_report?from=0&to=1`);
  expect(none).toMatchObject({ tickets: 0, median_first_answer_seconds: null, routes: [] });
});

test('a message after the answer is due in its own transaction, so that its deadline holds even if the wake is lost', async () => {
  const { customer } = await customerWith(stripe, null);
  const { id } = await open({ customer });
  await product.post(`/v1/support_tickets/${id}/messages`, { message: 'Like this.' });
  const rowOf = async () => (await product.sql`select ended_at, next_due from workflows where id = ${`support/${id}`}`)[0];
  await until(async () => typeof (await rowOf())?.['endedAt'] === 'number', { what: 'the end of the wait' });
  const scope = { account: product.account, livemode: false };
  const now = Math.floor(Date.now() / 1000);
  const { wakes } = await commit(
    product.sql,
    {
      ...{ secret: 'test', scope, now, customer, workflow: `api/${id}`, commitKey: `message/${id}`, step: 'addSupportMessage' },
      render: (of, key, rows) => snapshot(of, key, rows),
    },
    async (tx) => ({
      facts: await loadTicketFacts(tx, scope, id),
      request: null,
      plan: (changes) => {
        addMessage(changes, id, { author: 'customer', message: 'And now?' });
      },
    }),
  );
  expect(wakes).toMatchObject([{ kind: 'support', subject: id }]);
  expect(await rowOf()).toEqual({ endedAt: null, nextDue: now });
});

test('a ticket is moved to another route and another person, and found by them', async () => {
  const { customer } = await customerWith(stripe, null);
  const { id, answer_by: answerBy } = await open({ customer, owner: 'ada' });
  const moved = await product.post(`/v1/support_tickets/${id}`, { route: 'licence', owner: 'lin', metadata: { priority: 'high' } });
  expect(moved).toMatchObject({ route: 'licence', owner: 'lin', answer_by: answerBy, metadata: { priority: 'high' } });
  const { data } = (await product.get(`/v1/support_tickets?owner=lin&status=open&route=licence`)) as { data: Ticket[] };
  expect(data.map((each) => each.id)).toEqual([id]);
  expect((await refusal(open({}))).param).toBe('customer');
  expect((await refusal(open({ customer: 'cus_none' }))).param).toBe('customer');
  const other = await stripe.invoices.create({ customer });
  const { customer: stranger } = await customerWith(stripe, null);
  expect(await refusal(open({ customer: stranger, invoice: other.id }))).toMatchObject({ param: 'invoice', statusCode: 400 });
});

const mail = (headers: Record<string, string>, body: string): string =>
  `${Object.entries({ From: 'Ada <ADA@mail.example>', 'Content-Type': 'text/plain; charset=utf-8', ...headers })
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n${body}`;
const receive = async (raw: string) => (await product.post('/v1/support_tickets/inbound', { mail: raw })) as Ticket;

test('a mail opens a ticket of its customer, once; an answer goes on with it, and a stranger’s does not', async () => {
  const { customer } = await customerWith(stripe, null, { email: 'ada@mail.example' });
  const first = mail({ 'Message-ID': '<1@mail.example>', Subject: 'My licence key' }, HOSTILE);
  const ticket = await receive(first);
  expect(ticket).toMatchObject({ customer, email: 'ADA@mail.example', route: 'licence', source: 'mail', subject: 'My licence key' });
  const again = await Promise.all([receive(first), receive(first)]);
  expect(again.map(({ id }) => id)).toEqual([ticket.id, ticket.id]);
  const answer = { 'Message-ID': '<2@mail.example>', 'In-Reply-To': '<1@mail.example>', Subject: 'Re: My licence key' };
  expect((await receive(mail(answer, 'And?'))).id).toBe(ticket.id);
  expect((await receive(mail({ 'Message-ID': '<3@mail.example>', Subject: `Re: x [${ticket.id}]` }, 'And now?'))).id).toBe(ticket.id);
  expect((await messagesOf(ticket.id)).map(({ message }) => message)).toEqual([HOSTILE, 'And?', 'And now?']);
  const stranger = await receive(mail({ ...answer, 'Message-ID': '<4@mail.example>', From: 'eve@mail.example' }, 'Me too'));
  expect([stranger.id === ticket.id, stranger['customer']]).toEqual([false, null]);
  expect(await refusal(receive(mail({ 'Auto-Submitted': 'auto-replied' }, 'I am away')))).toMatchObject({ param: 'mail', statusCode: 400 });
});

test('a customer asks on the portal, is told when it is answered, and reads the answer; what was written is text', async () => {
  await product.post('/v1/account_settings', {
    support: { routes: { product: { answer_within_hours: 72 } } },
    responsibilities: { merchant_of_record: 'Acme Reseller <b>Ltd</b>', tasks: { sale: 'merchant_of_record', tax: 'merchant_of_record' } },
  });
  const clock = await startClock(stripe, '2030-03-01');
  const { customer } = await customerWith(stripe, null, { test_clock: clock.id, preferred_locales: ['de'] });
  const session = await stripe.billingPortal.sessions.create({ customer });
  const entries = { route: 'billing', subject: '<b>Charge</b>', message: HOSTILE };
  const page = (await visitor.look(session, 'support')).html;
  expect(page).toContain('Acme Reseller &lt;b&gt;Ltd&lt;/b&gt;');
  const told = page.slice(page.indexOf('Antwortzeit (höchstens)'));
  expect(told).toMatch(/<li>Rechnungen und Zahlungen: 24 Stunden<\/li>.*<li>Das Produkt: 3 Tage<\/li>/);
  const form = { ...hiddenOf(page), action: 'ask', ...entries };
  const sent = await Promise.all([visitor.send(session, 'support', form), visitor.send(session, 'support', form)]);
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);
  const { data } = (await product.get(`/v1/support_tickets?customer=${customer}`)) as { data: Ticket[] };
  expect(data).toMatchObject([{ route: 'billing', source: 'portal', subject: '<b>Charge</b>' }]);
  const asked = (await visitor.look(session, 'support')).html;
  expect(asked).toContain('Sie erhalten bis 2. März 2030 eine Antwort.');
  expect([asked.includes(SHOWN), asked.includes('<script>alert')]).toEqual([true, false]);
  await product.post(`/v1/support_tickets/${String(data[0]?.id)}/messages`, { message: 'Because <i>you</i> asked.', name: 'Grace' });
  const answered = (await visitor.look(session, 'support')).html;
  expect(answered).toContain('Beantwortet');
  expect(answered).toContain('Because &lt;i&gt;you&lt;/i&gt; asked.');
  const { customer: stranger } = await customerWith(stripe, null);
  const theirs = await stripe.billingPortal.sessions.create({ customer: stranger });
  const foreign = { ...form, action: 'write', ticket: String(data[0]?.id), message: 'Let me in' };
  expect((await visitor.send(theirs, 'support', foreign)).status).toBe(402);
  expect(await messagesOf(String(data[0]?.id))).toHaveLength(2);
});

test('a customer asks on an invoice’s page without a key, and the ticket names the invoice', async () => {
  const { customer } = await customerWith(stripe, null);
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' });
  const draft = await stripe.invoices.create({
    customer,
    collection_method: 'send_invoice',
    days_until_due: 10,
    pending_invoice_items_behavior: 'include',
  });
  const invoice = await stripe.invoices.finalizeInvoice(draft.id);
  const page = `${product.url}${new URL(String(invoice.hosted_invoice_url)).pathname}`;
  const html = await (await fetch(page)).text();
  const [, submission = ''] = /name="submission" value="([^"]+)"/.exec(html) ?? [];
  const [, help = ''] = /href="(\/help[^"]*)"/.exec(html) ?? [];
  const send = () =>
    fetch(page, { method: 'POST', body: new URLSearchParams({ action: 'ask', submission, message: HOSTILE }), redirect: 'manual' });
  expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([303, 303]);
  const { data } = (await product.get(`/v1/support_tickets?customer=${customer}`)) as { data: Ticket[] };
  expect(data).toMatchObject([{ invoice: invoice.id, route: 'billing', source: 'invoice_page', subject: invoice.number }]);
  expect(await (await fetch(page)).text()).toContain(SHOWN);
  expect((await stripe.invoices.retrieve(invoice.id)).status).toBe('open');
  const helpPage = await (await fetch(`${product.url}${help.replaceAll('&amp;', '&')}&q=refund`)).text();
  expect(helpPage).toContain('How do I get a refund?');
  expect(helpPage).toContain('Who is responsible for what');
});
