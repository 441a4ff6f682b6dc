/** Scenarios of customers who ask for something on a page without a login. Recorded like the others. */
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
};
