/**
 * How much of each thing there can be. What a caller's number could multiply is refused beyond these, by arithmetic and before
 * anything is built: in the server, and again by planners. `docs/limits.md` shows this table; a test compares the two.
 */
export interface Limit {
  readonly max: number;
  /** Of what: a noun, as people say it. */
  readonly unit: string;
  readonly why: string;
}

const ANSWERS_AT_ONCE = 'So that no request holds a process for longer than 100 ms.';
const BILLED_ALONE = 'A renewal bills it by itself: it must still be one charge.';

export const LIMITS = {
  subscriptionItems: { max: 20, unit: 'items of a subscription or of a phase', why: "Stripe's." },
  changedItems: { max: 40, unit: 'items that one change names', why: 'All that there are, and as many new ones.' },
  subscriptionsPerCustomer: { max: 500, unit: 'subscriptions of a customer that have not ended', why: "Stripe's." },
  invoiceLines: { max: 250, unit: 'lines of an invoice', why: "Stripe's. What waits beyond goes onto the next invoice." },
  invoiceDiscounts: {
    max: 1000,
    unit: 'different discounts on the lines of an invoice',
    why: 'Four of each line. Each is divided over its lines. What waits beyond goes onto the next invoice.',
  },
  backdatedWork: {
    max: 5000,
    unit: 'tiers, discounts and tax rates over all lines of a backdated first invoice',
    why: 'Each line goes through all of its own: 250 lines of 100 tiers and 40 discounts would take seconds.',
  },
  pendingInvoiceItems: { max: 1000, unit: 'invoice items of a customer that wait', why: 'Four invoices: each change reads them all.' },
  quoteLines: { max: 100, unit: 'lines of a quote', why: 'Those of two types are billed by one invoice.' },
  taxRates: { max: 5, unit: 'tax rates of a line, an item or an invoice', why: "Stripe's." },
  discounts: { max: 20, unit: 'discounts of a subscription, an item, a line or an invoice', why: "Stripe's." },
  phases: { max: 10, unit: 'phases of a schedule that run or are to come', why: "Stripe's." },
  sentPhases: { max: 50, unit: 'phases that one request names', why: 'Those that are over may be repeated.' },
  phaseIntervals: {
    max: 1000,
    unit: 'intervals of a phase (`iterations`, `duration`)',
    why: 'A phase ends before the year 10000 in any case.',
  },
  tiers: { max: 100, unit: 'tiers of a price in one currency', why: 'Each is a line of how an amount came about.' },
  tierTotal: { max: 1000, unit: 'tiers of a price, over all its currencies', why: ANSWERS_AT_ONCE },
  trialDays: { max: 730, unit: 'days of a trial', why: "Stripe's." },
  daysUntilDue: { max: 3650, unit: 'days until an invoice is due', why: 'Ten years.' },
  advancePeriods: {
    max: 1100,
    unit: 'periods of the shortest interval on a test clock, in one advance',
    why: 'Three years of a daily subscription, ninety of a monthly one. Advance again for more.',
  },
  advanceDays: { max: 36_600, unit: 'days that one advance of a test clock goes', why: 'A hundred years.' },
  planChanges: {
    max: 20_000,
    unit: 'new rows, events and postings of one change',
    why: 'What slips through all of these is refused, and changes nothing.',
  },
  metadataKeys: { max: 50, unit: 'keys of metadata', why: "Stripe's." },
  dimensionFilters: { max: 10, unit: 'dimensions that a price or a question filters by', why: 'As many as a meter has.' },
  listElements: { max: 100, unit: 'elements of a list that has no limit of its own', why: ANSWERS_AT_ONCE },
  expandPaths: { max: 100, unit: 'paths to expand', why: ANSWERS_AT_ONCE },
  formParameters: { max: 2000, unit: 'parameters of a form', why: ANSWERS_AT_ONCE },
  jsonValues: { max: 10_000, unit: 'values of a JSON body', why: 'A hundred meter events with all their dimensions.' },
  nesting: { max: 10, unit: 'levels of a parameter', why: ANSWERS_AT_ONCE },
  webhookEndpoints: { max: 16, unit: 'webhook endpoints of an account in one mode', why: "Stripe's." },
  meterEvents: { max: 100, unit: 'meter events of one request', why: "Stripe's." },
  creditGrants: { max: 100, unit: 'credit grants of a customer that are not used up', why: "Stripe's." },
  alerts: { max: 25, unit: 'alerts on one meter and one customer', why: "Stripe's." },
  quantity: { max: 999_999_999_999_999, unit: 'units of an item or a line', why: 'Fifteen digits, as of a meter event.' },
  unitAmount: { max: 999_999_999_999, unit: 'minor units that one unit costs', why: "Stripe's twelve digits." },
  itemAmount: {
    max: 2_499_999_999,
    unit: 'minor units of an item for a period',
    why: `${BILLED_ALONE} Twenty, and as much tax again, are.`,
  },
  lineAmount: { max: 99_999_999_999, unit: 'minor units that a caller puts on a line', why: 'As much as one charge.' },
  chargeAmount: {
    max: 99_999_999_999,
    unit: 'minor units due on an invoice',
    why: 'More is not final, and says so: `last_finalization_error`.',
  },
  usageAmount: {
    max: 999_999_999_999,
    unit: 'minor units of a line of usage',
    why: 'Usage that comes to more is billed by nobody: its invoice stays a draft, and says so.',
  },
  usageQuantity: { max: 999_999_999_999_999, unit: 'units of a line of usage', why: 'As with its amount.' },
  customerBalance: {
    max: 99_999_999_999_999,
    unit: "minor units of a customer's balance, either way",
    why: 'A thousand of the largest charges.',
  },
  timestamp: { max: 253_402_300_799, unit: 'seconds since 1970', why: 'The last of the year 9999.' },
} as const satisfies Record<string, Limit>;
