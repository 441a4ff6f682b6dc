/**
 * Tax returns: what the entries of the tax accounts come to, per place, rate and period. An entry belongs to the period in which it is
 * posted. If its invoice became final in an earlier one, it is a correction of that period, and names it. A closed return stays as it is.
 */
import BigNumber from 'bignumber.js';
import { dayOf } from '../core/chart-of-accounts';
import { sumOf } from '../money/money';
import type { ExchangeRate } from '../rows/exchange-rate';
import { converted, rateOn } from './exchange-rates';
import { MEMBER_STATES, taxCountryOf } from './places';

/** `summary`: every place, in the currencies of the invoices. */
export const FORMS = ['oss_union', 'gb_vat', 'us_sales_tax', 'ec_sales_list', 'summary'] as const;
export type ReturnForm = (typeof FORMS)[number];

/** The currency in which a form is filed; null: each line in the currency of its invoices. */
export const CURRENCY_OF: Record<ReturnForm, string | null> = {
  oss_union: 'eur',
  gb_vat: 'gbp',
  us_sales_tax: 'usd',
  ec_sales_list: 'eur',
  summary: null,
};

/** The sum of the entries of one place, rate, reason, currency and month of the invoice. Positive: sales and the tax owed on them. */
export interface TaxLine {
  ledgerAccount: string;
  country: string | null;
  state: string | null;
  /** Percent, as the tax rate has it. */
  rate: string;
  reason: string | null;
  /** The customer's VAT number, if it is reverse-charged. */
  taxId: string | null;
  currency: string;
  invoicedAt: number;
  taxableAmount: number;
  taxAmount: number;
  /** Where the invoice states its tax in the currency of its country: that invoice, and its rate. */
  stated: { invoice: string; currency: string; rate: string } | null;
}

interface Period {
  start: number;
  end: number;
  kind: 'month' | 'quarter' | 'year';
}

export interface ReturnLine {
  part: 'sales' | 'corrections';
  account: string;
  country: string | null;
  state: string | null;
  rate: string;
  reason: string | null;
  taxId: string | null;
  /** The corrected period. */
  originalPeriod: string | null;
  currency: string;
  taxableAmount: number;
  taxAmount: number;
  /** The sums of the ledger, before conversion. */
  sources: { currency: string; taxableAmount: number; taxAmount: number }[];
}

export interface MissingRate {
  fromCurrency: string;
  toCurrency: string;
  day: string;
}

/** The span of `2026`, `2026-Q1` or `2026-01`, in UTC. */
export function returnPeriod(text: string): Period {
  const year = Number(text.slice(0, 4));
  const part = text.slice(5);
  if (part === '') return { start: Date.UTC(year, 0) / 1000, end: Date.UTC(year + 1, 0) / 1000, kind: 'year' };
  const [first, months] = part.startsWith('Q') ? [(Number(part.slice(1)) - 1) * 3, 3] : [Number(part) - 1, 1];
  return { start: Date.UTC(year, first) / 1000, end: Date.UTC(year, first + months) / 1000, kind: months === 3 ? 'quarter' : 'month' };
}

/** The period of this kind in which a time lies. */
export function periodAround(at: number, kind: Period['kind']): string {
  const date = new Date(at * 1000);
  const year = String(date.getUTCFullYear());
  if (kind === 'year') return year;
  if (kind === 'quarter') return `${year}-Q${String(Math.floor(date.getUTCMonth() / 3) + 1)}`;
  return date.toISOString().slice(0, 7);
}

/** The lines of a form, and the exchange rates that it needs and does not have. Amounts without a rate are left out of the line's sums. */
export function returnLines(
  form: ReturnForm,
  period: Period,
  lines: readonly TaxLine[],
  of: { home: string | null; rates: readonly ExchangeRate[] },
): { lines: ReturnLine[]; missing: MissingRate[] } {
  const groups = new Map<string, ReturnLine>();
  const missing = new Map<string, MissingRate>();
  for (const line of sourcesOf(form, period, lines, of.home)) {
    const { original, source } = line;
    const currency = CURRENCY_OF[form] ?? source.currency;
    const last = (original === null ? period.end : returnPeriod(original).end) - 1;
    const day = dayOf(last);
    const rate = statedRate(form, source)?.rate ?? rateOn(of.rates, source.currency, currency, day);
    if (rate === null) missing.set(`${source.currency} ${day}`, { fromCurrency: source.currency, toCurrency: currency, day });
    const key = JSON.stringify([original, source.ledgerAccount, source.rate, source.reason, source.taxId, currency]);
    const group = groups.get(key) ?? emptyLine(source, original, currency);
    groups.set(key, {
      ...group,
      taxableAmount: group.taxableAmount + inCurrency(source.taxableAmount, source.currency, currency, rate),
      taxAmount: group.taxAmount + inCurrency(source.taxAmount, source.currency, currency, rate),
      sources: [...group.sources, { currency: source.currency, taxableAmount: source.taxableAmount, taxAmount: source.taxAmount }],
    });
  }
  return { lines: [...groups.values()], missing: [...missing.values()] };
}

