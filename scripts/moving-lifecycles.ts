/** The lives of workflows that move a customer in from another Dunlin, which plays Stripe. */
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import type { MeasuredStack } from '../bench/stack';
import type { Captured } from './lifecycles';
import { Story } from './story';

const DAY = 86_400;

export async function moving(target: Stripe, from: MeasuredStack): Promise<Captured> {
  const { hostname: host, port } = new URL(from.url);
  const source = new Stripe(from.apiKey, { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const story = await Story.begin(source, 'pm_card_visa');
  await story.subscribe();
  const { frozen_time } = await source.testHelpers.testClocks.retrieve(story.clock ?? '');
  const clock = await target.testHelpers.testClocks.create({ frozen_time, name: 'history' });
  const run = await post(target, '/v1/imports', { source: 'stripe', source_test_clock: story.clock, test_clock: clock.id });
  await until(target, `/v1/imports/${run.id}`, 'done');
  await story.pass(32 * DAY);
  await target.testHelpers.testClocks.advance(clock.id, { frozen_time: frozen_time + 32 * DAY });
  await until(target, `/v1/test_helpers/test_clocks/${clock.id}`, 'ready');
  await post(target, '/v1/shadow_invoices/compare', {});
  const cutover = await post(target, '/v1/cutovers', { customer: story.customer, force: true });
  await until(target, `/v1/cutovers/${cutover.id}`, 'done');
  await post(target, `/v1/cutovers/${cutover.id}/return`, {});
  await until(target, `/v1/cutovers/${cutover.id}`, 'returned');
  const { id: account } = await read(target, '/v1/account');
  return {
    'import/read': { workflowId: `import/${run.id}` },
    'shadow-comparison/compared': { workflowId: `shadow-comparison/${account}/test` },
    'cutover/here': { workflowId: `cutover/${cutover.id}/here` },
    'cutover/back': { workflowId: `cutover/${cutover.id}/back` },
  };
}

interface Shown {
  id: string;
  status: string;
}

async function post(stripe: Stripe, path: string, parameters: Record<string, unknown>): Promise<Shown> {
  return JSON.parse(JSON.stringify(await stripe.rawRequest('POST', path, parameters))) as Shown;
}

async function read(stripe: Stripe, path: string): Promise<Shown> {
  return JSON.parse(JSON.stringify(await stripe.rawRequest('GET', path))) as Shown;
}

async function until(stripe: Stripe, path: string, status: string): Promise<void> {
  const deadline = Date.now() + 90_000;
  while ((await read(stripe, path)).status !== status) {
    if (Date.now() > deadline) throw new Error(`${path} is not ${status}`);
    await sleep(250);
  }
}
