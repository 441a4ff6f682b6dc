/** Every page that a customer reaches, and every mail, in each language of the product. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { MAIL_KINDS } from '../../domain/rows/mail';
import { LANGUAGES, type Language } from '../../web/words/languages';
import { priceOf } from '../support/builders';
import { overflowOf, useBrowser } from '../support/browser';
import { changingPlans, memberOf, portalPlans, PortalVisitor } from '../support/portal';
import { useProduct } from '../support/product';

/** Other work may share the machine. */
const PATIENCE = 300_000;
jest.setTimeout(PATIENCE);

const languages = Object.keys(LANGUAGES) as Language[];

const browser = useBrowser();
const product = useProduct({});
let sold: Sold;
beforeAll(async () => {
  sold = await sell();
}, PATIENCE);

/** What sellers and customers have written, and what is written alike everywhere. */
const GIVEN = /Zq|\bPro\b|\bTests\b|example\.com|Visa|Dunlin|^\w+_\w+$|[A-Z0-9]{8}-\d{4}|^eyJ/;

/** What is the same in English and in another language, or a form that everybody fills in alike. */
const SAME: Partial<Record<Language, string[]>> = {
  de: ['Downloads', 'Name'],
  fr: ['Active', 'Guides', 'Message'],
  it: ['Download'],
  nl: ['Downloads'],
};

/** The same of mails. */
const SAME_IN_MAILS: Partial<Record<Language, string[]>> = { de: ['Name'], fr: ['Date'], nl: ['Contract', 'Product'] };

/** What somebody has written, or named, in the examples of mails. */
const WRITTEN = [
  ...['ATLAS-7Q2M-K9XD-4TWP', 'Ada Lovelace', 'Atlas Desktop', 'Grace', 'It does not fit us.', 'Re: My invoice [supt_8sKq1PzNw3V5]'],
  ...['We have sent the invoice again.', 'Yes, the tax is right:', 'your company is in Ireland.'],
];

/** A mail is no page: it has no landmarks. */
const OF_PAGES = ['landmark-one-main', 'region'];

interface Sold {
  customer: string;
  configuration: string;
  /** The pages under a session's address. */
  views: string[];
  /** Those without one. */
  doors: string[];
}

/** A customer with something on every page. */
async function sell(): Promise<Sold> {
  const { stripe } = product;
  await product.post('/v1/account_settings', { contracts: { pages: true, owner: 'support' } });
  const plans = await portalPlans(stripe);
  const { customer, subscription } = await memberOf(stripe, plans.small);
  await stripe.customers.update(customer, { name: 'Zq Ada', email: 'ada@example.com' });
  const { id: quote } = await stripe.quotes.create({ customer, line_items: [{ price: plans.small }] });
  await Promise.all([
    useCalls(customer),
    licenseTo(customer),
    stripe.quotes.finalizeQuote(quote),
    creditFor(customer),
    buy(customer),
    ask(customer),
  ]);
  const features = { ...changingPlans(plans), subscription_pause: { enabled: true } };
  const { id: configuration, login_page: login } = await stripe.billingPortal.configurations.create({
    features,
    login_page: { enabled: true },
  });
  const about = `?subscription=${subscription.id}`;
  const ofSubscription = [`plan${about}`, `confirm${about}&price=${plans.large}&quantity=2`, `cancel${about}`, `pause${about}`];
  return {
    ...{ customer, configuration },
    views: ['home', 'card', 'details', ...ofSubscription, 'usage', 'access', 'support', 'privacy', `quote?quote=${quote}`],
    doors: [
      new URL(login.url ?? '').pathname,
      ...['cancel', 'withdraw'].map((door) => `/${door}/${product.account}/test`),
      `/help?seller=${product.account}&mode=test`,
    ],
  };
}

async function useCalls(customer: string): Promise<void> {
  const { stripe } = product;
  const event_name = 'zq_calls';
  const meter = await stripe.billing.meters.create({ display_name: 'Zq calls', event_name, default_aggregation: { formula: 'sum' } });
  const recurring = { interval: 'month' as const, usage_type: 'metered' as const, meter: meter.id };
  const calls = await stripe.prices.create({ currency: 'usd', unit_amount: 5, recurring, product_data: { name: 'Zq calls' } });
  await stripe.subscriptions.create({ customer, items: [{ price: calls.id }] });
}

async function licenseTo(customer: string): Promise<void> {
  const { stripe } = product;
  const { id } = await stripe.products.create({ name: 'Zq editor' });
  await product.post('/v1/license_policies', { product: id, activation_limit: 2 });
  await product.post(`/v1/products/${id}/downloads`, { name: 'Zq download', url: 'https://example.com/zq.zip' });
  await stripe.subscriptions.create({
    customer,
    items: [{ price: await priceOf(stripe, 500, { product: id, product_data: undefined as never }) }],
  });
  const { data } = (await product.get(`/v1/licenses?customer=${customer}`)) as { data: { key: string }[] };
  const machine = new URLSearchParams({ key: String(data[0]?.key), fingerprint: 'zq', name: 'Zq machine' });
  await fetch(`${product.url}/licenses/activate`, { method: 'POST', body: machine });
}

