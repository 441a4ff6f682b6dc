import { invoiceSheet } from '../../documents/invoice-sheet';
import type { Account } from '../../domain/rows/account';
import type { Invoice, TaxAmount } from '../../domain/rows/invoice';
import type { TaxRate } from '../../domain/rows/tax-rate';
import type { TaxId } from '../../domain/rows/tax-id';
import { Rows } from '../../domain/rows/rows';
import * as rows from '../objects/rows';

const address = { city: 'Praha', country: 'CZ', line1: 'Náměstí Míru 9', line2: null, postal_code: '120 00', state: null };
const details = { name: 'Jo & Söhne', email: null, phone: null, shipping: null, address, tax_exempt: 'none' as const };
const taxOf = (change: Partial<TaxAmount> = {}): TaxAmount => ({
  ...{ amount: 1900, tax_behavior: 'exclusive', tax_rate: 'txr_1', taxability_reason: 'standard_rated', taxable_amount: 10_000 },
  ...change,
});

interface Case {
  invoice?: Partial<Invoice>;
  account?: Partial<Account>;
  locales?: string[];
  tax?: TaxAmount;
  own?: Pick<TaxId, 'type' | 'value'>;
  rate?: Partial<TaxRate>;
}

function sheetOf({ invoice: change = {}, account: seller = {}, locales = [], tax = taxOf(), own, rate = {} }: Case) {
  const account = rows.account({ country: 'DE', name: 'Nordlicht GmbH', ...seller });
  const invoice = rows.invoice({
    ...{ id: 'in_1', account: account.id, status: 'open', currency: 'eur', customerDetails: details, totalTaxes: [tax] },
    ...{ subtotal: 10_000, totalExcludingTax: 10_000, total: 10_000 + tax.amount, amountRemaining: 10_000 + tax.amount },
    ...{ startingBalance: 0, endingBalance: 0, accountTaxIds: own ? ['txi_own'] : null, ...change },
  });
  const line = { invoice: 'in_1', position: 1, amount: 10_000, taxes: [tax], discountAmounts: [], creditAmounts: [] };
  return invoiceSheet(
    'in_1',
    new Rows({
      account: [account],
      invoice: [invoice],
      invoiceLineItem: [rows.invoiceLineItem(line)],
      taxRate: [rows.taxRate({ id: 'txr_1', displayName: 'VAT', percentage: '19', ...rate })],
      customer: [rows.customer({ id: invoice.customer, preferredLocales: locales })],
      taxId: own ? [rows.taxId({ id: 'txi_own', customer: null, ...own })] : [],
    }),
  );
}

const labels = (sheet: { sums: { label: string; amount: string }[] }): string[] =>
  sheet.sums.map(({ label, amount }) => `${label}: ${amount}`);

test('the tax in the currency of its country stands below the total, with the rate, its day and its source', () => {
  const nationalTax = { currency: 'pln', amount: 9778, exchangeRate: { rate: '4.2512', day: '2026-03-30', source: 'NBP' } };
  expect(labels(sheetOf({ locales: ['pl'], invoice: { nationalTax } })).slice(-2)[0]).toBe(
    'VAT w PLN (1 EUR = 4,2512 PLN, 30 mar 2026, NBP): 97,78\u00a0zł',
  );
  const unknown = { ...nationalTax, amount: null, exchangeRate: null };
  expect(labels(sheetOf({ invoice: { nationalTax: unknown } })).join()).not.toContain('PLN');
});

test('value added tax of automatic tax has the name of the language, a rate of the seller its own', () => {
  const [automatic, own] = [true, false].map((isAutomatic) => sheetOf({ locales: ['es'], rate: { isAutomatic, taxType: 'vat' } }));
  const uncollected = sheetOf({ locales: ['ja'], rate: { isAutomatic: true, taxType: null, displayName: 'Tax' } });
  expect(labels(uncollected).join()).toContain('消費税');
  expect(automatic && labels(automatic).join()).toContain('IVA 19');
  expect(own && labels(own).join()).toContain('VAT 19');
});

test('the sums lead from the subtotal to what is due', () => {
  const sums = labels(
    sheetOf({ invoice: { startingBalance: -2000, amountPaid: 900, prePaymentCreditNotesAmount: 1000, amountRemaining: 8000 } }),
  );
  expect(sums).toEqual(
    [
      'Subtotal: €100.00',
      'Total excluding tax: €100.00',
      'VAT 19 % · €100.00: €19.00',
      'Total: €119.00',
      'Credit from your balance: -€20.00',
      'Credit notes: -€10.00',
      'Amount paid: -€9.00',
      'Amount due: €80.00',
    ].map((line) => line.replace('19 %', '19\u00a0%')),
  );
});