/**
 * A British return has the tax that the invoice states in pounds (VAT Act 1994, sched. 6 para. 11). The One-Stop Shop has one rate for a
 * quarter, whatever the invoices state (VAT directive, art. 369h).
 */
const statedRate = (form: ReturnForm, { stated }: TaxLine): TaxLine['stated'] =>
  form === 'gb_vat' && stated?.currency === CURRENCY_OF.gb_vat ? stated : null;

/** Zero without a rate: the return then names the rate that is missing. */
const inCurrency = (amount: number, from: string, to: string, rate: string | null): number =>
  rate === null ? 0 : converted(amount, from, to, rate);

function emptyLine(source: TaxLine, original: string | null, currency: string): ReturnLine {
  const { ledgerAccount: account, country, state, rate, reason, taxId } = source;
  const part = original === null ? 'sales' : 'corrections';
  return {
    part,
    account,
    country,
    state,
    rate,
    reason,
    taxId,
    originalPeriod: original,
    currency,
    taxableAmount: 0,
    taxAmount: 0,
    sources: [],
  };
}

/**
 * The form's lines, those of one original period and currency together, so that each sum is converted and rounded once. What an
 * invoice states is a sum of its own.
 */
function sourcesOf(form: ReturnForm, period: Period, lines: readonly TaxLine[], home: string | null) {
  const sums = new Map<string, { original: string | null; source: TaxLine }>();
  for (const line of lines.map(toAuthority).filter((each) => isOn(form, each, home))) {
    const original = line.invoicedAt >= period.start ? null : periodAround(line.invoicedAt, period.kind);
    const key = JSON.stringify([
      original,
      line.ledgerAccount,
      line.rate,
      line.reason,
      line.taxId,
      line.currency,
      statedRate(form, line)?.invoice,
    ]);
    const before = sums.get(key)?.source ?? { ...line, taxableAmount: 0, taxAmount: 0 };
    const taxableAmount = sumOf([before.taxableAmount, line.taxableAmount]);
    sums.set(key, { original, source: { ...before, taxableAmount, taxAmount: sumOf([before.taxAmount, line.taxAmount]) } });
  }
  return [...sums.values()].filter(({ source }) => source.taxableAmount !== 0 || source.taxAmount !== 0);
}

/** Tax on sales to Monaco is owed to France, that on the Isle of Man to Britain. */
const toAuthority = (line: TaxLine): TaxLine => ({ ...line, country: line.country === null ? null : taxCountryOf(line.country) });

/**
 * Which return a line is on. Sales to consumers in other member states: the One-Stop Shop. Reverse-charged ones to businesses there: the
 * recapitulative statement (VAT directive, art. 262).
 */
function isOn(form: ReturnForm, { country, reason, taxAmount }: TaxLine, home: string | null): boolean {
  const isAbroad = country !== null && country !== home && MEMBER_STATES.includes(country);
  if (form === 'oss_union') return isAbroad && taxAmount !== 0;
  if (form === 'ec_sales_list') return isAbroad && reason === 'reverse_charge';
  if (form === 'summary') return true;
  return form === 'gb_vat' ? country === 'GB' && isCollected(reason) : country === 'US';
}

/** Where the seller does not collect, a return of that country does not have the sale. */
const isCollected = (reason: string | null): boolean => reason !== 'not_collecting' && reason !== 'not_supported';

/**
 * The nine boxes of a British VAT return, in pounds: 1 to 5 with pence, 6 to 9 without. A biller knows the sales: boxes 1, 3, 5 and 6.
 * Acquisitions, purchases and what is reclaimed are for the seller to add.
 */
export function nineBoxes(lines: readonly ReturnLine[]): Record<string, string> {
  const due = sumOf(lines.map(({ taxAmount }) => taxAmount));
  const sales = sumOf(lines.map(({ taxableAmount }) => taxableAmount));
  const pence = (amount: number) => new BigNumber(amount).shiftedBy(-2).toFormat(2, { decimalSeparator: '.', groupSeparator: '' });
  const pounds = String(Math.trunc(sales / 100));
  return {
    vatDueSales: pence(due),
    vatDueAcquisitions: '0.00',
    totalVatDue: pence(due),
    vatReclaimedCurrPeriod: '0.00',
    netVatDue: pence(Math.abs(due)),
    totalValueSalesExVAT: pounds,
    totalValuePurchasesExVAT: '0',
    totalValueGoodsSuppliedExVAT: '0',
    totalAcquisitionsExVAT: '0',
  };
}
