/**
 * The connection breaks in the middle of each change that a customer can make: it is made once, or not at all. The list of changes is that of the
 * pages' own routes, so that a new one must be added here.
 */
import type { Router } from 'express';
import type Stripe from 'stripe';
import { setTimeout as sleep } from 'node:timers/promises';
import { contractPages } from '../../server/contract/pages';
import { invoicePages } from '../../server/invoice-page/pages';
import { licenseMachines } from '../../server/licenses/machines';
import { PORTAL_ACTIONS } from '../../server/portal/actions';
import { loginPages } from '../../server/portal/login-pages';
import { booksBalanceAfterEach } from '../ledger/books';
import { priceOf } from '../support/builders';
import { sendAndLose, sendForm } from '../support/cut';
import { changingPlans, hiddenOf, memberOf, portalFeatures, portalPlans, PortalVisitor, type Member } from '../support/portal';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);
const visitor = new PortalVisitor(product);

/** A form as a browser sends it, and the events of its change. */
interface Change {
  page: string;
  entries: Record<string, string>;
  events: string[];
  /** What programs are answered; browsers are led on. */
  status?: number;
  /** What no event tells. */
  makes?: () => Promise<void>;
}

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;
type Flow = Stripe.BillingPortal.SessionCreateParams.FlowData;
type Allowed = NonNullable<NonNullable<Features['customer_update']>['allowed_updates']>;

interface Visited extends Member {
  session: Stripe.BillingPortal.Session;
}

async function visitorOf(member: Member, features: Features, flow?: Flow): Promise<Visited> {
  const { id: configuration } = await stripe.billingPortal.configurations.create({ features });
  const flow_data = flow === undefined ? {} : { flow_data: flow };
  return { ...member, session: await stripe.billingPortal.sessions.create({ customer: member.customer, configuration, ...flow_data }) };
}

async function visited(features: Features = portalFeatures(), amount = 2000): Promise<Visited> {
  return visitorOf(await memberOf(stripe, await priceOf(stripe, amount)), features);
}

/** A form of the portal, as the page has it. */
async function formOf(
  { session }: Pick<Visited, 'session'>,
  [view, action]: [view: string, action: string],
  events: string[],
  entries: Record<string, string> = {},
): Promise<Change> {
  return { page: visitor.pageOf(session, view), entries: await visitor.fill(session, view, action, entries), events };
}

const UPDATED = 'customer.subscription.updated';
const CHANGED_AND_PAID = [
  ...['charge.succeeded', 'customer.subscription.pending_update_applied', UPDATED, UPDATED, 'invoice.created', 'invoice.finalized'],
  ...['invoice.paid', 'invoice.payment_succeeded', 'invoice_payment.paid', 'payment_intent.created', 'payment_intent.succeeded'],
];
const PAID = [...['charge.succeeded', 'invoice.paid', 'invoice.payment_succeeded', 'invoice_payment.paid', 'payment_intent.succeeded']];
const ADDED = ['customer.updated', 'payment_method.attached', 'setup_intent.created', 'setup_intent.succeeded'];
const CANCELED = [UPDATED, 'customer_request.created', 'customer_request.done'];
const WITHDRAWN = [
  ...['charge.refund.updated', 'charge.refunded', 'customer.subscription.deleted', 'customer_request.created', 'customer_request.done'],
  ...['refund.created', 'refund.updated'],
];
const details = portalFeatures({
  customer_update: { enabled: true, allowed_updates: ['address', 'email', 'name', 'phone', 'shipping', 'tax_id'] as Allowed },
});
const card = (number: string) => ({ number, expiry: '12/34', cvc: '123', name: 'Ada', agree: 'yes' });
const ADDRESS = { country: 'DE', line1: 'Weg 1', city: 'Berlin', postal_code: '10115', state: '' };

/** A yearly member who may take the monthly plan at the end of its year. */
async function planning(): Promise<Visited & { view: string }> {
  const plans = await portalPlans(stripe);
  const member = await memberOf(stripe, plans.large);
  const change = changingPlans(plans).subscription_update;
  const conditions = [{ type: 'shortening_interval' as const }];
  const features = portalFeatures({ subscription_update: { enabled: true, ...change, schedule_at_period_end: { conditions } } });
  const view = `confirm?subscription=${member.subscription.id}&price=${plans.small}&quantity=1`;
  return { ...(await visitorOf(member, features)), view };
}

