import type { EInvoice, ELine, EParty, EPeriod, EPlace, ETax } from './model';
import { document, group, text, type Xml } from './xml';

const NAMESPACES = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
};

/** UN/CEFACT's Cross Industry Invoice, D16B: the syntax inside Factur-X. Its elements have a fixed order. */
export function ciiOf(invoice: EInvoice): string {
  return document([
    'rsm:CrossIndustryInvoice',
    NAMESPACES,
    ['rsm:ExchangedDocumentContext', ['ram:GuidelineSpecifiedDocumentContextParameter', ['ram:ID', invoice.specification]]],
    [
      'rsm:ExchangedDocument',
      ['ram:ID', invoice.number],
      ['ram:TypeCode', invoice.type],
      ['ram:IssueDateTime', day('udt', invoice.issuedOn)],
      ...invoice.notes.map((note): Xml => ['ram:IncludedNote', ['ram:Content', note]]),
    ],
    ['rsm:SupplyChainTradeTransaction', ...invoice.lines.map(line), agreement(invoice), delivery(invoice), settlement(invoice)],
  ]);
}

const day = (prefix: 'udt' | 'qdt', date: string): Xml => [`${prefix}:DateTimeString`, { format: '102' }, date.replaceAll('-', '')];

function line({ id, name, quantity, price, perQuantity, net, allowances, category, rate, period }: ELine): Xml {
  return [
    'ram:IncludedSupplyChainTradeLineItem',
    ['ram:AssociatedDocumentLineDocument', ['ram:LineID', id]],
    ['ram:SpecifiedTradeProduct', ['ram:Name', name]],
    [
      'ram:SpecifiedLineTradeAgreement',
      ['ram:NetPriceProductTradePrice', ['ram:ChargeAmount', price], ['ram:BasisQuantity', { unitCode: UNIT }, perQuantity]],
    ],
    ['ram:SpecifiedLineTradeDelivery', ['ram:BilledQuantity', { unitCode: UNIT }, quantity]],
    [
      'ram:SpecifiedLineTradeSettlement',
      ['ram:ApplicableTradeTax', ['ram:TypeCode', 'VAT'], ['ram:CategoryCode', category], text('ram:RateApplicablePercent', rate)],
      periodOf(period),
      ...allowances.map(({ amount, reason }): Xml => [
        'ram:SpecifiedTradeAllowanceCharge',
        ['ram:ChargeIndicator', ['udt:Indicator', 'false']],
        ['ram:ActualAmount', amount],
        ['ram:Reason', reason],
      ]),
      ['ram:SpecifiedTradeSettlementLineMonetarySummation', ['ram:LineTotalAmount', net]],
    ],
  ];
}

/** A unit without a name of its own. */
const UNIT = 'C62';

function periodOf(period: EPeriod | null): Xml | null {
  if (period === null) return null;
  return ['ram:BillingSpecifiedPeriod', ['ram:StartDateTime', day('udt', period.start)], ['ram:EndDateTime', day('udt', period.end)]];
}

function agreement({ buyerReference, seller, buyer, orderReference }: EInvoice): Xml {
  return [
    'ram:ApplicableHeaderTradeAgreement',
    text('ram:BuyerReference', buyerReference),
    party('ram:SellerTradeParty', seller),
    party('ram:BuyerTradeParty', buyer),
    group('ram:BuyerOrderReferencedDocument', text('ram:IssuerAssignedID', orderReference)),
  ];
}

function delivery({ deliveredOn, deliverTo }: EInvoice): Xml {
  const recipient: Xml | null = deliverTo && ['ram:ShipToTradeParty', ['ram:Name', deliverTo.name], addressOf(deliverTo)];
  return [
    'ram:ApplicableHeaderTradeDelivery',
    recipient,
    ['ram:ActualDeliverySupplyChainEvent', ['ram:OccurrenceDateTime', day('udt', deliveredOn)]],
  ];
}

const addressOf = (of: EPlace): Xml => [
  'ram:PostalTradeAddress',
  text('ram:PostcodeCode', of.postalCode),
  text('ram:LineOne', of.line1),
  text('ram:LineTwo', of.line2),
  text('ram:CityName', of.city),
  ['ram:CountryID', of.country],
  text('ram:CountrySubDivisionName', of.region),
];

function party(name: string, of: EParty): Xml {
  const registration = (id: string | null, scheme: string): Xml | null =>
    id === null ? null : ['ram:SpecifiedTaxRegistration', ['ram:ID', { schemeID: scheme }, id]];
  return [
    name,
    text('ram:ID', of.identifier),
    ['ram:Name', of.name],
    addressOf(of),
    group('ram:URIUniversalCommunication', text('ram:URIID', of.email, { schemeID: 'EM' })),
    registration(of.vatId, 'VA'),
    registration(of.taxNumber, 'FC'),
  ];
}

function settlement(invoice: EInvoice): Xml {
  const { currency, totals, dueOn, terms, taxAccounting } = invoice;
  return [
    'ram:ApplicableHeaderTradeSettlement',
    text('ram:TaxCurrencyCode', taxAccounting?.currency ?? null),
    ['ram:InvoiceCurrencyCode', currency],
    invoice.card === null
      ? null
      : [
          'ram:SpecifiedTradeSettlementPaymentMeans',
          ['ram:TypeCode', CARD],
          ['ram:ApplicableTradeSettlementFinancialCard', ['ram:ID', invoice.card]],
        ],
    ...invoice.taxes.map(tax),
    periodOf(invoice.period),
    group(
      'ram:SpecifiedTradePaymentTerms',
      text('ram:Description', terms),
      dueOn === null ? null : ['ram:DueDateDateTime', day('udt', dueOn)],
    ),
    [
      'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
      ['ram:LineTotalAmount', totals.lines],
      ['ram:TaxBasisTotalAmount', totals.withoutTax],
      ['ram:TaxTotalAmount', { currencyID: currency }, totals.tax],
      text('ram:TaxTotalAmount', taxAccounting?.amount ?? null, { currencyID: taxAccounting?.currency ?? '' }),
      ['ram:GrandTotalAmount', totals.withTax],
      ['ram:TotalPrepaidAmount', totals.prepaid],
      ['ram:DuePayableAmount', totals.payable],
    ],
    invoice.preceding === null
      ? null
      : [
          'ram:InvoiceReferencedDocument',
          ['ram:IssuerAssignedID', invoice.preceding.number],
          ['ram:FormattedIssueDateTime', day('qdt', invoice.preceding.issuedOn)],
        ],
  ];
}

/** UNTDID 4461: a bank card. */
const CARD = '48';

function tax({ category, rate, base, amount, exemption }: ETax): Xml {
  return [
    'ram:ApplicableTradeTax',
    ['ram:CalculatedAmount', amount],
    ['ram:TypeCode', 'VAT'],
    text('ram:ExemptionReason', exemption?.reason ?? null),
    ['ram:BasisAmount', base],
    ['ram:CategoryCode', category],
    text('ram:ExemptionReasonCode', exemption?.code ?? null),
    text('ram:RateApplicablePercent', rate),
  ];
}
