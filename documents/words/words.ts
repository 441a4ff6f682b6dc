/** The words of one language. `{x}` is replaced by what its name says. */
export interface Words {
  invoice: string;
  /** Where the law wants this title. */
  taxInvoice: string;
  creditNote: string;
  quote: string;
  receipt: string;
  void: string;
  paid: string;
  uncollectible: string;
  accepted: string;
  canceled: string;
  testMode: string;
  number: string;
  issued: string;
  due: string;
  paidOn: string;
  originalInvoice: string;
  reason: string;
  validUntil: string;
  receiptNumber: string;
  from: string;
  billTo: string;
  shipTo: string;
  taxId: string;
  /** The number of a business in the European Union. */
  vatId: string;
  description: string;
  quantity: string;
  unitPrice: string;
  /** The head of the column of rates. */
  tax: string;
  /** The short name of value added tax. */
  valueAddedTax: string;
  /** `{currency}`: PLN */
  taxIn: string;
  amount: string;
  amountDue: string;
  /** `{amount}`, `{date}` */
  dueOn: string;
  /** `{amount}` */
  onDueAtOnce: string;
  onReceipt: string;
  /** `{amount}`, `{date}` */
  paidHeadline: string;
  /** `{amount}` */
  credited: string;
  subtotal: string;
  discount: string;
  credits: string;
  totalExcludingTax: string;
  total: string;
  totalCredit: string;
  appliedBalance: string;
  addedBalance: string;
  creditedToBalance: string;
  creditNotes: string;
  amountPaid: string;
  payments: string;
  date: string;
  method: string;
  refunded: string;
  refundedOutOfBand: string;
  takenOffInvoice: string;
  taxByRate: string;
  rate: string;
  net: string;
  gross: string;
  /** `{tax}`: its name and rate */
  included: string;
  /** As the law of the language's country words it. */
  reverseCharge: string;
  exempt: string;
  zeroRated: string;
  outsideScope: string;
  /** Of a tax that the law may know, and that the seller does not collect. It follows `tax`. */
  notCollected: string;
  upfront: string;
  /** `{interval}`: "3 months" */
  recurring: string;
  metered: string;
  /** `{page}`, `{pages}` */
  page: string;
  reasons: { duplicate: string; fraudulent: string; order_change: string; product_unsatisfactory: string };
}
