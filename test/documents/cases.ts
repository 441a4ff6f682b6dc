/** Invoices and credit notes of every kind of tax, for the tests of documents. */
import type { CreditNote, CreditNoteLineItem } from '../../domain/rows/credit-note';
import type { Invoice, InvoiceLineItem, TaxAmount } from '../../domain/rows/invoice';
import type { TaxRate } from '../../domain/rows/tax-rate';
import { Rows } from '../../domain/rows/rows';
import * as rows from '../objects/rows';

export interface Line {
  /** Minor units, before discounts. */
  amount: number;
  quantity?: number | null;
  discount?: number;
  /** Percent. Absent: no tax. */
  rate?: string;
  inclusive?: boolean;
  reason?: string;
}

export interface Case {
  lines: Line[];
  seller?: string;
  buyer?: string;
  currency?: string;
  sellerVat?: string | null;
  buyerVat?: string | null;
  locale?: string;
  invoice?: Partial<Invoice>;
}

/** What XRechnung wants. */
export const GERMAN: Partial<Invoice> = {
  customFields: [{ name: 'Leitweg-ID', value: '04011000-12345-03' }],
  sellerDetails: {
    contact: { name: 'Ada Example', phone: '+49 30 1234', email: 'billing@example.com' },
    bank_account: { iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
    page_size: 'auto',
  },
};

const place = (country: string) => ({ city: 'Town', country, line1: 'Street 1 & 2', line2: null, postal_code: '10115', state: null });

/** The rows of an invoice `in_1`, and of a credit note `cn_1` that takes all of it back. */
export function documentRows(of: Case): Rows {
  const { seller = 'DE', buyer = 'DE', currency = 'eur', sellerVat = 'DE123456789', buyerVat = null, locale } = of;
  const lines = of.lines.map((line, index) => lineRow(line, index, currency));
  const taxes = summed(lines.flatMap((line) => line.taxes));
  const off = sum(lines.flatMap((line) => line.discountAmounts.map(({ amount }) => amount)));
  const inside = sum(taxes.filter((tax) => tax.tax_behavior === 'inclusive').map(({ amount }) => amount));
  const subtotal = sum(lines.map(({ amount }) => amount));
  const tax = sum(taxes.map(({ amount }) => amount));
  const net = subtotal - off - inside;
  const totals = {
    ...{ currency, subtotal, subtotalExcludingTax: subtotal - inside, totalExcludingTax: net, total: net + tax, totalTaxes: taxes },
    ...{ totalDiscountAmounts: off === 0 ? [] : [{ amount: off, discount: 'di_1' }], totalCreditAmounts: [] },
  };
  const account = rows.account({ country: seller, name: 'Nordlicht <GmbH> & Co.' });
  const invoice = rows.invoice({
    ...{ id: 'in_1', account: account.id, status: 'open', number: 'NORD-0042', livemode: true, dueDate: 1_801_209_600 },
    ...{ amountRemaining: net + tax, amountDue: net + tax, amountPaid: 0, startingBalance: 0, endingBalance: 0, accountTaxIds: null },
    ...{
      customerDetails: {
        name: 'Jo & Söhne',
        email: 'jo@example.com',
        phone: null,
        shipping: null,
        address: place(buyer),
        tax_exempt: 'none',
      },
    },
    ...{ customerTaxIds: buyerVat === null ? [] : [{ type: 'eu_vat', value: buyerVat }], ...totals, ...of.invoice },
  });
  const note: Partial<CreditNote> = {
    ...totals,
    nationalTax: invoice.nationalTax,
    prePaymentAmount: net + tax,
    postPaymentAmount: 0,
    outOfBandAmount: null,
    refunds: [],
  };
  return new Rows({
    account: [account],
    taxSettings: [rows.taxSettings({ headOffice: place(seller) })],
    taxId: sellerVat === null ? [] : [rows.taxId({ id: 'txi_own', created: 0, customer: null, type: 'eu_vat', value: sellerVat })],
    customer: [rows.customer({ id: invoice.customer, preferredLocales: locale === undefined ? [] : [locale] })],
    invoice: [invoice],
    invoiceLineItem: lines,
    taxRate: of.lines.flatMap(rateRow),
    discount: [rows.discount({ id: 'di_1', coupon: 'coupon_1' })],
    coupon: [rows.coupon({ key: 'coupon_1', name: 'Launch', percentOff: null, amountOff: 1000, currency })],
    creditNote: [rows.creditNote({ id: 'cn_1', account: account.id, invoice: 'in_1', number: 'NORD-0042-CN-01', ...note })],
    creditNoteLineItem: lines.map(noteLine),
  });
}

const sum = (amounts: number[]): number => amounts.reduce((before, amount) => before + amount, 0);
const rateId = ({ rate = '0', inclusive = false, reason = '' }: Line): string => `txr_${rate}_${String(inclusive)}_${reason}`;

function rateRow(line: Line): TaxRate[] {
  const { rate, inclusive = false } = line;
  return rate === undefined ? [] : [rows.taxRate({ id: rateId(line), displayName: 'VAT', percentage: rate, inclusive })];
}

function lineRow(line: Line, index: number, currency: string): InvoiceLineItem {
  const { amount, quantity = 1, discount = 0 } = line;
  return rows.invoiceLineItem({
    ...{ id: `il_${String(index)}`, invoice: 'in_1', position: index + 1, amount, subtotal: amount, quantity, currency },
    ...{ description: 'Pro plan <monthly>', unitAmountDecimal: null, periodStart: 1_767_225_600, periodEnd: 1_769_904_000 },
    ...{ discountAmounts: discount === 0 ? [] : [{ amount: discount, discount: 'di_1' }], creditAmounts: [], taxes: taxOf(line) },
  });
}

function taxOf(line: Line): TaxAmount[] {
  const { amount, discount = 0, rate, inclusive = false, reason = 'standard_rated' } = line;
  if (rate === undefined) return [];
  const after = amount - discount;
  const tax = inclusive ? Math.round((after * Number(rate)) / (100 + Number(rate))) : Math.round((after * Number(rate)) / 100);
  const isTaxed = reason === 'standard_rated';
  return [
    {
      ...{
        amount: isTaxed ? tax : 0,
        tax_behavior: inclusive ? 'inclusive' : 'exclusive',
        tax_rate: rateId(line),
        taxability_reason: reason,
      },
      taxable_amount: isTaxed ? after - (inclusive ? tax : 0) : 0,
    },
  ];
}

function summed(taxes: TaxAmount[]): TaxAmount[] {
  const sums = new Map<string, TaxAmount>();
  for (const tax of taxes) {
    const before = sums.get(tax.tax_rate);
    const base = (before?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
    sums.set(tax.tax_rate, { ...tax, amount: (before?.amount ?? 0) + tax.amount, taxable_amount: base });
  }
  return [...sums.values()];
}

function noteLine({
  id,
  position,
  amount,
  quantity,
  description,
  discountAmounts,
  creditAmounts,
  taxes,
}: InvoiceLineItem): CreditNoteLineItem {
  const shared = { position, amount, quantity, description, discountAmounts, creditAmounts, taxes, unitAmountDecimal: null };
  return rows.creditNoteLineItem({ id: `cnli_${String(position)}`, creditNote: 'cn_1', invoiceLineItem: id, ...shared });
}
