/**
 * `npm run screenshots`: shows the checkout page with examples, in a phone's and a desktop's width, light and dark, and saves the images in
 * docs/images. It needs Chromium: `apt-get install -y chromium`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { brandingOf } from '../domain/checkout/branding';
import { CheckoutPage } from '../web/checkout/checkout-page';
import type { CheckoutModel } from '../web/checkout/model';
import { lawOf } from '../web/law';
import { renderPage } from '../web/render';

const BROWSER = '/usr/bin/chromium';
const images = join(__dirname, '..', 'docs', 'images');

const example: CheckoutModel = {
  state: 'open',
  locale: { language: 'en', tag: 'en-GB' },
  law: lawOf('IE'),
  seller: 'Northwind Analytics',
  branding: brandingOf({ name: 'Northwind Analytics' }, undefined),
  isTest: true,
  mode: 'subscription',
  currency: 'eur',
  attempt: 0,
  lines: [
    { id: 'li_1', name: 'Team', quantity: 3, adjustable: { minimum: 1, maximum: 50 }, amount: 8_700 },
    { id: 'li_2', name: 'Onboarding', quantity: 1, adjustable: null, amount: 25_000 },
  ],
  amounts: { subtotal: 33_700, discount: 3_370, shipping: 0, tax: 6_976, total: 37_306, due: 37_306 },
  isTaxAdded: true,
  renewal: { interval: 'month', count: 1, amount: 8_700, plusTax: true, from: 1_798_761_600 },
  trialEnd: null,
  promotion: { isAsked: true, code: 'WELCOME10' },
  entered: {
    email: '',
    name: '',
    phone: '',
    businessName: '',
    taxId: '',
    individualName: '',
    shippingName: '',
    shipping: { line1: '', postal_code: '', city: '', state: '', country: '' },
    line1: '',
    postal_code: '',
    city: '',
    state: '',
    country: 'IE',
  },
  asked: { phone: false, businessName: null, taxId: null, individualName: null, fields: [], promotions: false, terms: null, privacy: null },
  texts: { submit: null, afterSubmit: null, shippingAddress: null, terms: null },
  confirmation: null,
  priceQuestion: null,
  delivery: { countries: null, options: [] },
  submit: 'auto',
  isEmailFixed: false,
  needsCard: true,
  needsAddress: true,
  problem: null,
  cancelUrl: 'https://shop.example.com',
};

/** Long names, long amounts, and a decline. */
const long: CheckoutModel = {
  ...example,
  locale: { language: 'de', tag: 'de-DE' },
  law: lawOf('DE'),
  branding: brandingOf({ name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH & Co. KG' }, undefined),
  seller: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH & Co. KG',
  currency: 'idr',
  lines: [
    {
      id: 'li_1',
      name: 'Unternehmensweite Datenschutzfolgenabschätzungslizenz mit Rund-um-die-Uhr-Betreuung',
      quantity: 12_000,
      adjustable: null,
      amount: 123_456_789_000,
    },
  ],
  amounts: { subtotal: 123_456_789_000, discount: 0, shipping: 0, tax: 19_711_588_000, total: 123_456_789_000, due: 123_456_789_000 },
  isTaxAdded: false,
  renewal: { interval: 'year', count: 1, amount: 123_456_789_000, plusTax: false, from: 1_798_761_600 },
  promotion: { isAsked: true, code: null },
  problem: 'insufficientFunds',
};

const trial: CheckoutModel = {
  ...example,
  locale: { language: 'fr', tag: 'fr-FR' },
  law: lawOf('FR'),
  currency: 'eur',
  lines: [{ id: 'li_1', name: 'Standard', quantity: 1, adjustable: null, amount: 0 }],
  amounts: { subtotal: 0, discount: 0, shipping: 0, tax: 0, total: 0, due: 0 },
  renewal: { interval: 'month', count: 1, amount: 1_980, plusTax: false, from: 1_798_761_600 },
  trialEnd: 1_798_761_600,
  promotion: { isAsked: false, code: null },
  needsAddress: false,
};

/** A sale of goods to a business, with every question that a seller can ask. */
const goods: CheckoutModel = {
  ...example,
  locale: { language: 'de', tag: 'de-DE' },
  law: lawOf('DE'),
  mode: 'payment',
  lines: [{ id: 'li_1', name: 'Teekanne aus handbemaltem Porzellan', quantity: 2, adjustable: null, amount: 11_800 }],
  amounts: { subtotal: 11_800, discount: 0, shipping: 490, tax: 2_335, total: 14_625, due: 14_625 },
  renewal: null,
  promotion: { isAsked: false, code: null },
  entered: { ...example.entered, country: 'DE', shipping: { ...example.entered.shipping, country: 'DE' } },
  asked: {
    phone: true,
    businessName: 'optional',
    taxId: 'optional',
    individualName: null,
    fields: [
      {
        name: 'field_color',
        label: 'Farbe der Geschenkverpackung',
        isOptional: false,
        type: 'dropdown',
        options: [{ label: 'Blau', value: 'blue' }],
        minimumLength: undefined,
        maximumLength: 255,
        value: 'blue',
      },
    ],
    promotions: true,
    terms: 'https://shop.example.com/terms',
    privacy: 'https://shop.example.com/privacy',
  },
  texts: { submit: 'Wir versenden **werktags**.', afterSubmit: null, shippingAddress: 'Keine Packstationen.', terms: null },
  delivery: {
    countries: ['DE', 'AT'],
    options: [
      {
        id: 'shr_1',
        name: 'Standardversand',
        amount: 490,
        isChosen: true,
        from: { unit: 'business_day', value: 3 },
        to: { unit: 'business_day', value: 5 },
      },
      { id: 'shr_2', name: 'Abholung im Laden', amount: 0, isChosen: false, from: null, to: null },
    ],
  },
};

const PAGES: Record<string, CheckoutModel> = { checkout: example, 'checkout-goods': goods, 'checkout-long': long, 'checkout-trial': trial };
const WIDTHS = [375, 1280];

async function main(): Promise<void> {
  mkdirSync(images, { recursive: true });
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  for (const [name, model] of Object.entries(PAGES)) await picture(browser, name, renderPage(CheckoutPage(model)));
  await browser.close();
}

async function picture(browser: Browser, name: string, html: string): Promise<void> {
  for (const width of WIDTHS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      await page.setContent(html);
      const path = join(images, `${name}-${String(width)}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      process.stdout.write(`${path}${overflow === 0 ? '' : `: ${String(overflow)} pixels too wide`}\n`);
      await page.close();
    }
  }
}

void main();
