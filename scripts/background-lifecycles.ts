/** Scenarios of work in the background that a caller begins and looks at. Recorded like the others. */
import type Stripe from 'stripe';
import { Story } from './story';

export const backgroundLifecycles: Record<string, (stripe: Stripe) => Promise<Record<string, { workflowId: string }>>> = {
  async fill(stripe) {
    const { id = '' } = (await stripe.rawRequest('POST', '/v1/test_helpers/fills', { customers: 3, months: 1 })) as { id?: string };
    await untilEnded(stripe, `/v1/test_helpers/fills/${id}`);
    return { 'fill/completed': { workflowId: `fill/${id}` } };
  },

  async forecast(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    await story.subscribe();
    const { id = '' } = (await stripe.rawRequest('POST', '/v1/forecasts', { months: 1, test_clock: story.clock })) as { id?: string };
    await untilEnded(stripe, `/v1/forecasts/${id}`);
    return { 'forecast/completed': { workflowId: `forecast/${id}` } };
  },

  async repair(stripe) {
    const price = await stripe.prices.create({ currency: 'usd', unit_amount: 1500, product_data: { name: 'Seat' } });
    const { id: customer } = await stripe.customers.create({ name: 'Ada' });
    await stripe.invoiceItems.create({ customer, pricing: { price: price.id } });
    const invoice = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include', auto_advance: false });
    await stripe.invoices.finalizeInvoice(invoice.id);
    const terms = { select: { price: price.id }, correction: { unit_amount_decimal: '1200' }, give_back: 'refund' };
    const { id } = (await stripe.rawRequest('POST', '/v1/repairs', terms)) as unknown as { id: string };
    for (let tries = 0; tries < 100; tries += 1) {
      const { status } = (await stripe.rawRequest('GET', `/v1/repairs/${id}`)) as unknown as { status: string };
      if (status === 'draft') break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { 'repair/prepared': { workflowId: `repair/${id}` } };
  },
};

/** Waits until a work in the background is no longer running. */
async function untilEnded(stripe: Stripe, path: string): Promise<void> {
  for (let status = 'running'; status === 'running';) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    ({ status = 'running' } = (await stripe.rawRequest('GET', path)) as { status?: string });
  }
}
