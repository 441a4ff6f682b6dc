/** Renders tax returns: Dunlin's own. */
import { CURRENCY_OF, nineBoxes, type MissingRate, type ReturnForm, type ReturnLine } from '../domain/tax/returns';
import { csvOf, majorUnits } from './csv';
import type { WireExchangeRate, WireTaxReturn } from './shapes/tax-return';

interface Report {
  form: ReturnForm;
  period: string;
  livemode: boolean;
  lines: ReturnLine[];
  missing: MissingRate[];
}

export function toTaxReturn({ form, period, livemode, lines, missing }: Report): WireTaxReturn {
  return {
    id: null,
    object: 'tax_return',
    boxes: form === 'gb_vat' ? nineBoxes(lines) : null,
    closed_at: null,
    currency: CURRENCY_OF[form],
    form,
    lines: lines.map((line) => ({
      ...amountsOf(line),
      account: line.account,
      country: line.country,
      original_period: line.originalPeriod,
      part: line.part,
      rate: line.rate,
      reason: line.reason,
      sources: line.sources.map(amountsOf),
      state: line.state,
      tax_id: line.taxId,
    })),
    livemode,
    missing_exchange_rates: missing.map(({ fromCurrency: from, toCurrency: to, day: date }) => ({ date, from, to })),
    period,
    status: 'open',
    totals: totalsOf(lines),
  };
}

const amountsOf = ({ currency, taxableAmount, taxAmount }: { currency: string; taxableAmount: number; taxAmount: number }) => ({
  currency,
  tax_amount: taxAmount,
  taxable_amount: taxableAmount,
});

/** The balance of each country: a negative one is not offset against others. */
function totalsOf(lines: readonly ReturnLine[]): WireTaxReturn['totals'] {
  const totals = new Map<string, WireTaxReturn['totals'][number]>();
  for (const { country, currency, taxableAmount, taxAmount } of lines) {
    const key = `${country ?? ''} ${currency}`;
    const before = totals.get(key) ?? { country, currency, tax_amount: 0, taxable_amount: 0 };
    totals.set(key, {
      ...before,
      tax_amount: before.tax_amount + taxAmount,
      taxable_amount: before.taxable_amount + taxableAmount,
    });
  }
  return [...totals.values()];
}

const HEADINGS = [
  ...['part', 'original_period', 'country', 'state', 'account', 'rate', 'reason', 'tax_id', 'currency'],
  ...['taxable_amount', 'tax_amount'],
];

/** The lines as CSV. For the One-Stop Shop, part 2 in the layout that the German Federal Central Tax Office (BZSt) takes. */
export function taxReturnCsv({ form, lines }: WireTaxReturn): string {
  if (form === 'oss_union') return bzstCsv(lines);
  return csvOf(
    HEADINGS,
    lines.map((line) => [
      ...[line.part, line.original_period, line.country, line.state, line.account, line.rate, line.reason, line.tax_id, line.currency],
      majorUnits(line.taxable_amount, line.currency),
      majorUnits(line.tax_amount, line.currency),
    ]),
  );
}

const BZST = ['Land des Verbrauchs', 'Umsatzsteuertyp', 'Umsatzsteuersatz', 'Steuerbemessungsgrundlage, Nettobetrag', 'Umsatzsteuerbetrag'];

function bzstCsv(lines: WireTaxReturn['lines']): string {
  const sales = lines.filter(({ part }) => part === 'sales');
  const rows = sales.map((line) => [
    line.country === 'GR' ? 'EL' : line.country,
    line.reason === 'reduced_rated' ? 'REDUCED' : 'STANDARD',
    Number(line.rate).toFixed(2),
    majorUnits(line.taxable_amount, line.currency),
    majorUnits(line.tax_amount, line.currency),
  ]);
  return `#v1.0\r\n#ve1.1.0\r\n${csvOf(BZST, rows)}`;
}

interface Rate {
  id: string;
  livemode: boolean;
  created: number;
  fromCurrency: string;
  toCurrency: string;
  rate: string;
  day: string;
  source: string | null;
}

export const toExchangeRate = ({ id, livemode, created, fromCurrency, toCurrency, rate, day, source }: Rate): WireExchangeRate => ({
  id,
  object: 'exchange_rate',
  created,
  date: day,
  from: fromCurrency,
  livemode,
  rate,
  source,
  to: toCurrency,
});
