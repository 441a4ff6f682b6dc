/** People and workflows around an outage: what is due in it, what is asked in it, and what must have come of both afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DEADLINES } from '../../domain/core/deadlines';
import { contradictions } from './books';
import { insist, until, type ChaosStack } from './stack';
import { customerWith, finalizeAt, nowSeconds, once, renewalOf, subscribe, untilPaid, type Subscribed } from './world';

const VISA = 'pm_card_visa';
const FAILING = 'pm_card_chargeCustomerFail';
/** A machine that is busy with everything at once answers later than its deadlines say. */
const SLACK_MS = 3_000;

/** Subscriptions for which something is due in the outage. */
export interface Due {
  /** A month that is over, which is billed. */
  renewing: Subscribed[];
  /** A trial that is over. */
  trying: Subscribed[];
  /** A draft that becomes final and is charged. */
  paying: (Subscribed & { invoice: string })[];
  /** The same with a card that is declined: a recovery begins. */
  failing: (Subscribed & { invoice: string })[];
  /** For whom nothing is due. */
  bystander: Subscribed;
}

/** @param at when all of it is due; the drafts are of a month that is over now */
export async function prepare(stack: ChaosStack, price: string, of: { each: number; at: number }): Promise<Due> {
  const times = Array.from({ length: of.each });
  const soon = nowSeconds() + 15;
  const drafts = (card: string) =>
    Promise.all(
      times.map(async () => {
        const one = await subscribe(stack, { card, price, dueAt: soon });
        const { id: invoice } = await renewalOf(stack, one, 120_000);
        await finalizeAt(stack, invoice, of.at);
        return { ...one, invoice };
      }),
    );
  const [paying, failing] = await Promise.all([drafts(VISA), drafts(FAILING)]);
  const bystander = await subscribe(stack, { card: VISA, price, dueAt: of.at + 86_400 });
  const renewing = await Promise.all(times.map(() => subscribe(stack, { card: VISA, price, dueAt: of.at })));
  const trying = await Promise.all(times.map(() => trial(stack, price, of.at)));
  if (nowSeconds() > of.at) throw new Error('it was due before it was prepared');
  return { renewing, trying, paying, failing, bystander };
}

async function trial(stack: ChaosStack, price: string, trialEnd: number): Promise<Subscribed> {
  const customer = await customerWith(stack, VISA);
  const key = once();
  const { id } = await insist(() => stack.stripe.subscriptions.create({ customer, items: [{ price }], trial_end: trialEnd }, key));
  return { customer, subscription: id };
}

/** Everything that was due is done, once each. */
export async function expectAllDone(stack: ChaosStack, due: Due): Promise<void> {
  const { stripe, sql } = stack;
  for (const { subscription } of [...due.renewing, ...due.trying]) {
    const reasons = await until(
      async () => {
        const { data } = await stripe.invoices.list({ subscription });
        const cycles = data.filter(({ billing_reason: reason }) => reason === 'subscription_cycle');
        return cycles.length > 0 && (await stripe.subscriptions.retrieve(subscription)).status === 'active' ? cycles : null;
      },
      { what: `what was due of ${subscription}`, timeoutMs: 150_000, everyMs: 300 },
    );
    expect(reasons).toHaveLength(1);
  }
  for (const { invoice } of due.paying) expect((await untilPaid(stack, invoice, 150_000)).attempt_count).toBe(1);
  for (const { invoice, subscription } of due.failing) {
    await until(async () => (await stripe.subscriptions.retrieve(subscription)).status === 'past_due', {
      what: `the recovery of ${invoice}`,
      timeoutMs: 150_000,
      everyMs: 300,
    });
    expect(await sql`select attempt, status from charges where customer = (select customer from invoices where id = ${invoice})`).toEqual([
      { attempt: 1, status: 'failed' },
    ]);
    expect(await sql`select status from dunnings where invoice = ${invoice}`).toEqual([{ status: 'running' }]);
  }
}

/** No workflow died or stumbled, nothing is held, and the books do not contradict themselves. */
export async function expectSound(stack: ChaosStack): Promise<void> {
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
  expect(await insist(() => stack.sql`select workflow, step, reason, error from held`)).toEqual([]);
  expect(await stumbles(stack)).toEqual([]);
}

/** Workflows that failed, and workflow tasks that did for another reason than a worker that was killed. */
async function stumbles({ temporal }: ChaosStack): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId, runId, status } of temporal.workflow.list()) {
    if (['FAILED', 'TIMED_OUT', 'CANCELLED'].includes(status.name)) found.push(`${workflowId} is ${status.name}`);
    const { events } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const { workflowTaskFailedEventAttributes: failed } of events ?? []) {
      const message = failed?.failure?.message;
      if (message !== undefined && message !== null && !/unhandled command|UnhandledCommand|reset sticky/i.test(message))
        found.push(`${workflowId}: ${message}`);
    }
  }
  return found;
}

interface Asked {
  what: 'health' | 'read' | 'write' | 'change';
  status: number;
  ms: number;
}

/** Asks on while something is away. */
export class Onlookers {
  readonly params: Asked[] = [];
  /** Idempotency-Keys of customers to make, and of changes to make to the subscription. */
  private readonly keys = { write: [] as string[], change: [] as string[] };
  private readonly startedAt = Date.now();
  private over = false;
  private readonly asking: Promise<void>;