test('a reverse charge between member states names what is not taxed, who owes the tax, and the law', () => {
  const untaxed = taxOf({ amount: 0, taxable_amount: 0, taxability_reason: 'reverse_charge' });
  const { notes, tables } = sheetOf({ tax: untaxed, locales: ['de'] });
  expect(notes[0]).toBe('Steuerschuldnerschaft des Leistungsempfängers (Reverse charge) – 2006/112/EC, art. 196');
  expect(tables[0]?.rows).toEqual([
    ['VAT', 'Steuerschuldnerschaft des Leistungsempfängers', '100,00\u00a0€', '0,00\u00a0€', '100,00\u00a0€'],
  ]);
});

test.each([
  ['AU', {}, 'Tax invoice'],
  ['AU', { amount: 0, taxability_reason: 'not_collecting', taxable_amount: 0 }, 'Invoice'],
  ['US', {}, 'Invoice'],
])('an invoice from %s with the tax %j is called %s', (country, tax, title) => {
  expect(sheetOf({ account: { country }, tax: taxOf(tax) }).title).toBe(title);
});

test.each([
  [{ type: 'no_vat', value: '987654321' }, 'Org.nr 987654321 MVA'],
  [{ type: 'no_vat', value: '987654321MVA' }, 'Org.nr 987654321MVA'],
  [{ type: 'jp_trn', value: 'T1234567890123' }, '登録番号 T1234567890123'],
  [{ type: 'au_abn', value: '12345678912' }, 'ABN 12345678912'],
  [{ type: 'eu_vat', value: 'DE123456789' }, 'VAT ID DE123456789'],
] as const)("the seller's number %j reads %s", (own, text) => {
  expect(sheetOf({ own }).seller.lines).toContain(text);
});

test('a void invoice asks for nothing', () => {
  const sheet = sheetOf({ invoice: { status: 'void' } });
  expect(sheet).toMatchObject({ stamp: 'Void', headline: null });
  expect(labels(sheet).at(-1)).toBe('Amount due: €0.00');
});

test("the buyer's address and numbers are those of the finalization, the address in the order of its country", () => {
  expect(sheetOf({}).parties[0]?.lines).toEqual(['Jo & Söhne', 'Náměstí Míru 9', '120 00 Praha', 'Czechia', 'VAT ID DE123456789']);
});

test('lines are shown with the tax in their prices, or without it, and the sums lead to the same total', () => {
  const inside = taxOf({ amount: 1597, taxable_amount: 8403, tax_behavior: 'inclusive' });
  const inclusive = { totalTaxes: [inside], subtotal: 10_000, subtotalExcludingTax: 8403, totalExcludingTax: 8403, total: 10_000 };
  const sheets = [null, 'exclude_tax' as const].map((display) => {
    const rendering = { amount_tax_display: display, template: null, template_version: null };
    return sheetOf({ tax: inside, invoice: { ...inclusive, amountRemaining: 10_000, rendering } });
  });
  expect(sheets.map(({ lines }) => lines[0]?.cells.at(-1))).toEqual(['€100.00', '€84.03']);
  expect(sheets.map((sheet) => labels(sheet).map((line) => line.replace(/\u00a0/g, ' ')))).toEqual([
    ['Subtotal: €100.00', 'Total excluding tax: €84.03', 'VAT 19 % · €84.03 (included): €15.97', 'Total: €100.00', 'Amount due: €100.00'],
    ['Subtotal: €84.03', 'Total excluding tax: €84.03', 'VAT 19 % · €84.03: €15.97', 'Total: €100.00', 'Amount due: €100.00'],
  ]);
});

test('a line of an invoice of several subscriptions names its own; an invoice of one does not', () => {
  const details = (invoice: Partial<Invoice>) => sheetOf({ invoice }).lines.flatMap((line) => line.details);
  expect(details({ subscription: null, consolidates: ['sub_1', 'sub_2'] })).toContain('sub_1');
  for (const one of [{ subscription: null, consolidates: ['sub_1'] }, { subscription: 'sub_1' }])
    expect(details(one)).not.toContain('sub_1');
});
