/** Scenarios of invoices: without a subscription, and recovered by a program. Recorded like the others. */
import type Stripe from 'stripe';
import { Story } from './story';

const HOUR = 3_600;
const DAY = 24 * HOUR;

export const invoiceLifecycles: Record<string, (stripe: Stripe) => Promise<Record<string, { workflowId: string }>>> = {
  async invoiceSent(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const invoice = await story.invoice({ collection_method: 'send_invoice', days_until_due: 14 });
    await stripe.invoices.finalizeInvoice(invoice);
    await story.pass(20 * DAY);
    await stripe.invoices.pay(invoice);
    return { 'invoice/sent-and-paid': { workflowId: `invoice/${invoice}` } };
  },

  async invoiceReminded(stripe) {
    await stripe.rawRequest('POST', '/v1/account_settings', { invoices: { days_before_due: 3 } });
    const story = await Story.begin(stripe, 'pm_card_visa');
    const invoice = await story.invoice({ collection_method: 'send_invoice', days_until_due: 14 });
    await stripe.invoices.finalizeInvoice(invoice);
    await story.pass(20 * DAY);
    await stripe.invoices.pay(invoice);
    await stripe.rawRequest('POST', '/v1/account_settings', { invoices: { days_before_due: '' } });
    return { 'invoice/reminded-and-past-due': { workflowId: `invoice/${invoice}` } };
  },

  async invoiceCollected(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const invoice = await story.invoice({ auto_advance: true });
    await story.pass(2 * HOUR);
    return { 'invoice/collected-by-itself': { workflowId: `invoice/${invoice}` } };
  },

  /** A program that mails, asks a person who answers, asks another who does not, and ends. */
  async recoveryProgram(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const price = await story.price(900);
    const task = { type: 'task', title: 'Call them', answer_within: 5 * DAY, default: 'continue' };
    const steps = [
      { type: 'mail', mail: 'payment_failed' },
      task,
      { type: 'retry' },
      { type: 'end_access' },
      task,
      { type: 'notify', notice: 'gone' },
    ];
    const arms = [{ name: 'all', share: 100, ends_in: 'unpaid', steps }];
    await stripe.rawRequest('POST', '/v1/recovery_programs', { name: 'Asking', segment: { prices: [price] }, arms });
    const subscription = await story.subscribe({ items: [{ price }] });
    await story.useCard('pm_card_chargeCustomerFail');
    await story.pass(31 * DAY + 2 * HOUR);
    const invoice = await story.latestInvoice(subscription.id);
    const { data } = (await stripe.rawRequest('GET', `/v1/tasks?about=${invoice}`)) as unknown as { data: { id: string }[] };
    await stripe.rawRequest('POST', `/v1/tasks/${data[0]?.id ?? ''}/answer`, { answer: 'continue' });
    await story.pass(HOUR);
    await story.pass(7 * DAY);
    return { 'dunning/program-with-tasks': { workflowId: `dunning/${invoice}` } };
  },
};
