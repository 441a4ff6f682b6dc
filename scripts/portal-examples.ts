/** Pages of the customer portal with examples. */
import type { ReactNode } from 'react';
import { brandingOf } from '../domain/checkout/branding';
import { defaultAccountSettings } from '../domain/rows/account';
import { CANCELLATION_REASONS, CUSTOMER_UPDATES } from '../domain/rows/portal';
import type { PortalDetails, PortalFrame, PortalSubscription, PortalView } from '../web/portal/model';
import { PortalPage } from '../web/portal/portal-page';
import type { Locale } from '../web/words/languages';

const frame: PortalFrame = {
  locale: { language: 'en', tag: 'en-GB' },
  branding: brandingOf({ name: 'Northwind Analytics' }, undefined),
  isTest: true,
  base: '/p/session/bps_1',
  submission: '',
  headline: 'Your plan, your cards and your invoices.',
  privacy: 'https://shop.example.com/privacy',
  terms: 'https://shop.example.com/terms',
  returnUrl: 'https://shop.example.com/account',
  help: '/help',
  problem: null,
  contracts: { cancel: '/cancel/acct_1', withdraw: '/withdraw/acct_1' },
  isSaved: true,
};

const month = { interval: 'month', count: 1 } as const;

const subscription: PortalSubscription = {
  id: 'sub_1',
  name: 'Team',
  currency: 'eur',
  items: [{ name: 'Team', quantity: 3, amount: 8_700, every: month }],
  state: 'active',
  next: { amount: 10_353, at: 1_798_761_600 },
  endsAt: null,
  planned: null,
  paused: null,
  can: { change: true, cancel: true, keep: false, pause: true, resume: false, unplan: false },
};

const details: PortalDetails = {
  allowed: CUSTOMER_UPDATES,
  called: 'Ada Lovelace Ltd',
  email: 'ada@example.com',
  phone: '',
  address: { line1: '1 St James’s Square', postal_code: 'D01 X2P2', city: 'Dublin', state: '', country: 'IE' },
  shipping: { name: 'Ada Lovelace', address: { line1: '', postal_code: '', city: '', state: '', country: 'IE' } },
  taxIds: [{ id: 'txi_1', value: 'IE6388047V' }],
};

const home: PortalView = {
  name: 'home',
  subscriptions: [
    subscription,
    {
      ...subscription,
      id: 'sub_2',
      name: 'Archive',
      items: [{ name: 'Archive', quantity: 1, amount: 900, every: month }],
      next: null,
      endsAt: 1_798_761_600,
      can: { change: false, cancel: false, keep: true, pause: false, resume: false, unplan: false },
    },
  ],
  cards: [
    { id: 'pm_2', brand: 'mastercard', last4: '4444', expiry: '04/31', wallet: null, isDefault: false, canBeRemoved: true },
    { id: 'pm_1', brand: 'visa', last4: '4242', expiry: '12/34', wallet: 'Apple Pay', isDefault: true, canBeRemoved: false },
  ],
  invoices: {
    rows: [
      {
        id: 'in_2',
        number: 'NW-0012',
        at: 1_796_083_200,
        amount: 10_353,
        currency: 'eur',
        status: 'open',
        isCollected: true,
        page: '#',
        pdf: '#',
      },
      {
        id: 'in_1',
        number: 'NW-0007',
        at: 1_793_491_200,
        amount: 10_353,
        currency: 'eur',
        status: 'paid',
        isCollected: false,
        page: '#',
        pdf: '#',
      },
    ],
    older: 'in_1',
  },
  details,
  hasAccess: true,
  quotes: [],
  creditNotes: {
    rows: [{ number: 'NW-0007-CN-01', at: 1_793_491_200, amount: 2_000, currency: 'eur', isVoid: false, pdf: '#' }],
    older: 'cn_1',
  },
  orders: {
    rows: [
      {
        ...{ id: 'cs_2', at: 1_795_478_400, amount: 12_900, currency: 'eur', refunded: 2_900, isPending: false, receipt: '#' },
        lines: [
          { name: 'Onboarding workshop', quantity: 1 },
          { name: 'Printed handbook', quantity: 4 },
        ],
      },
      {
        ...{ id: 'cs_1', at: 1_793_491_200, amount: 4_900, currency: 'eur', refunded: 0, isPending: true, receipt: null },
        lines: [{ name: 'Desktop editor', quantity: 1 }],
      },
    ],
    older: 'cs_1',
  },
  hasUsage: true,
};

/** As long as a real one. */
export const LICENSE = ['eyJhbGciOiJFZERTQSJ9'.repeat(4), 'eyJhdWQiOiJwcm9kXzEifQ'.repeat(10), 'c2lnbmF0dXJl'.repeat(7)].join('.');

const access: PortalView = {
  name: 'access',
  licenses: [
    {
      id: 'lic_1',
      product: 'Desktop editor',
      state: 'active',
      key: LICENSE,
      activationLimit: 3,
      expiresAt: 1_830_297_600,
      machines: [
        { id: 'lact_1', name: 'Ada’s laptop' },
        { id: 'lact_2', name: 'workstation-17.research.ada-lovelace.example' },
      ],
    },
    { id: 'lic_2', product: 'Plug-ins', state: 'revoked', key: null, activationLimit: null, expiresAt: null, machines: [] },
  ],
  downloads: [{ id: 'pdl_1', name: 'Installer for macOS', product: 'Desktop editor', url: '#' }],
};