async function pausing(): Promise<Visited & { view: string }> {
  const features: Features & { subscription_pause: { enabled: boolean } } = { ...portalFeatures(), subscription_pause: { enabled: true } };
  const visit = await visited(features);
  return { ...visit, view: `pause?subscription=${visit.subscription.id}` };
}

async function withSecondCard(): Promise<Visited & { other: string }> {
  const visit = await visited();
  return { ...visit, other: (await stripe.paymentMethods.attach('pm_card_mastercard', { customer: visit.customer })).id };
}

/** A license, and what machines send. */
async function licensed(): Promise<Visited & { license: { id: string; key: string } }> {
  const { id } = await stripe.products.create({ name: 'Editor' });
  await product.post('/v1/license_policies', { product: id, activation_limit: 2 });
  const member = await memberOf(stripe, await priceOf(stripe, 500, { product: id, product_data: undefined as never }));
  const { data } = (await product.get(`/v1/licenses?customer=${member.customer}`)) as { data: { id: string; key: string }[] };
  return { ...(await visitorOf(member, portalFeatures())), license: data[0] as { id: string; key: string } };
}
const machine = ({ license }: { license: { key: string } }) => ({ key: license.key, fingerprint: 'machine-1' });
const licensesAt = (path: string): string => `${product.url}/licenses/${path}`;
async function machinesOf({ license }: { license: { id: string } }, count: number): Promise<void> {
  expect((await product.get(`/v1/licenses/${license.id}/activations`))['data']).toHaveLength(count);
}
const activate = (entries: Record<string, string>) => sendForm(licensesAt('activate'), entries);

/** By the action of its form. */
const ON_PORTAL: Record<string, () => Promise<Change>> = {
  cancel: async () => {
    const visit = await visited();
    return formOf(visit, [`cancel?subscription=${visit.subscription.id}`, 'cancel'], [UPDATED]);
  },
  keep: async () => {
    const visit = await visited();
    await stripe.subscriptions.update(visit.subscription.id, { cancel_at_period_end: true });
    return formOf(visit, ['home', 'keep'], [UPDATED]);
  },
  stay: async () => {
    const member = await memberOf(stripe, await priceOf(stripe, 2000));
    const { id: coupon } = await stripe.coupons.create({ percent_off: 25, duration: 'forever' });
    const retention = { type: 'coupon_offer' as const, coupon_offer: { coupon } };
    const flow: Flow = { type: 'subscription_cancel', subscription_cancel: { subscription: member.subscription.id, retention } };
    return formOf(
      await visitorOf(member, portalFeatures(), flow),
      ['', 'stay'],
      ['billing_portal.retention_offer.accepted', 'customer.discount.created', UPDATED],
    );
  },
  pause: async () => {
    const visit = await pausing();
    return formOf(visit, [visit.view, 'pause'], [UPDATED], { duration: '0' });
  },
  resume: async () => {
    const visit = await pausing();
    await visitor.submit(visit.session, visit.view, 'pause', { duration: '0' });
    return formOf(visit, ['home', 'resume'], [UPDATED]);
  },
  change: async () => {
    const plans = await portalPlans(stripe);
    const visit = await visitorOf(await memberOf(stripe, plans.small), changingPlans(plans));
    const view = `confirm?subscription=${visit.subscription.id}&price=${plans.large}&quantity=2`;
    return formOf(visit, [view, 'change'], CHANGED_AND_PAID);
  },
  unplan: async () => {
    const visit = await planning();
    await visitor.submit(visit.session, visit.view, 'change');
    return formOf(visit, ['home', 'unplan'], [UPDATED, 'subscription_schedule.released']);
  },
  // The first one, which pays from now on.
  add_card: async () => {
    const { id: customer } = await stripe.customers.create({ name: 'Ada' });
    const session = await stripe.billingPortal.sessions.create({ customer });
    return formOf({ session }, ['card', 'add_card'], ADDED, card('4242424242424242'));
  },
  default_card: async () => {
    const visit = await withSecondCard();
    return formOf(visit, ['home', 'default_card'], ['customer.updated'], { card: visit.other });
  },
  remove_card: async () => {
    const visit = await withSecondCard();
    return formOf(visit, ['home', 'remove_card'], ['payment_method.detached'], { card: visit.other });
  },
  details: async () =>
    formOf(await visited(details), ['details', 'details'], ['customer.updated'], { name: 'Ada L', email: 'al@example.com' }),
  address: async () => formOf(await visited(details), ['details', 'address'], ['customer.updated'], ADDRESS),
  shipping: async () => {
    const entries = Object.fromEntries(Object.entries({ ...ADDRESS, name: 'Ada' }).map(([name, text]) => [`shipping_${name}`, text]));
    return formOf(await visited(details), ['details', 'shipping'], ['customer.updated'], entries);
  },
  add_tax_id: async () => {
    const visit = await visited(details);
    await stripe.customers.update(visit.customer, { address: ADDRESS });
    return formOf(visit, ['details', 'add_tax_id'], ['customer.tax_id.created'], { tax_id: '136695976' });
  },
  remove_tax_id: async () => {
    const visit = await visited(details);
    await stripe.customers.update(visit.customer, { address: ADDRESS });
    await stripe.customers.createTaxId(visit.customer, { type: 'eu_vat', value: 'DE136695976' });
    return formOf(visit, ['details', 'remove_tax_id'], ['customer.tax_id.deleted']);
  },
  deactivate: async () => {
    const visit = await licensed();
    await activate(machine(visit));
    await activate({ ...machine(visit), fingerprint: 'machine-2' });
    return { ...(await formOf(visit, ['access', 'deactivate'], [])), makes: () => machinesOf(visit, 1) };
  },
  ask: async () => formOf(await visited(), ['support', 'ask'], ['support_ticket.created'], { subject: 'Why', message: 'So much?' }),
  write: async () => {
    const visit = await visited();
    await visitor.submit(visit.session, 'support', 'ask', { subject: 'Why', message: 'So much?' });
    return formOf(visit, ['support', 'write'], ['support_ticket.message_received'], { message: 'Still?' });
  },
  delete_me: async () => formOf(await visited(), ['privacy', 'delete_me'], ['customer_request.created']),
  accept_quote: async () => {
    const visit = await visited();
    const { id } = await stripe.quotes.create({ customer: visit.customer, line_items: [{ price: await priceOf(stripe, 700) }] });
    await stripe.quotes.finalizeQuote(id);
    return formOf(visit, [`quote?quote=${id}`, 'accept_quote'], ['customer.subscription.created', 'invoice.created', 'quote.accepted']);
  },
};

