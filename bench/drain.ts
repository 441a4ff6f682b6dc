/** An outage: charges wait while their processor is paused, and are sent at the asked rate once it is resumed. */
import type { Api } from './api';
import type { MeasuredStack } from './stack';
import { sideBySide } from './workload';

export interface Drain {
  charges: number;
  /** Charges per second that were asked for. */
  asked: number;
  /** Of those that were sent, from the first answer to the last. */
  perSecond: number;
  /** From the resume until every charge was answered. */
  seconds: number;
  /** Charges that were answered after one that had waited less, by more than a second. */
  overtaken: number;
}

const RATES = [10, 50];
const AT_ONCE = 8;
const PATIENCE_MS = 600_000;

export async function measureDrain(api: Api, stack: MeasuredStack, charges: number): Promise<Drain[]> {
  const results: Drain[] = [];
  for (const asked of RATES) results.push(await drainOnce(api, stack, { asked, charges }));
  return results;
}

async function drainOnce(api: Api, { sql }: MeasuredStack, { asked, charges }: { asked: number; charges: number }): Promise<Drain> {
  await api.post('/v1/processors/sandbox/pause', { reason: 'the outage of the benchmark' });
  const intents = await sideBySide(charges, AT_ONCE, () => pay(api));
  const begun = performance.now();
  await api.post('/v1/processors/sandbox/resume', { charges_per_second: String(asked) });
  await untilPaid(sql, intents);
  const seconds = (performance.now() - begun) / 1000;
  // The sandbox remembers when it was asked, to the microsecond; the books have whole seconds.
  const answered = await sql<{ at: number; due: number }[]>`
    select extract(epoch from o.created)::float8 as at, t.created::float8 as due
    from sandbox_operations o join payment_attempts t on t.id = o.key where t.intent = any(${intents}) order by o.created`;
  if (answered.length !== charges) throw new Error(`${String(charges)} charges waited, and ${String(answered.length)} were sent`);
  const times = answered.map(({ at }) => at);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const overtaken = answered.filter(({ due }, index) => answered.slice(0, index).some((earlier) => earlier.due > due + 1)).length;
  return { charges, asked, perSecond: (charges - 1) / Math.max(span, 0.001), seconds, overtaken };
}

async function pay(api: Api): Promise<string> {
  const { id: customer } = await api.post('/v1/customers', { email: 'bench@example.com' });
  const { id: card } = await api.post('/v1/payment_methods/pm_card_visa/attach', { customer });
  const payment = { amount: '2000', currency: 'usd', customer, payment_method: card, confirm: 'true', off_session: 'true' };
  return (await api.post('/v1/payment_intents', payment)).id;
}

async function untilPaid(sql: MeasuredStack['sql'], intents: readonly string[]): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const [row] = await sql<{ paid: number }[]>`
      select count(*)::int as paid from payment_intents where id = any(${[...intents]}) and status = 'succeeded'`;
    if (row?.paid === intents.length) return;
  }
  throw new Error('not every charge that waited was paid');
}