const quote = {
  id: 'qt_1',
  number: 'QT-NW-0003-1',
  currency: 'eur',
  lines: [
    { name: 'Enterprise', quantity: 5, amount: 49_500 },
    { name: 'API requests', quantity: null, amount: null },
  ],
  upfront: 60_885,
  tax: 11_385,
  recurring: { amount: 60_885, every: month },
  expiresAt: 1_798_761_600,
  header: 'As we have discussed.',
};

const usage: PortalView = {
  name: 'usage',
  subscriptions: [
    {
      currency: 'eur',
      from: 1_796_083_200,
      to: 1_798_761_600,
      total: 12_480,
      expected: 24_120,
      items: [
        {
          name: 'Requests',
          meter: 'API requests',
          quantity: '124800',
          amount: 12_480,
          forecast: { quantity: '241200', amount: 24_120 },
          days: Array.from({ length: 16 }, (_, index) => ({ at: 1_796_083_200 + index * 86_400, value: 4000 + ((index * 3571) % 9000) })),
        },
      ],
    },
  ],
  credits: [{ currency: 'eur', left: 3_500 }],
  topUps: [{ currency: 'eur', threshold: 1_000, amount: 5_000, price: 4_500, monthlyLimit: 20_000, isPaused: false }],
};

/** With what is left of the old plan taken off. */
const change: PortalView = {
  name: 'confirm',
  subscription,
  item: { name: 'Enterprise', quantity: 5, amount: 49_500, every: month },
  price: 'price_2',
  quantity: 5,
  at: 0,
  preview: {
    lines: [
      { text: 'Unused time on 3 × Team after 11 December 2026', amount: -5_893 },
      { text: 'Remaining time on 5 × Enterprise after 11 December 2026', amount: 33_532 },
    ],
    sums: [],
    total: 27_639,
    due: 27_639,
    isNow: true,
    at: null,
  },
  code: null,
  waitsUntil: null,
  endsTrial: false,
  canChoose: true,
};

const cancellation: PortalView = {
  name: 'cancel',
  subscription: { ...subscription, name: 'Unternehmensweite Datenschutzfolgenabschätzungslizenz' },
  endsAt: null,
  credit: 5_893,
  reasons: CANCELLATION_REASONS,
  offer: { percent: 25, amount: null, duration: 'repeating', months: 3 },
};

const plan: PortalView = {
  name: 'plan',
  subscription,
  choices: [
    { price: 'price_1', item: { name: 'Team', quantity: 3, amount: 8_700, every: month }, isPresent: true },
    { price: 'price_2', item: { name: 'Enterprise', quantity: 3, amount: 29_700, every: month }, isPresent: false },
  ],
  quantity: { present: 3, minimum: 1, maximum: 50 },
  takesCode: true,
  isCodeWrong: true,
};

const support: PortalView = {
  name: 'support',
  tickets: [
    {
      id: 'supt_2',
      subject: 'Datenschutzfolgenabschätzungsvereinbarungen und eine lange Frage',
      status: 'open',
      answerBy: 1_798_761_600,
      isLate: true,
      messages: [{ id: 'supm_3', author: 'customer', name: null, at: 1_796_083_200, text: '<b>Where</b> is it?\nWe need it soon.' }],
    },
    {
      id: 'supt_1',
      subject: 'Invoice NW-0007',
      status: 'answered',
      answerBy: null,
      isLate: false,
      messages: [
        { id: 'supm_1', author: 'customer', name: null, at: 1_793_491_200, text: 'Could you add our order number?' },
        { id: 'supm_2', author: 'seller', name: 'Grace', at: 1_793_494_800, text: 'It is on the invoice now.' },
      ],
    },
  ],
  responsibilities: defaultAccountSettings('TEST', 'customer').responsibilities,
  answerHours: { billing: 24, licence: 24, product: 48 },
};

const page =
  (view: PortalView, usual: Locale = frame.locale) =>
  (locale = usual): ReactNode =>
    PortalPage({ frame: { ...frame, locale }, view });

export const PORTAL_PAGES: Record<string, (locale?: Locale) => ReactNode> = {
  portal: page(home),
  'portal-plan': page(plan),
  'portal-support': page(support),
  'portal-change': page(change),
  'portal-cancel': page(cancellation, { language: 'de', tag: 'de-DE' }),
  'portal-later': page({ ...change, name: 'confirm', preview: null, waitsUntil: 1_798_761_600 }),
  'portal-pause': page({
    name: 'pause',
    subscription,
    at: 0,
    options: [1_796_083_200, 1_798_761_600].map((until) => ({ interval: month, until })),
  }),
  'portal-card': page({ name: 'card', holder: 'Ada', methods: ['card', 'sepa_debit'], isFirst: false }),
  'portal-details': page({ name: 'details', ...details }),
  'portal-access': page(access),
  'portal-usage': page(usage),
  'portal-quote': page({ name: 'quote', ...quote }),
  'portal-privacy': page({ name: 'privacy', deletionBy: null }),
  'portal-expired': page({ name: 'expired' }),
};
