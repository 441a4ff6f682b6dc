import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { customerWith, priceOf } from '../support/builders';
import { useProduct } from '../support/product';
import type { Planned } from '../../worker/watchdog';

/** What ends a process whose planning does not return; `stuck.slow.test.ts` shows what becomes of the other subscriptions. */
const product = useProduct();

test('a process whose planning does not return holds the subscription and is killed', async () => {
  const { stripe, account, system } = product;
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }], trial_period_days: 7 });
  const entity = { kind: 'subscription' as const, subject: id, account, livemode: false, customer, testClock: null };
  const planned: Planned = { entity, step: 'renewSubscription', commitKey: 'renewSubscription/1' };
  const script = join(__dirname, '..', 'support', 'blocked-planning.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, system.database.url, JSON.stringify(planned)], { stdio: 'ignore' });
  expect(await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))).toBe('SIGKILL');
  expect(await product.get('/v1/held')).toMatchObject({ data: [{ subject: id, reason: 'stuck', retries_at: null }] });
});
