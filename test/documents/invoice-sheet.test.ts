import fc from 'fast-check';
import { creditNoteSheet } from '../../documents/credit-note-sheet';
import { invoiceSheet } from '../../documents/invoice-sheet';
import type { Account } from '../../domain/rows/account';
import type { Invoice, TaxAmount } from '../../domain/rows/invoice';
import type { TaxRate } from '../../domain/rows/tax-rate';
import type { TaxId } from '../../domain/rows/tax-id';
import { Rows } from '../../domain/rows/rows';
import * as rows from '../objects/rows';
import { documentRows, type Line } from './cases';

const sum = (amounts: number[]): number => amounts.reduce((before, amount) => before + amount, 0);
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

test.each(['not_collecting', 'not_supported'])(
  'of a tax that the seller does not collect (%s), it does not say that there is none',
  (reason) => {
    const rate = { isAutomatic: true, taxType: null, percentage: '0' };
    const { sums, notes, lines } = sheetOf({ tax: taxOf({ amount: 0, taxable_amount: 0, taxability_reason: reason }), rate });
    expect(sums.map(({ label, amount }) => `${label}: ${amount}`)).toContain('Tax Not collected · €100.00: €0.00');
    expect([...notes, ...lines.flatMap(({ cells }) => cells)].join()).not.toContain('Not');
  },
);

test('goods go to whom the invoice names, or else to the shipping address of the customer', () => {
  const to = (name: string) => ({ name, phone: null, address });
  const receives = (invoice: Partial<Invoice>) =>
    sheetOf({ invoice }).parties.map(({ heading, lines }) => `${heading}: ${String(lines[0])}`);
  const customerDetails = { ...details, shipping: to('Warehouse') };
  expect(receives({})).toEqual(['Bill to: Jo & Söhne']);
  expect(receives({ customerDetails })).toEqual(['Bill to: Jo & Söhne', 'Ship to: Warehouse']);
  expect(receives({ customerDetails, shippingDetails: to('Studio') })).toEqual(['Bill to: Jo & Söhne', 'Ship to: Studio']);
  expect(receives({ shippingDetails: to('Studio') })).toEqual(['Bill to: Jo & Söhne', 'Ship to: Studio']);
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

test.each([
  [{ city: 'Milano', country: 'IT', postal_code: '20121', state: 'MI' }, ['20121 Milano MI', 'Italy']],
  [{ city: 'Milano', country: 'IT', postal_code: '20121', state: null }, ['20121 Milano', 'Italy']],
  [{ city: 'Guadalajara', country: 'MX', postal_code: '44100', state: 'Jal.' }, ['44100 Guadalajara, Jal.', 'Mexico']],
  [{ city: 'Austin', country: 'US', postal_code: '78701', state: 'TX' }, ['Austin, TX 78701', 'United States']],
  [{ city: 'Girona', country: 'ES', postal_code: '17001', state: 'Catalunya' }, ['17001 Girona', 'Catalunya', 'Spain']],
])('the province of %j stands where its country has it', (place, lines) => {
  const to = { ...place, line1: 'Street 1', line2: null };
  const sheet = sheetOf({ invoice: { customerDetails: { ...details, address: to } } });
  expect(sheet.parties[0]?.lines.slice(1, -1)).toEqual(['Street 1', ...lines]);
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

test('whatever is taken off, lines and sums without the tax in prices lead to the same total', () => {
  const amounts = fc.record({
    amount: fc.integer({ min: 100, max: 100_000 }),
    off: fc.integer({ min: 0, max: 100 }),
    rate: fc.constantFrom('7', '19'),
  });
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 1, maxLength: 4 }), (charges) => {
      const rendering = { amount_tax_display: 'exclude_tax' as const, template: null, template_version: null };
      const lines = charges.map(({ amount, off, rate }): Line => ({
        amount,
        rate,
        inclusive: true,
        discount: Math.floor((amount * off) / 100),
      }));
      const made = documentRows({ lines, locale: 'en', invoice: { rendering } });
      for (const { lines: shown, sums } of [invoiceSheet('in_1', made), creditNoteSheet('cn_1', made)]) {
        const cents = (text = ''): number => Math.round(Number(text.replace(/[^-\d.]/g, '')) * 100);
        const labeled = (label: string): number =>
          sum(sums.filter((each) => each.label.startsWith(label)).map((each) => cents(each.amount)));
        expect(sum(shown.map(({ cells }) => cents(cells.at(-1))))).toBe(labeled('Subtotal'));
        expect(
          sum(
            shown.flatMap(({ details: texts }) =>
              texts.filter((text) => text.startsWith('Launch')).map((text) => cents(text.split(': ')[1])),
            ),
          ),
        ).toBe(labeled('Launch'));
        expect(labeled('Subtotal') + labeled('Launch')).toBe(labeled('Total excluding tax'));
        expect(made.get('invoice', 'in_1').totalExcludingTax).toBe(labeled('Total excluding tax'));
      }
    }),
    { numRuns: 60 },
  );
});

test('where the tax in a price is waived, the document taxes nothing of what is left, and an e-invoice says the same', () => {
  const waived = taxOf({ amount: 0, taxable_amount: 0, taxability_reason: 'customer_exempt', tax_behavior: 'inclusive', waived: 909 });
  const invoice = { subtotal: 10_000, subtotalExcludingTax: 9091, totalExcludingTax: 9091, total: 9091, amountRemaining: 9091 };
  const { sums, tables } = sheetOf({ tax: waived, invoice });
  expect(sums.map(({ label, amount }) => `${label}: ${amount}`)).toContain('VAT Exempt from tax · €90.91: €0.00');
  expect(tables[0]?.rows).toEqual([['VAT', 'Exempt from tax', '€90.91', '€0.00', '€90.91']]);
});

test('a line of an invoice of several subscriptions names its own; an invoice of one does not', () => {
  const details = (invoice: Partial<Invoice>) => sheetOf({ invoice }).lines.flatMap((line) => line.details);
  expect(details({ subscription: null, consolidates: ['sub_1', 'sub_2'] })).toContain('sub_1');
  for (const one of [{ subscription: null, consolidates: ['sub_1'] }, { subscription: 'sub_1' }])
    expect(details(one)).not.toContain('sub_1');
});
