import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { overflowOf, useBrowser } from '../support/browser';
import { changingPlans, memberOf, portalPlans, type Member } from '../support/portal';
import { useProduct } from '../support/product';

/** Other work may share the machine. */
const PATIENCE = 240_000;
jest.setTimeout(PATIENCE);

const browser = useBrowser();
const product = useProduct({});

/** A phone and a desktop. */
const WIDTHS = [375, 1280];

interface Visitor {
  page: Page;
  member: Member;
}

/** The portal of a customer with a small plan, in a window of this width. */
async function visit(width: number): Promise<Visitor> {
  const { stripe, url } = product;
  const offered = await portalPlans(stripe);
  const member = await memberOf(stripe, offered.small);
  const { id: configuration } = await stripe.billingPortal.configurations.create({ features: changingPlans(offered) });
  const session = await stripe.billingPortal.sessions.create({ customer: member.customer, configuration, locale: 'en' });
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(`${url}${new URL(session.url).pathname}`);
  return { page, member };
}

const amountIn = (text: string): number => Math.round(Number(/\$([\d,.]+)/.exec(text)?.[1]?.replace(',', '')) * 100);

async function expectGood(page: Page): Promise<void> {
  expect(await overflowOf(page)).toBe(0);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
}

test.each(WIDTHS)('%d pixels wide: a customer changes plan and quantity, and pays exactly what the button says', async (width) => {
  const { page, member } = await visit(width);
  await expectGood(page);
  await page.getByRole('link', { name: /Change plan/ }).click();
  await page.getByLabel(/\$300.00 every year/).check();
  await page.getByLabel('Quantity').fill('2');
  await page.getByRole('button', { name: 'Continue' }).click();
  const button = page.getByRole('button', { name: /Confirm and pay/ });
  const shown = amountIn((await button.textContent()) ?? '');
  await expectGood(page);
  await button.dblclick();
  await page.waitForURL(/\/home\?saved/);
  const changed = await product.stripe.subscriptions.retrieve(member.subscription.id);
  expect(changed.items.data).toMatchObject([{ quantity: 2 }]);
  const { data } = await product.stripe.charges.list({ customer: member.customer });
  expect(data.map(({ amount }) => amount)).toEqual([shown, 1000]);
  await page.context().close();
});

test.each(WIDTHS)('%d pixels wide: a customer cancels and takes it back, by keyboard alone', async (width) => {
  const { page, member } = await visit(width);
  const press = async (name: RegExp): Promise<void> => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      const focused = String(
        await page.evaluate('document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? ""'),
      );
      if (name.test(focused)) return page.keyboard.press('Enter');
    }
    throw new Error(`${String(name)} cannot be reached`);
  };
  await press(/^Cancel subscription/);
  await page.waitForURL(/\/cancel\?/);
  await expectGood(page);
  await press(/^Cancel subscription$/);
  await page.waitForURL(/\/home\?saved/);
  expect((await product.stripe.subscriptions.retrieve(member.subscription.id)).cancel_at_period_end).toBe(true);
  await press(/^Keep subscription/);
  await page.getByText('Next charge').waitFor();
  expect((await product.stripe.subscriptions.retrieve(member.subscription.id)).cancel_at_period_end).toBe(false);
  await page.context().close();
});

/** At the bank's page, as this test reaches it. */
async function approve(page: Page, customer: string): Promise<void> {
  let bank: string | null | undefined;
  while (!bank) {
    const [intent] = (await product.stripe.setupIntents.list({ customer })).data;
    bank = intent?.next_action?.redirect_to_url?.url;
  }
  // The page goes to the bank's address by itself, which is no address here, and must have arrived before another is asked for.
  await page.waitForURL(/^chrome-error:/);
  await page.goto(`${product.url}${new URL(bank).pathname}`);
  await page.locator('button[value=succeeded]').click();
}

test.each(WIDTHS)('%d pixels wide: a new card is approved at the bank, and pays an open invoice', async (width) => {
  const { page, member } = await visit(width);
  const { stripe } = product;
  await page.getByRole('link', { name: 'Add a card' }).click();
  await page.getByLabel('Card number').fill('4000 0027 6000 3184');
  await page.getByLabel('Expiry date').fill('12/34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Ada');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Save card' }).click();
  await approve(page, member.customer);
  await page.waitForURL(/\/home\?saved/);
  const { data } = await stripe.paymentMethods.list({ customer: member.customer });
  expect(data).toHaveLength(2);
  await stripe.invoiceItems.create({ customer: member.customer, amount: 700, currency: 'usd' });
  const draft = await stripe.invoices.create({
    ...{ customer: member.customer, collection_method: 'send_invoice', days_until_due: 7 },
    pending_invoice_items_behavior: 'include',
  });
  const open = await stripe.invoices.finalizeInvoice(draft.id);
  await page.reload();
  const link = page.getByRole('link', { name: String(open.number), exact: true });
  await page.goto(`${product.url}${new URL((await link.getAttribute('href')) ?? '', product.url).pathname}`);
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByLabel('Expiry date').fill('12/34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Ada');
  await page.getByRole('button', { name: 'Pay $7.00', exact: true }).click();
  await page.getByText('Paid').first().waitFor();
  expect((await stripe.invoices.retrieve(open.id)).status).toBe('paid');
  await page.context().close();
});
