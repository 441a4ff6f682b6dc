/** Scenarios in which Postgres, a processor, or one of Dunlin's own steps is away or broken for a while. Recorded like the others. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import type { Sql } from '../db/connect';
import { installBrokenSteps, type BrokenSteps } from './broken-steps';
import type { Captured } from './lifecycles';
import { Story } from './story';
import type { MailSink } from './mail-sink';
import type { StripeTaxFake } from './stripe-tax';
import type { TcpProxy } from './tcp-proxy';

/** What these scenarios use besides the API. */
export interface World {
  /** The only connection from server and worker to Postgres. */
  database: TcpProxy;
  /** Bypasses it. */
  sql: Sql;
  /** The tax provider, if the account names it. */
  tax: StripeTaxFake;
  /** The mail server. */
  mail: MailSink;
  /** Where the pages are. */
  url: string;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MONTH = 31 * DAY;
const PATIENCE_MS = 90_000;
/** Longer than a local activity is tried. */
const OUTAGE_MS = 12_000;
const SECONDS_BEFORE = 6;

export type LifecycleInWorld = (stripe: Stripe, world: World) => Promise<Captured>;

export const outageLifecycles: Record<string, LifecycleInWorld> = {
  databaseDown: (stripe, world) => trialThrough(stripe, world, 'refuse'),
  databaseHangs: (stripe, world) => trialThrough(stripe, world, 'hang'),

  /** A mail that the mail server does not take at first, and takes a minute later. */
  async mailTriedAgain(stripe, { mail, sql }) {
    await stripe.rawRequest('POST', '/v1/account_settings', { mail: { delivery: 'smtp', from: 'billing@shop.example.com' } });
    const story = await Story.begin(stripe, 'pm_card_visa', { onClock: false });
    mail.answer = 'later';
    const payment = { amount: 1_900, currency: 'eur', payment_method: 'pm_card_visa', confirm: true };
    const { id } = await stripe.paymentIntents.create({ customer: story.customer, ...payment });
    await until(async () => (await sql`select 1 from mails where problem is not null`).length > 0);
    mail.answer = 'take';
    await until(async () => (await sql`select 1 from mails where status = 'sent'`).length > 0);
    await sleep(2_000);
    const [row] = await sql<{ account: string }[]>`select account from payment_intents where id = ${id}`;
    await stripe.rawRequest('POST', '/v1/account_settings', { mail: { delivery: 'mailbox' } });
    return { 'mails/tried-again-and-sent': { workflowId: `mails/${row?.account ?? ''}/test` } };
  },

  async clockThroughOutage(stripe, { database }) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const { id } = await story.subscribe();
    const clock = story.clock ?? '';
    await stripe.testHelpers.testClocks.advance(clock, { frozen_time: story.in(12 * MONTH) });
    await sleep(500);
    await outage(database, 'refuse', OUTAGE_MS);
    await until(async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status === 'ready');
    return {
      'subscription/advanced-through-a-database-outage': { workflowId: `subscription/${id}` },
      'test-clock/advanced-through-a-database-outage': { workflowId: `test-clock/${clock}` },
    };
  },

  async taxProviderDown(stripe, { tax }) {
    const setting = (provider: string) => stripe.rawRequest('POST', '/v1/account_settings', { tax: { provider } });
    await stripe.tax.settings.update({ head_office: { address: { country: 'GB' } }, defaults: { tax_behavior: 'exclusive' } });
    await setting('stripe');
    const story = await Story.begin(stripe, 'pm_card_visa');
    const { id } = await story.subscribe({ automatic_tax: { enabled: true } });
    tax.mood = 'down';
    await story.pass(28 * DAY + 3 * HOUR);
    tax.mood = 'answers';
    await story.pass(2 * HOUR);
    await setting('dunlin');
    return { 'subscription/renewed-while-the-tax-provider-was-down': { workflowId: `subscription/${id}` } };
  },

  /** A sale whose provider is away is recorded afterwards; then its note, and that the note was voided. */
  async taxRecords(stripe, { tax, sql }) {
    const setting = (provider: string) => stripe.rawRequest('POST', '/v1/account_settings', { tax: { provider } });
    await stripe.tax.settings.update({ head_office: { address: { country: 'GB' } }, defaults: { tax_behavior: 'exclusive' } });
    await setting('stripe');
    const story = await Story.begin(stripe, 'pm_card_visa', { onClock: false });
    const automatic = { automatic_tax: { enabled: true }, auto_advance: false };
    const draft = await stripe.invoices.create({ customer: story.customer, currency: 'eur', ...automatic });
    await stripe.invoiceItems.create({ customer: story.customer, invoice: draft.id, amount: 1000, currency: 'eur' });
    const isPostponed = async () =>
      (await sql`select from tax_records where invoice = ${draft.id} and next_try_at > ${Math.floor(Date.now() / 1000)}`).length === 1;
    await stripe.invoices.finalizeInvoice(draft.id);
    tax.mood = 'locked';
    await until(isPostponed);
    const note = await stripe.creditNotes.create({ invoice: draft.id, amount: 500 });
    await stripe.creditNotes.voidCreditNote(note.id);
    tax.mood = 'answers';
    await sql`update tax_records set next_try_at = 0 where status = 'pending'`;
    await until(async () => (await sql`select from tax_records where invoice = ${draft.id} and status = 'recorded'`).length === 3);
    await sleep(1_000);
    await setting('dunlin');
    const [record] = await sql<{ account: string }[]>`select account from tax_records where invoice = ${draft.id}`;
    return { 'tax-records/postponed-and-recorded': { workflowId: `tax-records/${record?.account ?? ''}/test/stripe` } };
  },