const doorOf = (door: string): string => `${product.url}/${door}/${product.account}/test`;

/** What a customer declares without a login. */
async function declared(): Promise<Record<string, string>> {
  const { customer, subscription } = await memberOf(stripe, await priceOf(stripe, 2000));
  const email = `${customer.toLowerCase()}@example.com`;
  await stripe.customers.update(customer, { email });
  return { name: 'Ada', email, contract: subscription.id, kind: 'ordinary' };
}

const read = async (page: string): Promise<string> => (await fetch(page)).text();

async function sentInvoice(): Promise<{ page: string }> {
  const { id: customer } = await stripe.customers.create({ name: 'Jo', email: 'jo@example.com' });
  const { id: invoice } = await stripe.invoices.create({ customer, collection_method: 'send_invoice', days_until_due: 14 });
  await stripe.invoiceItems.create({ customer, invoice, amount: 1999, currency: 'usd' });
  const { hosted_invoice_url: url } = await stripe.invoices.finalizeInvoice(invoice);
  return { page: visitor.at(String(url)) };
}

async function mailed(query: string, link: RegExp): Promise<string> {
  const list = () => product.get(`/v1/mails?${query}`) as Promise<unknown> as Promise<{ data: { id: string }[] }>;
  const { id } = await until(async () => (await list()).data[0], { what: 'a mail' });
  return visitor.at(link.exec(String((await product.get(`/v1/mails/${id}`))['text']))?.[0] ?? '');
}

