import { CheckoutPage } from '../../web/checkout/checkout-page';
import type { CheckoutModel } from '../../web/checkout/model';
import { brandingOf } from '../../domain/checkout/branding';
import { example } from '../../scripts/page-examples';
import { lawOf } from '../../web/law';
import { Layout } from '../../web/console/layout';
import { ConsoleLoginPage } from '../../web/console/login-page';
import type { Frame, Notice } from '../../web/console/model';
import { ContractPage } from '../../web/contract/contract-page';
import { money } from '../../web/money';
import type { PortalFrame } from '../../web/portal/model';
import { PortalPage } from '../../web/portal/portal-page';
import { renderPage } from '../../web/render';
import { LANGUAGES, localeOf, tagsOf, type Language } from '../../web/words/languages';

const plain = (text: string) => text.replace(/\s/g, ' ');

test.each([
  [1_234_50, 'eur', 'de', '1.234,50 €'],
  [1_234_50, 'usd', 'en', '$1,234.50'],
  [1_980, 'jpy', 'ja', '￥1,980'],
  [12_345, 'kwd', 'en', 'KWD 12.345'],
  [150_000_00, 'idr', 'en', 'IDR 150,000'],
  [5_00, 'isk', 'en', 'ISK 5'],
])('%i minor units of %s read in %s as %s', (amount, currency, tag, text) => {
  expect(plain(money(amount, currency, tag))).toBe(text);
});

const usual = brandingOf({ name: 'Northwind' }, undefined);

const model: CheckoutModel = {
  ...example,
  locale: { language: 'en', tag: 'en' },
  law: lawOf('DE'),
  seller: 'Northwind <script>',
  branding: { ...usual, display_name: 'Northwind <script>' },
  lines: [{ id: 'li_1', name: 'Team', quantity: 3, adjustable: { minimum: 1, maximum: 9 }, amount: 3_000, isOptional: false }],
  amounts: { subtotal: 3_000, discount: 300, shipping: 0, tax: 513, total: 3_213, due: 3_213 },
  renewal: { interval: 'month', count: 3, amount: 3_000, plusTax: true, from: 1_798_761_600, reduced: null },
  trialEnd: 1_798_761_600,
  optional: [{ price: 'price_2', name: 'Support', quantity: 1, amount: 500, recurring: { interval: 'month', count: 1 } }],
  saved: { cards: [{ id: 'pm_1', brand: 'visa', last4: '4242', expiry: '12/34', wallet: null }], isRemovable: true, isSavable: true },
  promotion: { isAsked: true, code: null },
  entered: { ...example.entered, country: '' },
  problem: 'declined',
  cancelUrl: null,
};

