import type { EInvoice, ELine, EParty, EPeriod, EPlace, ETax } from './model';
import { document, group, text, type Xml } from './xml';

const OASIS = 'urn:oasis:names:specification:ubl:schema:xsd';

/** OASIS UBL 2.1: an Invoice or a CreditNote. Its elements have a fixed order, which differs in places between the two. */
export function ublOf(invoice: EInvoice): string {
  const isNote = invoice.type === '381';
  const root = isNote ? 'CreditNote' : 'Invoice';
  const namespaces = {
    xmlns: `${OASIS}:${root}-2`,
    'xmlns:cac': `${OASIS}:CommonAggregateComponents-2`,
    'xmlns:cbc': `${OASIS}:CommonBasicComponents-2`,
  };
  const { dueOn, preceding, currency, taxAccounting } = invoice;
  return document([
    root,
    namespaces,
    ['cbc:CustomizationID', invoice.specification],
    text('cbc:ProfileID', invoice.process),
    ['cbc:ID', invoice.number],
    ['cbc:IssueDate', invoice.issuedOn],
    isNote ? null : text('cbc:DueDate', dueOn),
    [`cbc:${root}TypeCode`, invoice.type],
    ...invoice.notes.map((note): Xml => ['cbc:Note', note]),
    ['cbc:DocumentCurrencyCode', currency],
    text('cbc:TaxCurrencyCode', taxAccounting?.currency ?? null),
    text('cbc:BuyerReference', invoice.buyerReference),
    periodOf(invoice.period),
    group('cac:OrderReference', text('cbc:ID', invoice.orderReference)),
    preceding === null
      ? null
      : ['cac:BillingReference', ['cac:InvoiceDocumentReference', ['cbc:ID', preceding.number], ['cbc:IssueDate', preceding.issuedOn]]],
    ['cac:AccountingSupplierParty', party(invoice.seller, invoice.contact)],
    ['cac:AccountingCustomerParty', party(invoice.buyer)],
    delivery(invoice),
    paymentMeans(invoice),
    group('cac:PaymentTerms', text('cbc:Note', invoice.terms)),
    ['cac:TaxTotal', money('cbc:TaxAmount', invoice.totals.tax, currency), ...invoice.taxes.map((tax) => subtotal(tax, currency))],
    taxAccounting && ['cac:TaxTotal', money('cbc:TaxAmount', taxAccounting.amount, taxAccounting.currency)],
    totals(invoice),
    ...invoice.lines.map((line) => lineOf(line, root, currency)),
  ]);
}

const money = (name: string, amount: string, currency: string): Xml => [name, { currencyID: currency }, amount];

function periodOf(period: EPeriod | null): Xml | null {
  return period && ['cac:InvoicePeriod', ['cbc:StartDate', period.start], ['cbc:EndDate', period.end]];
}

function delivery({ deliveredOn, deliverTo }: EInvoice): Xml {
  const date: Xml = ['cbc:ActualDeliveryDate', deliveredOn];
  if (deliverTo === null) return ['cac:Delivery', date];
  const place: Xml = ['cac:DeliveryLocation', ['cac:Address', ...addressOf(deliverTo)]];
  return ['cac:Delivery', date, place, ['cac:DeliveryParty', ['cac:PartyName', ['cbc:Name', deliverTo.name]]]];
}

const addressOf = (of: EPlace): (Xml | null)[] => [
  text('cbc:StreetName', of.line1),
  text('cbc:AdditionalStreetName', of.line2),
  text('cbc:CityName', of.city),
  text('cbc:PostalZone', of.postalCode),
  text('cbc:CountrySubentity', of.region),
  ['cac:Country', ['cbc:IdentificationCode', of.country]],
];