async function creditFor(customer: string): Promise<void> {
  const { stripe } = product;
  const [invoice] = (await stripe.invoices.list({ customer, status: 'paid' })).data.filter(({ amount_paid: paid }) => paid > 0);
  await stripe.creditNotes.create({ invoice: String(invoice?.id), amount: 100, refund_amount: 100 });
}

async function buy(customer: string): Promise<void> {
  const { stripe } = product;
  const price = await priceOf(stripe, 4900, { recurring: undefined as never, product_data: { name: 'Zq handbook' } });
  const success_url = 'https://example.com/back';
  const { id } = await stripe.checkout.sessions.create({ mode: 'payment', line_items: [{ price, quantity: 1 }], success_url, customer });
  await product.post(`/v1/payment_pages/${id}/confirm`, { payment_method: 'pm_card_visa' });
}

const ask = (customer: string) => product.post('/v1/support_tickets', { customer, subject: 'Zq subject', message: 'Zq message' });

/** All that is read or heard, but for the names of countries. */
const TEXTS = `(() => {
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const texts = [document.title];
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!parent.closest('script, style, select[name$=country]')) texts.push(walk.currentNode.data);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) texts.push(element.getAttribute(name) ?? '');
  return texts.map((text) => text.trim());
})()`;

async function textsOf(page: Page): Promise<Set<string>> {
  const texts = await page.evaluate<string[]>(TEXTS);
  return new Set(texts.filter((text) => /\p{L}{3}/u.test(text) && !GIVEN.test(text)));
}

/** Contrast is that of the design, whatever the language: `pages.test.ts`. */
async function expectGood(page: Page, language: Language): Promise<void> {
  expect(await page.evaluate('document.documentElement.lang')).toMatch(new RegExp(`^${language}\\b`));
  expect(await overflowOf(page)).toBe(0);
}

async function violationsOf(page: Page, except: string[] = []): Promise<string[]> {
  return (await new AxeBuilder({ page }).disableRules(['color-contrast', ...except]).analyze()).violations.map(({ id }) => id);
}

const phone = (language: Language): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 375, height: 800 }, locale: language });

/** The addresses of all pages in a language. */
async function placesIn(language: Language): Promise<string[]> {
  const { customer, configuration, views, doors } = sold;
  const session = await product.stripe.billingPortal.sessions.create({ customer, configuration, locale: language });
  const visitor = new PortalVisitor(product);
  return [...views.map((view) => visitor.pageOf(session, view)), ...doors.map((door) => `${product.url}${door}`)];
}

const english: Set<string>[] = [];

test.each(languages)('every page of a customer in %s: translated, readable on a phone, and heard', async (language) => {
  const context = await phone(language);
  const page = await context.newPage();
  const same: string[] = [];
  for (const [index, place] of (await placesIn(language)).entries()) {
    await page.goto(place);
    // A view that the customer may not see leads to the first page.
    expect(page.url()).toContain(new URL(place).pathname);
    await expectGood(page, language);
    expect([place, ...(await violationsOf(page))]).toEqual([place]);
    const texts = await textsOf(page);
    if (language === 'en') english.push(texts);
    else same.push(...[...texts].filter((text) => english[index]?.has(text)));
  }
  expect([...new Set(same)].sort()).toEqual([...(SAME[language] ?? [])].sort());
  await context.close();
});

const inEnglish = new Map<string, Set<string>>();

test.each(languages)('every mail in %s: translated, and readable on a phone', async (language) => {
  const context = await phone(language);
  const page = await context.newPage();
  const same: string[] = [];
  for (const [index, kind] of MAIL_KINDS.entries()) {
    const { html } = (await product.get(`/v1/mail_previews/${kind}?locale=${language}`)) as unknown as { html: string };
    await page.setContent(html);
    await expectGood(page, language);
    // Over the languages each kind is heard.
    if (index % languages.length === languages.indexOf(language)) expect([kind, ...(await violationsOf(page, OF_PAGES))]).toEqual([kind]);
    const texts = await textsOf(page);
    if (language === 'en') inEnglish.set(kind, texts);
    else same.push(...[...texts].filter((text) => inEnglish.get(kind)?.has(text)));
  }
  const found = [...new Set(same)].filter((text) => !WRITTEN.includes(text));
  expect(found.sort()).toEqual([...(SAME_IN_MAILS[language] ?? [])].sort());
  await context.close();
});
