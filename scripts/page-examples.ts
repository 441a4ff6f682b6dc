/** Every page with examples: for `npm run screenshots`, and for the tests of their weight and of what a screen reader finds. */
import type { ReactNode } from 'react';
import { brandingOf } from '../domain/checkout/branding';
import { ButtonPage } from '../web/checkout/button-page';
import { CheckoutPage } from '../web/checkout/checkout-page';
import { ClosedLinkPage } from '../web/checkout/closed-link-page';
import { FramedPage } from '../web/checkout/framed-page';
import type { CheckoutModel } from '../web/checkout/model';
import { InvoicePage } from '../web/invoice/invoice-page';
import type { InvoiceModel } from '../web/invoice/model';
import { lawOf } from '../web/law';
import type { Offer } from '../web/pricing/model';
import { PricingPage } from '../web/pricing/pricing-page';
import type { Locale } from '../web/words/languages';
import { LICENSE, PORTAL_PAGES } from './portal-examples';
import { defaultAccountSettings } from '../domain/rows/account';
import { GUIDES } from '../server/help/guides';
import { search } from '../server/help/search';
import { HelpPage } from '../web/help/help-page';
import type { HelpModel } from '../web/help/model';
import { CONTRACT_PAGES } from './contract-examples';

/** An open checkout of a subscription, as it stands before anything is entered. */
export const example: CheckoutModel = {
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
    { id: 'li_1', name: 'Team', quantity: 3, adjustable: { minimum: 1, maximum: 50 }, amount: 8_700, isOptional: false },
    { id: 'li_2', name: 'Onboarding', quantity: 1, adjustable: null, amount: 25_000, isOptional: false },
  ],
  amounts: { subtotal: 33_700, discount: 3_370, shipping: 0, tax: 6_976, total: 37_306, due: 37_306 },
  isTaxAdded: true,
  renewal: { interval: 'month', count: 1, amount: 8_700, plusTax: true, from: 1_798_761_600, reduced: null },
  trialEnd: null,
  optional: [],
  saved: { cards: [], isRemovable: false, isSavable: false },
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
  licenses: [],
  priceQuestion: null,
  delivery: { countries: null, options: [] },
  submit: 'auto',
  isEmailFixed: false,
  needsCard: true,
  methods: ['card'],
  debitInterval: null,
  wallets: ['apple_pay', 'google_pay'],
  unpaid: null,
  voucher: null,
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
      isOptional: false,
    },
  ],
  amounts: { subtotal: 123_456_789_000, discount: 0, shipping: 0, tax: 19_711_588_000, total: 123_456_789_000, due: 123_456_789_000 },
  isTaxAdded: false,
  renewal: { interval: 'year', count: 1, amount: 123_456_789_000, plusTax: false, from: 1_798_761_600, reduced: null },
  optional: [{ price: 'price_2', name: 'Einrichtung durch unsere Fachleute vor Ort', quantity: 1, amount: 1_234_567_000, recurring: null }],
  saved: {
    cards: [{ id: 'pm_1', brand: 'mastercard', last4: '4444', expiry: '12/34', wallet: null }],
    isRemovable: true,
    isSavable: true,
  },
  promotion: { isAsked: true, code: null },
  problem: 'insufficientFunds',
};

