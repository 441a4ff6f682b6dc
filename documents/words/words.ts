/** The words of one language. `{x}` is replaced by what its name says. */
export interface Words {
  invoice: string;
  taxInvoice: string;
  creditNote: string;
  quote: string;
  receipt: string;
  void: string;
  paid: string;
  uncollectible: string;
  draft: string;
  accepted: string;
  canceled: string;
  testMode: string;
  number: string;
  issued: string;
  due: string;
  period: string;
  supplied: string;
  paidOn: string;
  originalInvoice: string;
  reason: string;
  validUntil: string;
  receiptNumber: string;
  from: string;
  billTo: string;
  shipTo: string;
  email: string;
  taxId: string;
  description: string;
  quantity: string;
  unitPrice: string;
  unitPriceWithTax: string;
  tax: string;
  amount: string;
  amountDue: string;
  /** `{amount}`, `{date}` */
  dueOn: string;
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
  /** `{amount}` of the previous balance. */
  appliedBalance: string;
  addedBalance: string;
  creditNotes: string;
  amountPaid: string;
  payments: string;
  date: string;
  method: string;
  refunded: string;
  refundedOn: string;
  creditedToBalance: string;
  refundedOutOfBand: string;
  takenOffInvoice: string;
  taxByRate: string;
  taxName: string;
  rate: string;
  net: string;
  gross: string;
  included: string;
  reverseCharge: string;
  exempt: string;
  zeroRated: string;
  outsideScope: string;
  free: string;
  onDueAtOnce: string;
  upfront: string;
  /** `{interval}` */
  recurring: string;
  /** `{count}` */
  everyDays: string;
  everyWeeks: string;
  everyMonths: string;
  everyYears: string;
  metered: string;
  page: string;
  reasons: { duplicate: string; fraudulent: string; order_change: string; product_unsatisfactory: string };
}