function party(of: EParty, contact: EInvoice['contact'] = null): Xml {
  const scheme = (id: string | null, name: string): Xml | null =>
    id === null ? null : ['cac:PartyTaxScheme', ['cbc:CompanyID', id], ['cac:TaxScheme', ['cbc:ID', name]]];
  return [
    'cac:Party',
    text('cbc:EndpointID', of.email, { schemeID: 'EM' }),
    group('cac:PartyIdentification', text('cbc:ID', of.identifier)),
    ['cac:PostalAddress', ...addressOf(of)],
    scheme(of.vatId, 'VAT'),
    scheme(of.taxNumber, 'FC'),
    ['cac:PartyLegalEntity', ['cbc:RegistrationName', of.name]],
    contact && ['cac:Contact', ['cbc:Name', contact.name], ['cbc:Telephone', contact.phone], ['cbc:ElectronicMail', contact.email]],
  ];
}

function paymentMeans({ card, bank, type, dueOn, process }: EInvoice): Xml | null {
  if (card !== null) {
    return [
      'cac:PaymentMeans',
      ['cbc:PaymentMeansCode', '48'],
      ['cac:CardAccount', ['cbc:PrimaryAccountNumberID', card], ['cbc:NetworkID', 'card']],
    ];
  }
  if (bank !== null && type === '380') {
    const branch = group('cac:FinancialInstitutionBranch', text('cbc:ID', bank.bic));
    return ['cac:PaymentMeans', ['cbc:PaymentMeansCode', '58'], ['cac:PayeeFinancialAccount', ['cbc:ID', bank.iban], branch]];
  }
  // A credit note has its due date here alone, and XRechnung wants a means of payment. Code 1: the instrument is not defined.
  const due = type === '381' ? text('cbc:PaymentDueDate', dueOn) : null;
  return due !== null || process !== null ? ['cac:PaymentMeans', ['cbc:PaymentMeansCode', '1'], due] : null;
}

function subtotal({ category, rate, base, amount, exemption }: ETax, currency: string): Xml {
  return [
    'cac:TaxSubtotal',
    money('cbc:TaxableAmount', base, currency),
    money('cbc:TaxAmount', amount, currency),
    [
      'cac:TaxCategory',
      ['cbc:ID', category],
      text('cbc:Percent', rate),
      text('cbc:TaxExemptionReasonCode', exemption?.code ?? null),
      text('cbc:TaxExemptionReason', exemption?.reason ?? null),
      ['cac:TaxScheme', ['cbc:ID', 'VAT']],
    ],
  ];
}

function totals({ totals: of, currency }: EInvoice): Xml {
  return [
    'cac:LegalMonetaryTotal',
    money('cbc:LineExtensionAmount', of.lines, currency),
    money('cbc:TaxExclusiveAmount', of.withoutTax, currency),
    money('cbc:TaxInclusiveAmount', of.withTax, currency),
    money('cbc:PrepaidAmount', of.prepaid, currency),
    money('cbc:PayableAmount', of.payable, currency),
  ];
}

function lineOf(line: ELine, root: 'Invoice' | 'CreditNote', currency: string): Xml {
  return [
    `cac:${root}Line`,
    ['cbc:ID', line.id],
    [root === 'Invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity', { unitCode: 'C62' }, line.quantity],
    money('cbc:LineExtensionAmount', line.net, currency),
    periodOf(line.period),
    ...line.allowances.map(({ amount, reason }): Xml => [
      'cac:AllowanceCharge',
      ['cbc:ChargeIndicator', 'false'],
      ['cbc:AllowanceChargeReason', reason],
      money('cbc:Amount', amount, currency),
    ]),
    [
      'cac:Item',
      ['cbc:Name', line.name],
      ['cac:ClassifiedTaxCategory', ['cbc:ID', line.category], text('cbc:Percent', line.rate), ['cac:TaxScheme', ['cbc:ID', 'VAT']]],
    ],
    ['cac:Price', money('cbc:PriceAmount', line.price, currency), ['cbc:BaseQuantity', { unitCode: 'C62' }, line.perQuantity]],
  ];
}