test.each(Object.keys(LANGUAGES) as Language[])('the page is whole in %s, and a text of the seller is no markup', (language) => {
  const words = LANGUAGES[language];
  const html = renderPage(CheckoutPage({ ...model, locale: { language, tag: language } }));
  expect(html).toContain(`<html lang="${language}">`);
  expect(html).toContain(words.withdrawal(14));
  expect(html).toContain(words.declined);
  const refused = renderPage(CheckoutPage({ ...model, problem: 'notApproved', locale: { language, tag: language } }));
  expect(refused).toContain(words.notApproved);
  for (const word of [words.addItem, words.savedCards, words.newCard, words.keepCard]) expect(html).toContain(word);
  expect(html).not.toMatch(/\$\{|undefined|NaN|<script>/);
  const outcome = renderPage(CheckoutPage({ ...model, state: 'processing', locale: { language, tag: language } }));
  expect(outcome).toContain(words.processing);
});

const frameOfConsole: Frame = {
  ...{ title: 'Invoices', seller: 'Northwind', user: 'ann', role: 'owner', livemode: false, csrf: '', groups: [], query: '', notice: null },
};

test('a page begins at what was wrong with the last form, or what it has done, so that a screen reader says it', () => {
  const frame = { locale: { language: 'en', tag: 'en' }, branding: usual, isTest: true, submission: 'sub_1' } as const;
  const ofPortal: PortalFrame = {
    ...{ ...frame, base: '/p/session/1', headline: null, privacy: null, terms: null, returnUrl: null, help: '/help/acct_1' },
    ...{ contracts: null, isSaved: false },
    problem: 'wrongCard',
  };
  const [card, form] = [
    { name: 'card', holder: '', methods: ['card'], isFirst: true },
    { name: 'form', entries: {}, isWrong: true },
  ] as const;
  const pages = [
    CheckoutPage(model),
    PortalPage({ frame: ofPortal, view: card }),
    ContractPage({ frame: { ...frame, type: 'cancellation' }, view: form }),
  ];
  for (const page of pages) expect(renderPage(page)).toMatch(/<p class="problem" role="alert" tabindex="-1" autofocus="">/);
  const login = {
    name: 'login',
    back: '/console',
    email: '',
    problem: 'refused',
    note: null,
    ways: { passkey: true, signOn: false },
  } as const;
  expect(renderPage(ConsoleLoginPage({ action: '/console/login', view: login }))).toMatch(
    /role="alert" tabindex="-1" autofocus="">You are not/,
  );
  const told = (notice: Notice) => renderPage(Layout({ frame: { ...frameOfConsole, notice }, children: null }));
  expect(told({ kind: 'problem', text: 'It is paid.' })).toContain('role="alert" tabindex="-1" autofocus="">It is paid.');
  expect(told({ kind: 'done', text: 'Done: Void.' })).toContain('role="status" tabindex="-1" autofocus="">Done: Void.');
  const right = ContractPage({ frame: { ...frame, type: 'cancellation' }, view: { ...form, isWrong: false } });
  expect(renderPage(right)).not.toContain('role="alert"');
});

test('the button states the obligation to pay where the law asks for it, and the terms stand before it', () => {
  const page = (country: string) => renderPage(CheckoutPage({ ...model, law: lawOf(country), trialEnd: null }));
  expect(page('FR')).toContain('Subscribe with obligation to pay');
  expect(page('GB')).toContain('Subscribe with obligation to pay');
  expect(page('US')).toContain('I agree to be charged');
  expect(page('US')).not.toContain('obligation');
  expect(page('JP')).not.toContain('I agree to be charged');
  const trial = (needsCard: boolean) => renderPage(CheckoutPage({ ...model, law: lawOf('JP'), needsCard }));
  expect(trial(true)).toContain('I agree to be charged');
  expect(trial(false)).not.toContain('I agree to be charged');
  const usage = { ...model, law: lawOf('JP'), renewal: model.renewal && { ...model.renewal, amount: null } };
  expect(renderPage(CheckoutPage(usage))).toContain('I agree to be charged for my usage every 3 months until I cancel.');
  const wallet = (country: string) => renderPage(CheckoutPage({ ...model, law: lawOf(country), wallets: ['google_pay'] }));
  expect(wallet('DE')).toContain('>Google Pay (Test mode) – order with obligation to pay</button>');
  expect(wallet('US')).toContain('>Google Pay (Test mode)</button>');
  const html = page('DE');
  expect(html.indexOf('every 3 months')).toBeLessThan(html.indexOf('Subscribe with obligation'));
});

test('the language is the first of the browser that the pages have, with its own numbers', () => {
  expect(localeOf(tagsOf('xx, de-AT;q=0.9, en;q=0.8'))).toEqual({ language: 'de', tag: 'de-AT' });
  expect(localeOf(tagsOf(undefined))).toEqual({ language: 'en', tag: 'en' });
  expect(localeOf(tagsOf('de-<script>'))).toEqual({ language: 'en', tag: 'en' });
  for (const tag of ['de-DE-DE', 'de-12', 'en-abcd-efgh']) expect(localeOf(tagsOf(`${tag}, fr`))).toEqual({ language: 'fr', tag: 'fr' });
});
