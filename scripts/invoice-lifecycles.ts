/** Scenarios of invoices without a subscription. Recorded like the others. */
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
};
