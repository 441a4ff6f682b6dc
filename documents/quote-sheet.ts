import { labeled } from '../domain/core/labeled';
import { settingsOf } from '../domain/rows/account';
import type { DiscountAmount } from '../domain/rows/invoice';
import type { Quote, QuoteLine } from '../domain/rows/quote';
import type { Rows } from '../domain/rows/rows';
import { taxNotes, type Places } from './demands';
import { formatsOf } from './formats';
import { taxCell } from './invoice-sheet';
import { numbersOf, partyOf, sellerOf, type PartyFacts } from './parties';
import type { Fact, Party, Sheet, SheetLine, Sum } from './sheet';
import { discountsOf, sumsOf, taxTable, type Totals, type Writing } from './sums';
import { fill, languageOf, type Language } from './words';

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
  const totals = totalsOf(quote);
  const stamps: Partial<Record<Quote['status'], string>> = { accepted: words.accepted, canceled: words.canceled };
  return {
    title: words.quote,
    language: language.tag,
    pageSize: 'A4',
    madeAt: issuedAt(quote),
    stamp: stamps[quote.status] ?? null,
    number: quote.number,
    facts: factsOf(quote, writing),
    seller: partyOf(words.from, sellerOfQuote(quote, rows), language),
    parties: buyersOf(quote, rows, language),
    headline: quote.header,
    memo: quote.description,
    columns: [words.description, words.quantity, words.unitPrice, words.tax, words.amount],
    lines: quote.lineItems.map((line) => lineOf(line, quote.amounts.discounts, writing)),
    sums: [...sumsOf(totals, writing, words.total), ...dueSums(quote, writing)],
    tables: taxTable(totals, writing),
    notes: notesOf(quote, { seller: account.country, buyer: customer?.address?.country ?? null }, language),
    footer: quote.footer,
    facturX: null,
    pageNumber: words.page,
  };
}

/** As the invoice of the quote would name the seller. */
function sellerOfQuote(quote: Quote, rows: Rows): PartyFacts {
  const account = rows.get('account', quote.account);
  const numbers = numbersOf(rows, { named: settingsOf(account, quote).invoices.default_account_tax_ids, until: issuedAt(quote) });
  return sellerOf(account, rows.all('taxSettings')[0]?.headOffice ?? null, numbers, rows.all('documentSettings')[0]?.contact);
}

function buyersOf(quote: Quote, rows: Rows, language: Language): Party[] {
  const customer = rows.find('customer', quote.customer);
  const taxIds = rows.where('taxId', (taxId) => taxId.customer === quote.customer && !taxId.deleted);
  return customer ? [partyOf(language.words.billTo, { ...customer, taxIds }, language)] : [];
}

function notesOf({ amounts, livemode }: Quote, places: Places, language: Language): string[] {
  return [...taxNotes(amounts.taxes, places, language), ...(livemode ? [] : [language.words.testMode])];
}

const issuedAt = ({ finalizedAt, created }: Quote): number => finalizedAt ?? created;

function factsOf(quote: Quote, { language: { words }, formats }: Writing): Fact[] {
  return [
    ...(quote.number === null ? [] : [{ label: words.number, value: quote.number }]),
    { label: words.issued, value: formats.date(issuedAt(quote)) },
    { label: words.validUntil, value: formats.date(quote.expiresAt) },
  ];
}

/** A line of a quote says how much is off, and not by which discounts. Of several, it names none. */
function discountOf(discounts: readonly DiscountAmount[], writing: Writing): string {
  const [one, ...others] = discountsOf(discounts, writing);
  return one && others.length === 0 ? one.label : writing.language.words.discount;
}

function lineOf(line: QuoteLine, discounts: readonly DiscountAmount[], writing: Writing): SheetLine {
  const { language, formats, currency } = writing;
  const { words } = language;
  return {
    text: line.description,
    details: line.discount === 0 ? [] : [labeled(language.tag, discountOf(discounts, writing), formats.money(-line.discount, currency))],
    cells: [
      line.quantity === null ? words.metered : formats.quantity(String(line.quantity)),
      line.unit_amount_decimal === null ? '' : formats.unitMoney(line.unit_amount_decimal, currency),
      taxCell(line, writing),
      formats.money(line.subtotal, currency),
    ],
  };
}

function totalsOf({ amounts, lineItems }: Quote): Totals {
  return {
    lines: lineItems.map(({ subtotal, discount, taxes }) => {
      return { amount: subtotal, discountAmounts: [{ amount: discount }], creditAmounts: [], taxes };
    }),
    subtotal: amounts.subtotal,
    totalExcludingTax: amounts.total - amounts.tax,
    total: amounts.total,
    totalDiscountAmounts: amounts.discounts,
    totalCreditAmounts: [],
    totalTaxes: amounts.taxes,
  };
}

/** What the acceptance bills at once, and what each period bills. */
function dueSums({ upfront, recurring }: Quote, { language: { words }, formats, currency }: Writing): Sum[] {
  const money = (amount: number): string => formats.money(amount, currency);
  const interval = recurring && formats.span(recurring.interval_count, recurring.interval);
  return [
    { label: words.upfront, amount: money(upfront.total) },
    ...(recurring ? [{ label: fill(words.recurring, { interval: interval ?? '' }), amount: money(recurring.total) }] : []),
  ];
}