/** By the address that takes the form. Null: it changes nothing, and what it mails again is the same. */
const ELSEWHERE: Record<string, Record<string, () => Promise<Change>> | null> = {
  '/cancel/:account': {
    cancels: async () => {
      const page = doorOf('cancel');
      return { page, entries: { ...hiddenOf(await read(page)), ...(await declared()) }, events: CANCELED };
    },
  },
  '/withdraw/:account': {
    withdraws: async () => {
      const page = doorOf('withdraw');
      const { text } = await sendForm(page, { ...hiddenOf(await read(page)), ...(await declared()) });
      return { page, entries: { ...hiddenOf(text), step: 'confirm' }, events: WITHDRAWN };
    },
  },
  '/cancel/link/:token': {
    'cancels by the link of a mail': async () => {
      const { contract } = await declared();
      const page = await mailed(`about=${String(contract)}`, /https?:\S+cancel\/link\/\S+/);
      return { page, entries: { ...hiddenOf(await read(page)), step: 'confirm' }, events: CANCELED };
    },
  },
  '/p/login/:secret': null,
  '/p/login/link/:secret': {
    'opens the portal': async () => {
      const { login_page: page } = await stripe.billingPortal.configurations.create({
        features: portalFeatures(),
        login_page: { enabled: true },
      });
      const { email = '' } = await declared();
      await sendForm(visitor.at(page.url ?? ''), { email });
      const entries = { opens: 'yes' };
      return {
        page: await mailed('kind=portal_login', /http\S+\/p\/login\/link\/\S+/),
        entries,
        events: ['billing_portal.session.created'],
      };
    },
  },
  '/i/:token': {
    'pays an invoice': async () => {
      const { page } = await sentInvoice();
      return { page, entries: { ...card('4242424242424242'), attempt: '0', amount: '1999' }, events: PAID };
    },
    'asks about an invoice': async () => {
      const { page } = await sentInvoice();
      const form = /<form (?:(?!<\/form>).)*value="ask".*?<\/form>/s.exec(await read(page))?.[0] ?? '';
      return { page, entries: { ...hiddenOf(form), action: 'ask', message: 'Why?' }, events: ['support_ticket.created'] };
    },
  },
  '/licenses/activate': {
    'gives a machine a place': async () => {
      const visit = await licensed();
      return { page: licensesAt('activate'), entries: machine(visit), events: [], status: 200, makes: () => machinesOf(visit, 1) };
    },
  },
  '/licenses/validate': null,
  '/licenses/deactivate': null,
};

const routersOf = (): Router[] => [contractPages, loginPages, invoicePages, licenseMachines].map((pages) => pages({} as never));
/** `…/test` is the same page in test mode. */
const placesOf = (routers: Router[]): string[] =>
  routers.flatMap(({ stack }) =>
    stack
      .filter(({ route }) => route?.stack.some(({ method }) => method === 'post'))
      .flatMap(({ route }) => route?.path ?? [])
      .filter((path) => !path.endsWith('/test')),
  );

test('each form that a customer can send is in the lists of this file', () => {
  expect(Object.keys(ON_PORTAL).sort()).toEqual([...PORTAL_ACTIONS].sort());
  expect(Object.keys(ELSEWHERE).sort()).toEqual(placesOf(routersOf()).sort());
});

const last = async (): Promise<string> =>
  String((await product.sql<{ seq: string }[]>`select coalesce(max(seq), 0) as seq from events`)[0]?.seq);
const typesAfter = async (seq: string): Promise<string[]> =>
  (await product.sql<{ type: string }[]>`select type from events where seq > ${seq} order by type`).map(({ type }) => type);

async function expectOnce({ page, entries, events, status = 303, makes }: Change): Promise<void> {
  const before = await last();
  await sendAndLose(page, entries, 'while sending');
  await sleep(50);
  expect(await typesAfter(before)).toEqual([]);
  await sendAndLose(page, entries, 'before the answer');
  const heard = await sendForm(page, entries);
  const again = await sendForm(page, entries);
  expect([heard.status, again.status]).toEqual([status, status]);
  await sleep(200);
  expect(await typesAfter(before)).toEqual([...events].sort());
  await makes?.();
}

beforeAll(() => product.post('/v1/account_settings', { contracts: { pages: true, owner: 'support' } }));

test.each(Object.keys(ON_PORTAL))(
  'the form to %s of the portal, over a connection that breaks, changes once what it changes',
  async (action) => {
    await expectOnce(await (ON_PORTAL[action] as () => Promise<Change>)());
  },
);

const OTHERS = Object.values(ELSEWHERE).flatMap((forms) => Object.entries(forms ?? {}));
test.each(OTHERS)('who %s over a connection that breaks does it once', async (_what, make) => {
  await expectOnce(await make());
});
