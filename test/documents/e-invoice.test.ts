import fc from 'fast-check';
import { creditNoteTerms, invoiceTerms } from '../../documents/e-invoice/terms';
import { ciiOf } from '../../documents/e-invoice/cii';
import { hybridInvoice } from '../../documents/e-invoice/hybrid';
import { ublOf } from '../../documents/e-invoice/ubl';
import { xrechnungOfInvoice } from '../../documents/e-invoice/xrechnung';
import type { Invoice } from '../../domain/rows/invoice';
import { documentRows, GERMAN, type Case, type Line } from './cases';

const cents = (text: string): number => Math.round(Number(text) * 100);
const sum = (amounts: number[]): number => amounts.reduce((before, amount) => before + amount, 0);

const line: fc.Arbitrary<Line> = fc.record({
  amount: fc.integer({ min: 2000, max: 10_000_000 }),
  quantity: fc.option(fc.integer({ min: 0, max: 1000 })),
  discount: fc.integer({ min: 0, max: 1000 }),
  rate: fc.constantFrom('7', '19', '25.5'),
  inclusive: fc.boolean(),
});
const credit = line.map((each) => ({ ...each, amount: -1 - (each.amount % 900), discount: 0 }));

test('whatever an invoice has, its e-invoice sums exactly as the standard demands (BR-CO-10 to 16), and its prices explain its lines', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.option(credit), (charges, back) => {
      const rows = documentRows({ lines: back ? [...charges, back] : charges });
      for (const terms of [invoiceTerms('in_1', rows), creditNoteTerms('cn_1', rows)]) {
        const { totals, taxes, lines } = terms;
        expect(sum(lines.map(({ net }) => cents(net)))).toBe(cents(totals.lines));
        expect(sum(taxes.map(({ amount }) => cents(amount)))).toBe(cents(totals.tax));
        expect(sum(taxes.map(({ base }) => cents(base)))).toBe(cents(totals.withoutTax));
        expect(cents(totals.withoutTax) + cents(totals.tax)).toBe(cents(totals.withTax));
        expect(cents(totals.withTax) - cents(totals.prepaid)).toBe(cents(totals.payable));
        for (const { quantity, price, perQuantity, net, allowances } of lines) {
          expect(Number(price)).toBeGreaterThanOrEqual(0);
          const priced = Math.round((Number(quantity) * Number(price) * 100) / Number(perQuantity));
          expect(priced - sum(allowances.map(({ amount }) => cents(amount)))).toBe(cents(net));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test.each<[string, Case, string]>([
  ['a currency of three decimals', { lines: [{ amount: 1000 }], currency: 'kwd' }, 'its currency has 3 decimals'],
  ['a negative total', { lines: [{ amount: -1000, rate: '19' }] }, 'its total is negative'],
  ['no seller id', { lines: [{ amount: 1000, rate: '19' }], sellerVat: null }, "the seller's tax id is missing"],
  ['no buyer id', { lines: [{ amount: 1000, rate: '0', reason: 'reverse_charge' }] }, "a reverse charge needs the buyer's VAT number"],
  ['no country', { lines: [{ amount: 1000, rate: '19' }], buyer: 'Germany' }, "the customer's country is missing"],
  ['a taxed and a not taxable line', { lines: [{ amount: 1000, rate: '19' }, { amount: 1 }] }, 'some of its lines are subject to the tax'],
])('%s cannot be an e-invoice, which is said, and the PDF is an ordinary one', (_what, of, why) => {
  const rows = documentRows(of);
  expect(() => invoiceTerms('in_1', rows)).toThrow(why);
  expect(hybridInvoice('in_1', rows).facturX).toBeNull();
});

test('what people write cannot break the XML', () => {
  const rows = documentRows({ lines: [{ amount: 1000, rate: '19' }], invoice: { footer: 'a < b & "c" \u0001 ]]>' } });
  const xml = ciiOf(invoiceTerms('in_1', rows));
  expect(xml).toContain('<ram:Content>a &lt; b &amp; &quot;c&quot;  ]]&gt;</ram:Content>');
  expect(xml).toContain('<ram:Name>Nordlicht &lt;GmbH&gt; &amp; Co.</ram:Name>');
});

test('outside the scope of the tax, no number of a taxable person is named (BR-O-02)', () => {
  const { seller, buyer, taxes } = invoiceTerms('in_1', documentRows({ lines: [{ amount: 1000 }], buyer: 'US', buyerVat: 'DE123456789' }));
  expect([seller.vatId, buyer.vatId, taxes]).toEqual([
    null,
    null,
    [{ category: 'O', rate: null, base: '10.00', amount: '0.00', exemption: { reason: 'No VAT is collected', code: 'VATEX-EU-O' } }],
  ]);
});

test('a sale outside the scope and one on which the seller collects nothing have one category, and each its own reason', () => {
  const reasonOf = (reason: string) => invoiceTerms('in_1', documentRows({ lines: [{ amount: 1000, rate: '0', reason }] })).taxes;
  expect(reasonOf('not_subject_to_tax')).toMatchObject([
    { category: 'O', exemption: { reason: 'Not subject to VAT', code: 'VATEX-EU-O' } },
  ]);
  expect(reasonOf('not_collecting')).toMatchObject([{ category: 'O', exemption: { reason: 'No VAT is collected', code: 'VATEX-EU-O' } }]);
});

test('where the tax in a price is waived, the net is what is left (100.00 with 10 % inside: 90.91)', () => {
  const rows = documentRows({ lines: [{ amount: 10_000, rate: '10', inclusive: true, reason: 'customer_exempt' }] });
  const line = rows.get('invoiceLineItem', 'il_0');
  const taxes = line.taxes.map((tax) => ({ ...tax, waived: 909 }));
  rows.put('invoiceLineItem', { ...line, taxes });
  const total = { total: 9091, totalExcludingTax: 9091, amountRemaining: 9091, amountDue: 9091 };
  rows.put('invoice', { ...rows.get('invoice', 'in_1'), totalTaxes: taxes, ...total });
  const { totals, taxes: said } = invoiceTerms('in_1', rows);
  expect(totals).toMatchObject({ withoutTax: '90.91', withTax: '90.91', payable: '90.91' });
  expect(said).toMatchObject([{ category: 'E', base: '90.91', amount: '0.00' }]);
});

test('who receives the goods is BG-13, in both syntaxes; without a town or a postal code it is left out (BR-DE-10, -11)', () => {
  const address = { city: 'Lyon', country: 'FR', line1: 'Rue 1', line2: null, postal_code: '69001', state: null };
  const to = (change: Partial<typeof address>): Case => ({
    lines: [{ amount: 1000, rate: '19' }],
    invoice: { shippingDetails: { name: 'Studio <2>', phone: null, address: { ...address, ...change } } },
  });
  const terms = invoiceTerms('in_1', documentRows(to({})));
  expect(terms.deliverTo).toMatchObject({ name: 'Studio <2>', city: 'Lyon', postalCode: '69001', country: 'FR' });
  expect(ublOf(terms)).toMatch(
    /<cac:Delivery><cbc:ActualDeliveryDate>[^<]+<\/cbc:ActualDeliveryDate><cac:DeliveryLocation><cac:Address>.*<cbc:CityName>Lyon<.*<\/cac:DeliveryLocation><cac:DeliveryParty><cac:PartyName><cbc:Name>Studio &lt;2&gt;</,
  );
  expect(ciiOf(terms)).toMatch(
    /<ram:ShipToTradeParty><ram:Name>Studio &lt;2&gt;<.*<ram:CityName>Lyon<.*<\/ram:ShipToTradeParty><ram:ActualDelivery/,
  );
  for (const change of [{ city: '' }, { postal_code: '' }, { country: 'France' }])
    expect(invoiceTerms('in_1', documentRows(to(change))).deliverTo).toBeNull();
});

test('the tax in the currency of its country is BT-6 and BT-111, in both syntaxes', () => {
  const nationalTax = { currency: 'pln', amount: 9778, exchangeRate: { rate: '4.2512', day: '2026-03-30', source: 'NBP' } };
  const terms = invoiceTerms('in_1', documentRows({ lines: [{ amount: 10_000, rate: '23' }], invoice: { nationalTax } }));
  const ubl = ublOf(terms);
  expect(ubl).toContain('<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>PLN</cbc:TaxCurrencyCode>');
  expect(ubl).toContain('<cac:TaxTotal><cbc:TaxAmount currencyID="PLN">97.78</cbc:TaxAmount></cac:TaxTotal><cac:LegalMonetaryTotal>');
  const cii = ciiOf(terms);
  expect(cii).toContain('<ram:TaxCurrencyCode>PLN</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>');
  expect(cii).toContain(
    '<ram:TaxTotalAmount currencyID="EUR">23.00</ram:TaxTotalAmount><ram:TaxTotalAmount currencyID="PLN">97.78</ram:TaxTotalAmount>',
  );
  const unknown = { ...nationalTax, amount: null, exchangeRate: null };
  const without = invoiceTerms('in_1', documentRows({ lines: [{ amount: 10_000, rate: '23' }], invoice: { nationalTax: unknown } }));
  expect([ublOf(without), ciiOf(without)].filter((xml) => xml.includes('TaxCurrencyCode'))).toEqual([]);
});

const ONE_LINE: Case = { lines: [{ amount: 1000, rate: '19' }] };
const contact = GERMAN.sellerDetails?.contact ?? null;

test('XRechnung names the contact, the bank account and the Leitweg-ID', () => {
  const xml = ublOf(xrechnungOfInvoice('in_1', documentRows({ ...ONE_LINE, invoice: GERMAN })));
  for (const text of ['xrechnung_3.0', 'Ada Example', 'DE02120300000000202051', '04011000-12345-03']) expect(xml).toContain(text);
});

test.each<[string, Partial<Invoice>, string]>([
  ['contact', { sellerDetails: null }, "a contact's name"],
  [
    'telephone',
    { sellerDetails: { contact: contact && { ...contact, phone: '?' }, bank_account: null, page_size: 'auto' } },
    'three digits',
  ],
  ['Leitweg-ID', { customFields: null }, 'Leitweg-ID'],
  ['bank account', { sellerDetails: { contact, bank_account: null, page_size: 'auto' } }, 'the bank account'],
])('without a %s there is no XRechnung, which is said', (_what, change, why) => {
  const rows = documentRows({ ...ONE_LINE, invoice: { ...GERMAN, ...change } });
  expect(() => xrechnungOfInvoice('in_1', rows)).toThrow(why);
  expect(invoiceTerms('in_1', rows).number).toBe('NORD-0042');
});
