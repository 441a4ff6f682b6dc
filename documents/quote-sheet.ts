import type { Quote, QuoteLine } from '../domain/rows/quote';
import type { Rows } from '../domain/rows/rows';
import { formatsOf } from './formats';
import { partyOf, sellerOf } from './parties';
import type { Fact, Sheet, SheetLine, Sum } from './sheet';
import { discountsOf, type Writing } from './sums';
import { fill, languageOf } from './words';

/** What a quote says: its lines in full, what is due upfront, and what recurs. */
export function quoteSheet(id: string, rows: Rows): Sheet {
  const quote = rows.get('quote', id);
  const account = rows.get('account', quote.account);
  const customer = rows.find('customer', quote.customer);
  const language = languageOf(customer?.preferredLocales ?? [], account.country);
  const { words } = language;
  const writing: Writing = {
    rows,
    language,
    formats: formatsOf(language.tag),
    currency: quote.currency ?? account.defaultCurrency,
    withoutTax: false,
  };
  const taxIds = rows.where('taxId', (taxId) => taxId.customer === quote.customer && !taxId.deleted);
  const stamps: Partial<Record<Quote['status'], string>> = { accepted: words.accepted, canceled: words.canceled };
  return {
    title: words.quote,
    language: language.tag,
    pageSize: 'A4',
    madeAt: issuedAt(quote),
    stamp: stamps[quote.status] ?? null,
    number: quote.number,
    facts: factsOf(quote, writing),
    seller: partyOf(words.from, sellerOf(account, rows.all('taxSettings')[0]?.headOffice ?? null, []), language),
    parties: customer ? [partyOf(words.billTo, { ...customer, taxIds }, language)] : [],
    headline: quote.header,
    memo: quote.description,
    columns: [words.description, words.quantity, words.amount],
    lines: quote.lineItems.map((line) => lineOf(line, writing)),
    sums: sumsOf(quote, writing),
    tables: [],
    notes: quote.livemode ? [] : [words.testMode],
    footer: quote.footer,
    facturX: null,
    pageNumber: words.page,
  };
}

const issuedAt = ({ finalizedAt, created }: Quote): number => finalizedAt ?? created;

function factsOf(quote: Quote, { language: { words }, formats }: Writing): Fact[] {
  return [
    ...(quote.number === null ? [] : [{ label: words.number, value: quote.number }]),
    { label: words.issued, value: formats.date(issuedAt(quote)) },
    { label: words.validUntil, value: formats.date(quote.expiresAt) },
  ];
}

function lineOf(line: QuoteLine, { language: { words }, formats, currency }: Writing): SheetLine {
  return {
    text: line.description,
    details: line.discount === 0 ? [] : [`${words.discount}: ${formats.money(-line.discount, currency)}`],
    cells: [line.quantity === null ? words.metered : formats.quantity(String(line.quantity)), formats.money(line.subtotal, currency)],
  };
}

function sumsOf({ amounts, upfront, recurring }: Quote, writing: Writing): Sum[] {
  const { language, formats, currency } = writing;
  const { words } = language;
  const money = (amount: number): string => formats.money(amount, currency);
  const interval = recurring && formats.span(recurring.interval_count, recurring.interval);
  return [
    { label: words.subtotal, amount: money(amounts.subtotal) },
    ...discountsOf(amounts.discounts, writing).map(({ label, amount }) => ({ label, amount: money(-amount) })),
    ...(amounts.tax === 0 ? [] : [{ label: words.tax, amount: money(amounts.tax) }]),
    { label: words.total, amount: money(amounts.total), strong: true },
    { label: words.upfront, amount: money(upfront.total) },
    ...(recurring ? [{ label: fill(words.recurring, { interval: interval ?? '' }), amount: money(recurring.total) }] : []),
  ];
}
