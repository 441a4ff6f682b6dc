import { brandingOf } from '../../domain/checkout/branding';
import { MAIL_KINDS, type MailFacts, type MailKind, type MailSeller } from '../../domain/rows/mail';
import { viewOf } from '../../web/mail/model';
import { renderMail } from '../../web/mail/render';
import { MAIL_SAMPLES } from '../../web/mail/samples';
import { LANGUAGES, type Language } from '../../web/words/languages';
import { MAIL_WORDS } from '../../web/words/mail';

const seller: MailSeller = {
  branding: brandingOf({ name: 'Northwind & Söhne' }, undefined),
  footer: 'Northwind Ltd, Dublin',
  loginUrl: 'https://billing.example.com/p/login/1',
  isTest: false,
};
const linkTo = (id: string): string => `https://billing.example.com/cancel/link/${id}_key`;
const languages = Object.keys(LANGUAGES) as Language[];
const all = languages.flatMap((language) => MAIL_KINDS.map((kind) => ({ language, kind })));
const view = (kind: MailKind, language: Language, facts: MailFacts = MAIL_SAMPLES[kind]) =>
  viewOf({ mail: { about: 'sub_1', kind, facts, locales: [language] }, seller, linkTo });

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('every language says the same things: each text names what the English one names', () => {
  for (const { language, kind } of all) {
    const [own, english] = [MAIL_WORDS[language].kinds[kind], MAIL_WORDS.en.kinds[kind]];
    expect({ language, kind, names: placeholders(`${own.subject}${own.text}`) }).toEqual({
      ...{ language, kind },
      names: placeholders(`${english.subject}${english.text}`),
    });
  }
});

test.each(languages)('every kind of mail is complete in %s', (language) => {
  for (const kind of MAIL_KINDS) {
    const { subject, text, html } = renderMail({
      linkTo,
      mail: { about: 'sub_1', kind, facts: MAIL_SAMPLES[kind], locales: [language] },
      seller,
    });
    for (const part of [subject, text, html.replace(/<style>.*<\/style>/, '')]) {
      expect(part).not.toMatch(/undefined|null|NaN|\{\w+\}|Invalid Date/);
    }
    const { paragraphs, rows, notes, button } = view(kind, language);
    for (const said of [subject, ...paragraphs, ...notes, ...rows.map(({ value }) => value), button?.label ?? '']) {
      expect(said.trim()).toBe(said);
      expect(said.length).toBeGreaterThan(0);
      expect(said).not.toMatch(/ {2}| \.|\(\)/);
    }
    expect(html).toContain(`<html lang="${language}"`);
    expect(text).toContain(button?.url ?? '');
  }
});

test('a mail in another language is in other words, and amounts are written as there', () => {
  const texts = languages.map((language) => view('receipt', language).paragraphs[0]);
  expect(new Set(texts).size).toBe(languages.length);
  expect(view('renewal', 'de').paragraphs[0]).toContain('180,00\u00a0€');
  expect(view('renewal', 'en').paragraphs[0]).toContain('€180.00');
  expect(view('card_expiring', 'fr').paragraphs[0]).toContain('avril 2026');
  // Without an invoice.
  expect(view('receipt', 'de', { amount: 1900, currency: 'eur' }).button?.label).toBe('Zahlungsbeleg');
  const first = { ...MAIL_SAMPLES.renewal, date: Date.UTC(2027, 0, 1) / 1000 };
  expect(view('renewal', 'fr', first).subject).toMatch(/le 1er janvier 2027$/);
  expect(view('renewal', 'es', first).subject).toMatch(/el 1 de enero de 2027$/);
});

test('a colon after a label is written as in its language, and no French line breaks before one', () => {
  const firstLine = (language: Language): string => {
    const { text } = renderMail({
      linkTo,
      mail: { about: 'sub_1', kind: 'invoice', facts: MAIL_SAMPLES.invoice, locales: [language] },
      seller,
    });
    const { rows } = view('invoice', language);
    return text.split('\n').find((line) => line.startsWith(rows[0]?.label ?? '-') && line.endsWith(rows[0]?.value ?? '-')) ?? '';
  };
  expect(firstLine('en')).toMatch(/^[^:]+\w: \S/);
  expect(firstLine('fr')).toMatch(/^[^:]+\w\u00a0: \S/);
  expect(firstLine('ja')).toMatch(/^[^：]+：\S/);
  for (const kind of MAIL_KINDS) {
    const { text } = renderMail({ linkTo, mail: { about: 'sub_1', kind, facts: MAIL_SAMPLES[kind], locales: ['fr'] }, seller });
    // Words of others are as they have written them.
    const own = (MAIL_SAMPLES[kind].message ?? '')
      .split('\n')
      .reduce((left, line) => left.replace(line, ''), text)
      .replace(/https?:\S+/g, '');
    expect(own.match(/.{0,20}(?<![\u00a0\d])[:?!;»]/gu) ?? []).toEqual([]);
  }
});

test('a confirmation of a declaration is in the language of its mail, whatever language its page had', () => {
  for (const kind of ['cancellation', 'request_answered', 'withdrawal'] as const) {
    const { paragraphs, rows } = view(kind, 'de');
    expect(paragraphs.join(' ')).toContain('Der Vertrag endet am 31. März 2026.');
    expect(rows.map(({ label }) => label)).toEqual(expect.arrayContaining(['Erklärung', 'Eingegangen']));
  }
});

test('a mail loads nothing, and text of others stays text', () => {
  const facts = { ...MAIL_SAMPLES.renewal, product: '<img src=x onerror=alert(1)>\r\nBcc: eve@example.com' };
  const { subject, html } = renderMail({ linkTo, mail: { about: 'sub_1', kind: 'renewal', facts, locales: [] }, seller });
  expect(html).not.toMatch(/<img|<script|<link|url\(/i);
  expect(html).toContain('&lt;img');
  expect(subject).not.toMatch(/[\r\n]/);
  const everything = MAIL_KINDS.map(
    (kind) => renderMail({ linkTo, mail: { about: 'sub_1', kind, facts: MAIL_SAMPLES[kind], locales: [] }, seller }).html,
  );
  expect(everything.join('')).not.toMatch(/<img|<script|<link|@import|url\(/i);
});

test('without a page to log in, a mail that leads nowhere else has no button', () => {
  const nowhere = { ...seller, loginUrl: null };
  const mail = { about: 'sub_1', kind: 'subscription_canceled', facts: MAIL_SAMPLES.subscription_canceled, locales: [] } as const;
  expect(viewOf({ mail: { ...mail, locales: [] }, seller: nowhere, linkTo })).toMatchObject({
    button: null,
    manage: null,
  });
});

test.each(['renewal', 'subscription_started', 'trial_ending'] as const)('a %s mail has a link that cancels without a login', (kind) => {
  const { text, html } = renderMail({ linkTo, mail: { about: 'sub_1', kind, facts: MAIL_SAMPLES[kind], locales: ['en'] }, seller });
  for (const part of [text, html]) expect(part).toContain('https://billing.example.com/cancel/link/sub_1_key');
  expect(text).toContain('Cancel without logging in');
});
