/** Scenarios of requests that nobody answers in time: of customers on a page without a login, and of agents. Recorded like the others. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LifecycleInWorld } from './outage-lifecycles';
import { PERSON, Story } from './story';

const DAY = 24 * 3_600;

export const requestLifecycles: Record<string, LifecycleInWorld> = {
  /** A cancellation for an important reason, which nobody answers in time. */
  async customerRequestMissed(stripe, { url }) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const subscription = await story.subscribe();
    await stripe.rawRequest('POST', '/v1/account_settings', { contracts: { pages: true } });
    const { id: account } = (await stripe.rawRequest('GET', '/v1/account')) as unknown as { id: string };
    const { name, email } = PERSON;
    const body = new URLSearchParams({ name, email, contract: subscription.id, kind: 'extraordinary', statement: 'You have closed.' });
    await fetch(`${url}/cancel/${account}/test`, { method: 'POST', body, redirect: 'manual' });
    const asked = (await stripe.rawRequest('GET', `/v1/customer_requests?customer=${story.customer}`)) as unknown as {
      data: { id: string }[];
    };
    await story.pass(10 * DAY);
    return { 'customer-request/missed': { workflowId: `customer-request/${asked.data[0]?.id ?? ''}` } };
  },
  /** A refund that an agent may not make alone, and nobody approves in time. */
  async approvalMissed(stripe, { url, sql }) {
    await stripe.rawRequest('POST', '/v1/account_settings', { agents: { limits: [{ currency: 'usd', amount: 100 }] } });
    const { secret } = (await stripe.rawRequest('POST', '/v1/api_keys', { name: 'Agent' })) as unknown as { secret: string };
    const { id: intent } = await stripe.paymentIntents.create({
      ...{ amount: 20_000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true },
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    const headers = {
      Authorization: `Bearer ${secret}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
    };
    const params = { name: 'create_refund', arguments: { payment_intent: intent, idempotency_key: 'a-refund-1' } };
    await fetch(`${url}/mcp`, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }) });
    const open = (await stripe.rawRequest('GET', '/v1/tasks?type=approval&status=open')) as unknown as { data: { id: string }[] };
    const task = open.data[0]?.id ?? '';
    // The deadline is at least an hour ahead in real time: it is moved into the past, and the sweep finds it.
    const past = Math.floor(Date.now() / 1000) - 90;
    await sql`update tasks set answer_by = ${past} where id = ${task}`;
    await sql`update workflows set next_due = ${past}, moved_at = now() - interval '5 minutes' where id = ${`approval/${task}`}`;
    const isOpen = async (): Promise<boolean> =>
      ((await stripe.rawRequest('GET', `/v1/tasks/${task}`)) as { status?: string }).status === 'open';
    while (await isOpen()) await sleep(500);
    return { 'approval/missed': { workflowId: `approval/${task}` } };
  },
};