const trial: CheckoutModel = {
  ...example,
  locale: { language: 'fr', tag: 'fr-FR' },
  law: lawOf('FR'),
  currency: 'eur',
  lines: [{ id: 'li_1', name: 'Standard', quantity: 1, adjustable: null, amount: 0, isOptional: false }],
  amounts: { subtotal: 0, discount: 0, shipping: 0, tax: 0, total: 0, due: 0 },
  renewal: { interval: 'month', count: 1, amount: 1_980, plusTax: false, from: 1_798_761_600, reduced: null },
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
  lines: [{ id: 'li_1', name: 'Teekanne aus handbemaltem Porzellan', quantity: 2, adjustable: null, amount: 11_800, isOptional: false }],
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

/** After the purchase, with the question on the price. */
const complete: CheckoutModel = {
  ...example,
  state: 'complete',
  confirmation: 'Your seats are ready. [Invite your team](https://shop.example.com/team), and **welcome**.',
  licenses: [{ product: 'Desktop editor', key: LICENSE }],
  priceQuestion: { answer: null },
};

const recurring = { interval: 'month', count: 1 } as const;

/** As many products as a table may have, one of them with a long name and a long amount. */
const offer: Offer = {
  visitor: 'visitor-1',
  customerSession: null,
  path: '/pricing/ptbl_1',
  intervals: [
    { value: '1 month', recurring },
    { value: '1 year', recurring: { interval: 'year', count: 1 } },
  ],
  interval: '1 month',
  currencies: ['eur', 'usd', 'gbp'],
  currency: 'eur',
  trialDays: 14,
  products: Array.from({ length: 10 }, (_, index) => ({
    name: index === 2 ? 'Unternehmensdatenschutzfolgenabschätzung' : `Product ${String(index + 1)}`,
    description: 'For teams that grow, with everything of the smaller one',
    features: Array.from({ length: 8 }, (_each, place) => `Feature ${String(place + 1)} of this product`),
    isHighlighted: index === 1,
    price: `price_${String(index)}`,
    amount: index === 2 ? 123_456_789_000 : 1_234_500 + index,
    recurring,
    tax: 'included' as const,
  })),
};

const invoice: InvoiceModel = {
  state: 'due',
  methods: ['card', 'sepa_debit'],
  wallets: ['apple_pay', 'google_pay'],
  paysLater: true,
  locale: example.locale,
  branding: example.branding,
  isTest: true,
  title: 'Invoice',
  number: 'NW-0042',
  stamp: null,
  headline: '€373.06 due on 30 December 2026',
  memo: 'Thank you for your order.',
  facts: [{ label: 'Issued', value: '30 November 2026' }],
  lines: [
    { text: 'Team', details: ['30 Nov 2026 – 30 Dec 2026', '3 × €29.00'], amount: '€87.00' },
    { text: 'Onboarding, with a name that does not fit into one line of a phone', details: [], amount: '€250.00' },
  ],
  sums: [
    { label: 'Subtotal', amount: '€337.00' },
    { label: 'VAT (23%)', amount: '€69.76' },
    { label: 'Amount due', amount: '€373.06', strong: true },
  ],
  notes: ['VAT number of the seller: IE6388047V'],
  links: { pdf: '/invoice/1/pdf', xml: '/invoice/1/xml', receipts: ['/receipt/1'] },
  currency: 'eur',
  due: 37_306,
  attempt: 0,
  bank: null,
  voucher: null,
  problem: 'declined',
  questions: [
    { id: 'supt_1', status: 'answered', answerBy: null, isLate: false, text: 'Is this with VAT?', answer: 'Yes, it includes VAT of 23 %.' },
    { id: 'supt_2', status: 'open', answerBy: 1_798_761_600, isLate: false, text: 'Could you add our order number?', answer: null },
  ],
  answerHours: { billing: 24 },
  submission: '',
  help: '/help',
};

const help: HelpModel = {
  locale: example.locale,
  branding: example.branding,
  responsibilities: defaultAccountSettings('TEST', 'customer').responsibilities,
  of: {},
  query: 'refund',
  results: search(GUIDES.en, 'refund').slice(0, 2),
  guide: GUIDES.en.find(({ name }) => name === 'refunds') ?? null,
  guides: GUIDES.en,
};

/** With a choice of ways to pay. */
const debit: CheckoutModel = { ...example, methods: ['card', 'sepa_debit'] };

const framed = { ancestors: ['https://shop.example.com'], returnUrl: 'https://shop.example.com/thanks', session: { id: 'cs_test_1' } };

/** Each in a language; those that have one of their own for an example keep it, unless a language is asked for. */
export const PAGES: Record<string, (locale?: Locale) => ReactNode> = {
  checkout: (locale = example.locale) => CheckoutPage({ ...example, locale }),
  'checkout-debit': (locale = debit.locale) => CheckoutPage({ ...debit, locale }),
  'checkout-goods': (locale = goods.locale) => CheckoutPage({ ...goods, locale }),
  'checkout-long': (locale = long.locale) => CheckoutPage({ ...long, locale }),
  'checkout-trial': (locale = trial.locale) => CheckoutPage({ ...trial, locale }),
  'checkout-complete': (locale = complete.locale) => CheckoutPage({ ...complete, locale }),
  'checkout-framed': (locale = example.locale) => FramedPage({ ...example, ...framed, isFormOnly: false, locale }),
  'checkout-form': (locale = goods.locale) => FramedPage({ ...goods, ...framed, isFormOnly: true, locale }),
  pricing: (locale = example.locale) => PricingPage({ locale, branding: example.branding, isTest: true, offer, isFramed: false }),
  button: (locale = example.locale) =>
    ButtonPage({ locale, branding: example.branding, url: '/b/plink_1', name: 'Team', amount: 2900, currency: 'eur', recurring }),
  closed: (locale = example.locale) => ClosedLinkPage({ locale, branding: example.branding, message: null }),
  ...PORTAL_PAGES,
  help: (locale = help.locale) => HelpPage({ ...help, locale }),
  ...CONTRACT_PAGES,
  invoice: (locale = invoice.locale) => InvoicePage({ ...invoice, locale }),
};
