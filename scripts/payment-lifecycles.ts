/** Scenarios of payment methods and of disputed payments. Recorded like the others. */
import type Stripe from 'stripe';
import { Story } from './story';

const DAY = 24 * 3_600;
const MONTH = 31 * DAY;

type Histories = Record<string, { workflowId: string }>;

export const paymentLifecycles: Record<string, (stripe: Stripe) => Promise<Histories>> = {
  async cardExpiring(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const expiry = new Date(story.in(2 * MONTH) * 1000);
    const card = { number: '4242424242424242', exp_month: expiry.getUTCMonth() + 1, exp_year: expiry.getUTCFullYear() };
    const { id } = await stripe.paymentMethods.create({ type: 'card', card });
    await stripe.paymentMethods.attach(id, { customer: story.customer });
    await story.subscribe({ default_payment_method: id });
    await story.pass(MONTH);
    await story.pass(MONTH);
    return { 'card/expiring': { workflowId: `card/${id}` } };
  },

  /** Nobody decides in time, and the seller's default does. */
  async reviewMissed(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const { id: rule } = (await stripe.rawRequest('POST', '/v1/radar/rules', {
      rule: 'Review if :charge_currency: != "xxx"',
    })) as unknown as { id: string };
    await story.pay();
    await stripe.rawRequest('POST', `/v1/radar/rules/${rule}`, { active: false });
    const { data } = await stripe.reviews.list({ limit: 1 });
    await story.pass(10 * DAY);
    return { 'review/missed': { workflowId: `review/${data[0]?.id ?? ''}` } };
  },

  disputeWon: (stripe) => dispute(stripe, 'won'),
  disputeLost: (stripe) => dispute(stripe, 'lost'),

  /** Its evidence is drafted, a person stages more of it and forgets it, and the policy submits it in time. */
  async disputeAnswered(stripe) {
    const story = await Story.begin(stripe, 'pm_card_createDispute');
    await stripe.rawRequest('POST', '/v1/account_settings', { disputes: { when_unanswered: 'submit' } });
    const intent = await story.pay();
    const { data } = await stripe.disputes.list({ payment_intent: intent.id });
    const id = data[0]?.id ?? '';
    await stripe.rawRequest('POST', `/v1/disputes/${id}/answer`, { owner: 'anna' });
    await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: false });
    await story.pass(100 * DAY);
    await stripe.rawRequest('POST', '/v1/account_settings', { disputes: { when_unanswered: 'wait' } });
    return { 'dispute/answered': { workflowId: `dispute/${id}` } };
  },
};

async function dispute(stripe: Stripe, outcome: 'won' | 'lost'): Promise<Histories> {
  const story = await Story.begin(stripe, 'pm_card_createDispute');
  const intent = await story.pay();
  const { data } = await stripe.disputes.list({ payment_intent: intent.id });
  const id = data[0]?.id ?? '';
  const text = outcome === 'won' ? 'winning_evidence' : 'losing_evidence';
  await stripe.disputes.update(id, { evidence: { uncategorized_text: text }, submit: true });
  await story.pass(100 * DAY);
  return { [`dispute/${outcome}`]: { workflowId: `dispute/${id}` } };
}
