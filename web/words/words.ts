/** Every text of the pages. One file for each language; a text that is missing does not compile. */
export interface Words {
  testMode: string;
  quantity: (count: string) => string;
  free: (until: string) => string;
  subtotal: string;
  discount: string;
  tax: string;
  /** Next to a total in which the tax is inside. */
  taxIncluded: (amount: string) => string;
  balance: string;
  dueToday: string;
  /** `every` is one of `intervals`. */
  perPeriod: (amount: string, every: string) => string;
  intervals: Record<'day' | 'week' | 'month' | 'year', (count: number) => string>;
  payment: string;
  saveCard: string;
  email: string;
  cardNumber: string;
  expiry: string;
  securityCode: string;
  nameOnCard: string;
  /** Bank debits. The names of the schemes are the same in every language. */
  payBy: string;
  card: string;
  /** Next to the saved cards and accounts, where not only cards can be new. */
  otherWay: string;
  accountHolder: string;
  accountNumber: string;
  /** The text that the European Payments Council asks for, for payments that repeat. */
  sepaMandate: (seller: string) => string;
  debitMandate: (seller: string, scheme: string) => string;
  /** Below the mandate of a Canadian account; in the seller's words. */
  debitedWhen: (when: string) => string;
  /** Below a way to pay that sends the payer elsewhere. */
  redirects: (name: string) => string;
  /** Below a way to pay by voucher. */
  vouchers: (name: string) => string;
  voucherReady: string;
  voucherNote: (date: string) => string;
  showVoucher: string;
  collecting: string;
  collectingNote: string;
  wrongAccount: string;
  address: string;
  postalCode: string;
  city: string;
  state: string;
  country: string;
  back: string;
  addItem: string;
  savedCards: string;
  newCard: string;
  /** The buyer's wish to be shown the card again. */
  /** On the page of an invoice whose subscription has stopped, below the ways to pay. */
  paysLater: string;
  keepCard: string;
  update: string;
  promotionCode: string;
  apply: string;
  remove: string;
  unknownCode: string;
  /** The buttons. The obligation to pay is said in the words of the law, where one asks for it. */
  orderButton: (amount: string) => string;
  subscribeButton: (amount: string) => string;
  trialButton: string;
  payButton: (amount: string) => string;
  saveButton: string;
  renews: (amount: string, every: string, from: string) => string;
  renewsPlain: (every: string, from: string) => string;
  cancelAnyTime: string;
  /** What a discount makes of `renews` for a while. */
  reducedUntil: (amount: string, until: string) => string;
  plusTax: string;
  withdrawal: (days: number) => string;
  withdrawalConsent: string;
  renewalConsent: (amount: string, every: string) => string;
  /** Where usage decides the amount. */
  renewalConsentByUsage: (every: string) => string;
  /** On a wallet's button: that it orders, and that the order is to be paid. */
  walletOrder: string;
  terms: (seller: string) => string;
  processing: string;
  processingNote: string;
  complete: string;
  completeNote: string;
  reserved: string;
  reservedNote: string;
  notPaid: string;
  notPaidNote: string;
  expired: string;
  expiredNote: string;
  notApproved: string;
  declined: string;
  insufficientFunds: string;
  expiredCard: string;
  wrongCard: string;
  amountChanged: string;
  submittedElsewhere: string;
  missing: string;
  failed: string;
  /** The page of an invoice. */
  approveAtBank: string;
  invoicePdf: string;
  invoiceXml: string;
  receipt: string;
  optional: (label: string) => string;
  phone: string;
  businessName: string;
  individualName: string;
  wantsPromotions: (seller: string) => string;
  acceptsTerms: string;
  termsOfService: string;
  privacyPolicy: string;
  /** The words of `submit_type`, where no law asks for others. */
  bookButton: (amount: string) => string;
  donateButton: (amount: string) => string;
  shippingAddress: string;
  recipient: string;
  shippingMethod: string;
  shipping: string;
  /** What costs nothing. */
  costsNothing: string;
  /** `count` is a number or a range. */
  businessDays: (count: string) => string;
  soldOut: string;
  subscribed: string;
  /** For businesses. */
  taxId: string;
  wrongTaxId: string;
  billingAddress: string;
  /** Where a payment link is not active, and the seller says nothing else. */
  inactiveLink: string;
}
