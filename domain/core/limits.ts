/**
 * How many there can be of each thing. A request whose numbers could multiply work beyond a limit is refused by arithmetic, before any row
 * is made: in the server, and again by planners. `docs/limits.md` shows this table; a test compares the two.
 */
export interface Limit {
  readonly max: number;
  /** The limited thing, as a plain noun phrase. */
  readonly unit: string;
  readonly why: string;
}

const ANSWERS_AT_ONCE = 'No request may occupy a process for a second.';

export const LIMITS = {
  subscriptionItems: { max: 20, unit: 'items of a subscription or of a phase', why: "Stripe's." },
  changedItems: { max: 40, unit: 'items that one change lists', why: 'All existing items, and as many new ones.' },
  subscriptionsPerCustomer: { max: 500, unit: 'subscriptions of a customer that have not ended', why: "Stripe's." },
  invoiceLines: { max: 250, unit: 'lines of an invoice', why: "Stripe's. Pending items beyond that move to the next invoice." },
  invoiceDiscounts: {
    max: 1000,
    unit: 'different discounts on the lines of an invoice',
    why: 'Four for each line. Each is divided over its lines. Pending items beyond that move to the next invoice.',
  },
  backdatedWork: {
    max: 5000,
    unit: 'tiers, discounts and tax rates over all lines of a backdated first invoice',
    why: 'Each line computes all of its own: 250 lines of 100 tiers and 40 discounts would take seconds.',
  },
  pendingInvoiceItems: { max: 1000, unit: 'pending invoice items of a customer', why: 'Four invoices: each change reads them all.' },
  checkoutLines: { max: 100, unit: 'line items of a checkout session', why: "Stripe's. A subscription has at most 40." },
  pricingTableProducts: { max: 10, unit: 'products of a pricing table', why: 'More cannot be compared side by side.' },
  pricingTablePrices: { max: 10, unit: 'prices of a product of a pricing table', why: 'One for each interval.' },
  experimentArms: { max: 5, unit: 'arms of an experiment', why: 'Each further arm makes every comparison slower.' },
  armPrices: {
    max: 20,
    unit: 'prices that an arm of an experiment replaces',
    why: 'More than a pricing table shows at once in one currency.',
  },
  experimentWindow: { max: 365, unit: 'days after which a visitor of an experiment is measured', why: 'Nobody waits longer for a result.' },
  visitorName: { max: 100, unit: 'characters of a name for a visitor', why: 'It is a random id, or a key of the caller.' },
  fileBytes: {
    max: 16_777_216,
    unit: 'bytes of a file',
    why: 'It is read in one piece. Larger downloads can be at an address of the seller.',
  },
  revocations: { max: 10_000, unit: 'licenses of a list of revocations', why: 'A megabyte. `since` continues it.' },
  uploadsAtOnce: { max: 4, unit: 'files that a process reads at once', why: 'Each is in memory three times. More are refused with 429.' },
  portalProducts: { max: 10, unit: 'products of a portal configuration', why: "Stripe's." },
  portalPrices: { max: 10, unit: 'prices of a product of a portal configuration', why: 'One for each interval and currency.' },
  portalSubscriptions: {
    max: 20,
    unit: 'subscriptions of a portal page that say what they cost next',
    why: 'Each is a preview. Further ones are shown without it.',
  },
  portalLicenses: { max: 50, unit: 'licenses of a portal page', why: 'Each shows its machines.' },
  portalPauseIntervals: { max: 36, unit: 'intervals of a pause that a portal offers', why: 'Three years of months, as at Stripe.' },
  portalPauseOptions: { max: 10, unit: 'pauses that a portal offers', why: 'A customer chooses one of them.' },
  unprovedConfirmations: {
    max: 3,
    unit: 'mails in a day to an address that nobody has proved, to confirm declarations',
    why: 'Anybody may name any address. The page confirms each of them.',
  },
  portalLogins: { max: 5, unit: 'links to the portal that a customer gets by mail in an hour', why: 'Anybody may ask for them.' },
  portalInvoices: { max: 12, unit: 'invoices of a portal page', why: 'A year of monthly ones. A link leads to older ones.' },
  paymentLinkLines: { max: 20, unit: 'line items of a payment link', why: "Stripe's." },
  customFields: { max: 3, unit: 'custom fields of a checkout', why: "Stripe's." },
  customFieldOptions: { max: 200, unit: 'options of a custom field of a checkout', why: "Stripe's." },
  shippingOptions: { max: 5, unit: 'shipping options of a checkout', why: "Stripe's." },
  optionalItems: { max: 10, unit: 'optional items of a checkout', why: "Stripe's." },
  adjustableQuantity: { max: 999_999, unit: 'units of a line whose quantity the buyer may change', why: "Stripe's." },
  visitsPerMinute: {
    max: 240,
    unit: 'requests to public pages from one address in a minute',
    why: 'Nobody may try cards or addresses of checkouts by the thousands.',
  },
  valueListItems: { max: 50_000, unit: 'items of a value list', why: "Stripe's." },
  activeRules: { max: 100, unit: 'active fraud rules of an account', why: 'Each charge looks at all of them.' },
  ruleLength: { max: 5000, unit: 'characters of a fraud rule', why: ANSWERS_AT_ONCE },
  ticketMessages: { max: 200, unit: 'messages of a support ticket', why: 'A page shows all of them.' },
  mailLength: { max: 500_000, unit: 'characters of a mail to the support', why: 'Attachments are not kept, but they are sent along.' },
  portalTickets: { max: 10, unit: 'support tickets of a portal page', why: 'The newest. The API has all of them.' },
  waitingDocuments: {
    max: 50,
    unit: 'documents of a process that wait to be made',
    why: 'A short one takes a fifth of a second, one of 250 lines half a second to three. More are refused with 503.',
  },
  quoteLines: { max: 100, unit: 'lines of a quote', why: 'One invoice bills recurring and one-time lines together.' },
  taxRates: { max: 5, unit: 'tax rates of a line, an item or an invoice', why: "Stripe's." },
  accountTaxIds: { max: 20, unit: "the account's own tax ids that an invoice shows", why: 'Each is a line at the head of the invoice.' },
  discounts: { max: 20, unit: 'discounts of a subscription, an item, a line or an invoice', why: "Stripe's." },
  phases: { max: 10, unit: 'current and future phases of a schedule', why: "Stripe's." },
  sentPhases: { max: 50, unit: 'phases that one request lists', why: 'A request may repeat past phases.' },
  phaseIntervals: {
    max: 1000,
    unit: 'intervals of a phase (`iterations`, `duration`)',
    why: 'A phase ends before the year 10000 in any case.',
  },
  tiers: { max: 100, unit: 'tiers of a price in one currency', why: 'Each is one line in the explanation of an amount.' },
  tierTotal: { max: 1000, unit: 'tiers of a price, over all its currencies', why: ANSWERS_AT_ONCE },
  trialDays: { max: 730, unit: 'days of a trial', why: "Stripe's." },
  daysUntilDue: { max: 3650, unit: 'days until an invoice is due', why: 'Ten years.' },
  daysUntilFinal: { max: 1826, unit: 'days until a draft becomes final by itself', why: "Stripe's five years." },
  advancePeriods: {
    max: 1100,
    unit: 'periods of the shortest interval on a test clock, in one advance',
    why: 'Three years of a daily subscription, ninety of a monthly one. Advance again for more.',
  },
  advanceDays: { max: 36_600, unit: 'days that one advance of a test clock covers', why: 'A hundred years.' },
  planChanges: {
    max: 20_000,
    unit: 'new rows, events and postings of one change',
    why: 'A change that passes all other limits is still refused here, and changes nothing.',
  },
  metadataKeys: { max: 50, unit: 'keys of metadata', why: "Stripe's." },
  dimensionFilters: { max: 10, unit: 'dimensions that a price or a query filters by', why: 'A meter has at most as many.' },
  listElements: { max: 100, unit: 'elements of a list without its own limit', why: ANSWERS_AT_ONCE },
  expandPaths: { max: 100, unit: 'paths to expand', why: ANSWERS_AT_ONCE },
  formParameters: { max: 2000, unit: 'parameters of a form', why: ANSWERS_AT_ONCE },
  jsonValues: { max: 10_000, unit: 'values of a JSON body', why: 'Enough for a hundred meter events with all their dimensions.' },
  nesting: { max: 10, unit: 'levels of a parameter', why: ANSWERS_AT_ONCE },
  webhookEndpoints: { max: 16, unit: 'webhook endpoints of an account in one mode', why: "Stripe's." },
  meterEvents: { max: 100, unit: 'meter events of one request', why: "Stripe's." },
  creditGrants: { max: 100, unit: 'credit grants of a customer that are not used up', why: "Stripe's." },
  alerts: { max: 25, unit: 'alerts on one meter and one customer', why: "Stripe's." },
  quantity: { max: 999_999_999_999_999, unit: 'units of an item or a line', why: 'Fifteen digits, as for a meter event.' },
  unitAmount: { max: 999_999_999_999, unit: 'minor units that one unit costs', why: "Stripe's twelve digits." },
  itemAmount: {
    max: 2_499_999_999,
    unit: 'minor units of an item for a period',
    why: 'A renewal bills items without a caller, on one invoice: twenty of these, and the same amount of tax, still fit one charge.',
  },
  lineAmount: { max: 99_999_999_999, unit: 'minor units that a caller puts on a line', why: 'The same as for one charge.' },
  chargeAmount: {
    max: 99_999_999_999,
    unit: 'minor units due on an invoice',
    why: 'An invoice with more stays a draft, with `last_finalization_error`.',
  },
  usageAmount: {
    max: 999_999_999_999,
    unit: 'minor units of a line of usage',
    why: 'Usage of more than this is not billed: its invoice stays a draft, with `last_finalization_error`.',
  },
  usageQuantity: { max: 999_999_999_999_999, unit: 'units of a line of usage', why: 'For the same reason as its amount.' },
  customerBalance: {
    max: 99_999_999_999_999,
    unit: "minor units of a customer's balance, positive or negative",
    why: 'A thousand of the largest charges.',
  },
  brandingImage: { max: 32_768, unit: 'characters of the data URL of an icon or a logo', why: 'It is part of every page that shows it.' },
  embeddingOrigins: { max: 20, unit: 'sites that may show a checkout in a frame', why: 'All of them are in a header of each page.' },
  reportMonths: { max: 60, unit: 'months of a revenue report', why: ANSWERS_AT_ONCE },
  timestamp: { max: 253_402_300_799, unit: 'seconds since 1970', why: 'The last of the year 9999.' },
} as const satisfies Record<string, Limit>;