  async endpointThroughOutage(stripe, { database }) {
    const endpoint = await stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/', enabled_events: ['product.created'] });
    await stripe.products.create({ name: 'Before' });
    await sleep(500);
    await outage(database, 'refuse', OUTAGE_MS);
    await afterwards(() => stripe.webhookEndpoints.del(endpoint.id));
    // Its activity is retried after a pause that has grown meanwhile.
    await sleep(15_000);
    return { 'webhook-endpoint/through-a-database-outage': { workflowId: `webhook-endpoint/${endpoint.id}` } };
  },

  async held(stripe, { sql }) {
    const { story, id, steps } = await heldAtRenewal(stripe, sql);
    await steps.mend();
    await release(stripe, id);
    await until(async () => (await heldOf(stripe, id)) === null);
    await story.pass(MONTH);
    return { 'subscription/held-and-released': { workflowId: `subscription/${id}` } };
  },

  async heldAndCanceled(stripe, { sql }) {
    const { id, steps } = await heldAtRenewal(stripe, sql);
    await release(stripe, id);
    await until(async () => ((await heldOf(stripe, id))?.times_failed ?? 0) > 1);
    await steps.mend();
    await stripe.subscriptions.cancel(id);
    await sleep(1_000);
    return { 'subscription/held-and-canceled': { workflowId: `subscription/${id}` } };
  },

  /** A charge and three queries about it get no answer. */
  async processorAway(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa', { onClock: false });
    await stripe.rawRequest('POST', '/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 7 });
    const intent = await story.pay();
    await until(async () => (await stripe.paymentIntents.retrieve(intent.id)).status === 'succeeded');
    return { 'payment/unknown-through-a-processor-outage': { workflowId: `payment/${intent.id}` } };
  },

  async renewalWithProcessorAway(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const { id } = await story.subscribe();
    await stripe.rawRequest('POST', '/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 5 });
    await story.pass(MONTH + DAY);
    return { 'subscription/charged-through-a-processor-outage': { workflowId: `subscription/${id}` } };
  },

  /** A run ends after fifty commits, while changes are on their way. */
  async manyChanges(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa', { onClock: false });
    const { id } = await story.subscribe();
    const numbers = Array.from({ length: 64 }, (_, number) => String(number));
    const change = async (): Promise<void> => {
      for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
        await stripe.subscriptions.update(id, { metadata: { number } });
      }
    };
    await Promise.all([change(), change(), change(), change()]);
    const workflowId = `subscription/${id}`;
    return {
      'subscription/continued-as-new-with-changes': { workflowId, run: 'first' },
      'subscription/after-continuing-as-new-with-changes': { workflowId, run: 'last' },
    };
  },
};

/** A trial ends while Postgres is away; the steps at its end are done when Postgres is back. */
async function trialThrough(stripe: Stripe, { database }: World, mode: 'refuse' | 'hang'): Promise<Captured> {
  const story = await Story.begin(stripe, 'pm_card_visa', { onClock: false });
  const { id } = await story.subscribe({ trial_end: Math.floor(Date.now() / 1000) + SECONDS_BEFORE });
  await sleep((SECONDS_BEFORE - 2) * 1_000);
  await outage(database, mode, OUTAGE_MS);
  await until(async () => (await stripe.subscriptions.retrieve(id)).status === 'active');
  const name = mode === 'hang' ? 'renewed-while-the-database-hung' : 'renewed-while-the-database-was-down';
  return { [`subscription/${name}`]: { workflowId: `subscription/${id}` } };
}

async function heldAtRenewal(stripe: Stripe, sql: Sql): Promise<{ story: Story; id: string; steps: BrokenSteps }> {
  const story = await Story.begin(stripe, 'pm_card_visa');
  const { id } = await story.subscribe();
  const steps = await installBrokenSteps(sql);
  await steps.break([`subscription/${id}`], 'renewSubscription');
  await story.pass(MONTH);
  return { story, id, steps };
}

interface Held {
  id: string;
  subject: string;
  times_failed: number;
}

async function heldOf(stripe: Stripe, subject: string): Promise<Held | null> {
  const { data } = (await stripe.rawRequest('GET', '/v1/held?limit=100')) as unknown as { data: Held[] };
  return data.find((each) => each.subject === subject) ?? null;
}

async function release(stripe: Stripe, subscription: string): Promise<void> {
  const held = await heldOf(stripe, subscription);
  await stripe.rawRequest('POST', `/v1/held/${held?.id ?? ''}/release`, {});
}

async function outage(database: TcpProxy, mode: 'refuse' | 'hang', milliseconds: number): Promise<void> {
  database[mode]();
  await sleep(milliseconds);
  database.pass();
}

/** Shortly after an outage a call may still get a broken connection. */
async function afterwards(call: () => Promise<unknown>): Promise<void> {
  await until(() =>
    call().then(
      () => true,
      () => false,
    ),
  );
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('it did not come to that in time');
    await sleep(200);
  }
}