  /** @param subscription what is read and changed all the time; nothing of it is due */
  constructor(
    private readonly stack: ChaosStack,
    private readonly subscription: string,
  ) {
    this.asking = Promise.all([
      this.every(1_000, () => this.ask('health', '/healthz')),
      this.every(2_000, () => this.ask('read', `/v1/subscriptions/${subscription}`)),
      this.every(5_000, () => this.write('write')),
      this.every(5_000, () => this.write('change')),
    ]).then(() => undefined);
  }

  async leave(): Promise<void> {
    this.over = true;
    await this.asking;
  }

  /** Everybody got an answer in time, and none is a mistake of ours. */
  expectAnswered(): void {
    const [reading, writing] = [DEADLINES.reading + SLACK_MS, DEADLINES.writing + SLACK_MS];
    const limits = { health: SLACK_MS, read: reading, write: writing, change: writing };
    expect(this.params.filter(({ what, ms }) => ms > limits[what])).toEqual([]);
    expect(this.params.filter(({ status }) => ![200, 503, 429, 409].includes(status))).toEqual([]);
    expect(this.params.filter(({ what, status }) => what === 'health' && status !== 200)).toEqual([]);
  }

  /** A repeated request is done once. */
  async expectOnce(): Promise<void> {
    const { sql } = this.stack;
    for (const key of this.keys.write) await insist(() => this.call('write', key));
    for (const key of this.keys.change) await insist(() => this.call('change', key));
    const made = await sql`select name from customers where name in ${sql(this.keys.write)}`;
    expect(made).toHaveLength(this.keys.write.length);
    const changes = await sql`
      select r.idempotency_key from commits c join requests r on r.id = c.commit_key
      where c.workflow = ${`subscription/${this.subscription}`} and r.idempotency_key in ${sql(this.keys.change)}`;
    expect(changes).toHaveLength(this.keys.change.length);
  }

  private call(what: 'write' | 'change', key: string): Promise<unknown> {
    const { customers, subscriptions } = this.stack.stripe;
    const options = { idempotencyKey: key };
    if (what === 'write') return customers.create({ name: key }, options);
    return subscriptions.update(this.subscription, { metadata: { last: key } }, options);
  }

  private async write(what: 'write' | 'change'): Promise<void> {
    const key = `${what} ${String(this.keys[what].length)} of ${String(this.startedAt)}`;
    this.keys[what].push(key);
    const startedAt = performance.now();
    const status = await this.call(what, key).then(
      () => 200,
      (error: unknown) => (error as { statusCode?: number }).statusCode ?? 0,
    );
    this.params.push({ what, status, ms: performance.now() - startedAt });
  }

  private async ask(what: Asked['what'], path: string): Promise<void> {
    const startedAt = performance.now();
    const headers = { authorization: `Bearer ${this.stack.apiKey}` };
    const status = await fetch(`${this.stack.url}${path}`, { headers }).then(
      (response) => response.status,
      () => 0,
    );
    this.params.push({ what, status, ms: performance.now() - startedAt });
  }

  private async every(milliseconds: number, ask: () => Promise<void>): Promise<void> {
    const asking: Promise<void>[] = [];
    while (!this.over) {
      asking.push(ask());
      await sleep(milliseconds);
    }
    await Promise.all(asking);
  }
}

/** What the callers saw, in one line for readers of a run. */
export function summarize({ params }: Onlookers): string {
  const of = (what: Asked['what']): string => {
    const own = params.filter((each) => each.what === what);
    const slowest = Math.max(0, ...own.map(({ ms }) => ms));
    return `${what} ${String(own.length)}, ${String(own.filter(({ status }) => status !== 200).length)} of them 503, slowest ${(slowest / 1000).toFixed(1)} s`;
  };
  return `${of('health')}; ${of('read')}; ${of('write')}; ${of('change')}`;
}

export interface Outage {
  /** For the one who reads a run. */
  name: string;
  seconds: number;
  begin: () => Promise<void> | void;
  end: () => Promise<void> | void;
}

const READY_SECONDS = 40;
const KILLS_AFTER = 2;

/**
 * Has everything due four seconds into an outage, kills the worker in the middle of it and again after its end, and looks at what
 * became of everybody.
 */
export async function liveThrough(stack: ChaosStack, price: string, outage: Outage, each = 4): Promise<void> {
  const at = nowSeconds() + READY_SECONDS + each * 8;
  const due = await prepare(stack, price, { each, at });
  await sleep(Math.max(0, at * 1000 - Date.now() - 4_000));
  await outage.begin();
  const onlookers = new Onlookers(stack, due.bystander.subscription);
  await sleep(outage.seconds * 500);
  stack.kill('worker');
  await sleep(outage.seconds * 500);
  await outage.end();
  const endedAt = Date.now();
  for (let kills = 0; kills < KILLS_AFTER; kills += 1) {
    await sleep(2_000);
    await stack.running('worker');
    stack.kill('worker');
  }
  await expectAllDone(stack, due);
  const afterSeconds = (Date.now() - endedAt) / 1000;
  await onlookers.leave();
  process.stderr.write(
    `${outage.name} for ${String(outage.seconds)} s: ${summarize(onlookers)}; all done after ${afterSeconds.toFixed(0)} s\n`,
  );
  onlookers.expectAnswered();
  await onlookers.expectOnce();
  await expectSound(stack);
}
