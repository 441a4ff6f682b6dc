/** How much money a call would move or bill. What counts is known before anything is done. */
import { callOf } from '../http/operation';
import { operationOf, type ApiCall, type Desk, type Json } from './calls';
import { find, look, pendingOf, worthOf } from './looks';
import { integerOf, isYes, namedIn, type Amount, type Named } from './named';
import { previewOf } from './previews';

export interface Stakes {
  /** One for each currency. */
  amounts: readonly Amount[];
  /** A person decides, whatever the amount is: it cannot be known before, or the call would let an agent do more. */
  isOpen: boolean;
  /** The amounts are those of an object, which may change before a person has answered. An approval is for these amounts alone. */
  isOfObject: boolean;
}

const OPEN: Stakes = { amounts: [], isOpen: true, isOfObject: false };
const NOTHING: Stakes = { amounts: [], isOpen: false, isOfObject: false };

/** By these an agent would get a key without its limits, or a person's access; or would move what is not known before. */
const FOR_PERSONS: readonly string[] = [
  ...['POST /v1/api_keys', 'POST /v1/api_keys/:key/roll', 'POST /v1/users', 'POST /v1/users/:user', 'POST /v1/users/:user/link'],
  ...['POST /v1/repairs/:repair/approve', 'POST /v1/customer_requests/:customer_request/fulfill'],
  ...['POST /v1/cutovers', 'POST /v1/cutovers/wave', 'POST /v1/cutovers/:cutover/return'],
];

interface Concerned {
  read: string;
  of: (body: Json) => unknown[];
  /** What the parameters name comes on top of it. */
  adds?: true;
  when?: (parameters: Json) => boolean;
}

const INVOICE = 'GET /v1/invoices/:invoice';
const ITEM = 'GET /v1/invoiceitems/:invoiceitem';
const REMAINING: Concerned = { read: INVOICE, of: (invoice) => [invoice['amount_remaining']] };
const DRAFT: Concerned = { read: INVOICE, of: (invoice) => [invoice['amount_due']], adds: true };
const GRANT: Concerned = {
  read: 'GET /v1/billing/credit_grants/:credit_grant',
  of: ({ amount }) => [((amount as Json)['monetary'] as Json | null)?.['value']],
};

/** Calls that concern an object whose own amount counts. */
const OF_OBJECT: Readonly<Record<string, Concerned>> = {
  'POST /v1/invoices/:invoice': { ...DRAFT, when: (change) => isYes(change['auto_advance']) || 'shipping_cost' in change },
  'POST /v1/invoices/:invoice/add_lines': DRAFT,
  'POST /v1/invoices/:invoice/update_lines': DRAFT,
  'POST /v1/invoices/:invoice/lines/:line': DRAFT,
  'POST /v1/invoices/:invoice/remove_lines': DRAFT,
  'DELETE /v1/invoices/:invoice': DRAFT,
  'POST /v1/invoices/:invoice/attach_payment': REMAINING,
  'DELETE /v1/invoiceitems/:invoiceitem': { read: ITEM, of: (item) => [item['amount']] },
  'POST /v1/invoices/:invoice/finalize': { read: INVOICE, of: (invoice) => [invoice['amount_due']] },
  'POST /v1/invoices/:invoice/pay': REMAINING,
  'POST /v1/invoices/:invoice/send': REMAINING,
  'POST /v1/invoices/:invoice/void': REMAINING,
  'POST /v1/invoices/:invoice/mark_uncollectible': REMAINING,
  'POST /v1/payment_intents/:payment_intent/confirm': {
    read: 'GET /v1/payment_intents/:payment_intent',
    of: (intent) => [intent['amount']],
  },
  'POST /v1/payment_intents/:payment_intent/capture': {
    read: 'GET /v1/payment_intents/:payment_intent',
    of: (intent) => [intent['amount_capturable']],
  },
  'POST /v1/charges/:charge/capture': { read: 'GET /v1/charges/:charge', of: (charge) => [charge['amount']] },
  'POST /v1/charges/:charge/dispute/close': { read: 'GET /v1/charges/:charge', of: (charge) => [charge['amount']] },
  'POST /v1/disputes/:dispute/close': { read: 'GET /v1/disputes/:dispute', of: (dispute) => [dispute['amount']] },
  'POST /v1/credit_notes/:credit_note/void': { read: 'GET /v1/credit_notes/:credit_note', of: (note) => [note['total']] },
  'POST /v1/billing/credit_grants/:credit_grant/expire': GRANT,
  'POST /v1/billing/credit_grants/:credit_grant/void': GRANT,
  'POST /v1/payment_pages/:session/confirm': {
    read: 'GET /v1/checkout/sessions/:session',
    of: (session) => [session['amount_total']],
  },
  'POST /v1/quotes/:quote/accept': { read: 'GET /v1/quotes/:quote', of: (quote) => [quote['amount_total']] },
};

type Reader = (desk: Desk, call: ApiCall) => Promise<Stakes>;

/** Calls whose stakes are in several objects. */
const READERS: Readonly<Record<string, Reader>> = {
  'POST /v1/refunds': refunded,
  'POST /v1/charges/:charge/refund': refunded,
  'POST /v1/charges/:charge/refunds': refunded,
  'POST /v1/invoiceitems': waiting,
  'POST /v1/invoiceitems/:invoiceitem': changedItem,
  'POST /v1/invoices': (desk, call) => (takesWaiting(call) ? waiting : previewed)(desk, call),
  'POST /v1/credit_notes': credited,
  'POST /v1/billing/credit_grants': granted,
  'POST /v1/customers/:customer': (desk, call) => ('balance' in call.parameters ? balanced(desk, call) : previewed(desk, call)),
  'POST /v1/customers/:customer/balance_transactions': balanced,
  'POST /v1/subscriptions/:subscription/resume': resumed,
  'POST /v1/subscription_schedules/:schedule/cancel': ofSchedule,
  'POST /v1/subscription_items/:item': ofItem,
  'DELETE /v1/subscription_items/:item': ofItem,
};

export async function stakesOf(desk: Desk, call: ApiCall): Promise<Stakes> {
  const name = callOf(call.operation);
  if (isForPersons(name, call.parameters)) return OPEN;
  const object = OF_OBJECT[name];
  if (object !== undefined && object.when?.(call.parameters) !== false) return concerned(desk, call, object);
  return (READERS[name] ?? previewed)(desk, call);
}

/** A subscription that began in the past bills more periods than one. */
const isForPersons = (name: string, parameters: Json): boolean =>
  FOR_PERSONS.includes(name) ||
  (name === 'POST /v1/account_settings' && 'agents' in parameters) ||
  'backdate_start_date' in parameters ||
  isPast(parameters['start_date']);

const isPast = (date: unknown): boolean => date !== undefined && date !== 'now' && integerOf(date) * 1000 < Date.now();

/** An invoice of a subscription always has what waits for it. */
const takesWaiting = ({ parameters }: ApiCall): boolean =>
  parameters['pending_invoice_items_behavior'] === 'include' || 'subscription' in parameters;

async function concerned(desk: Desk, { parameters, path }: ApiCall, { read, of, adds }: Concerned): Promise<Stakes> {
  const body = await find(desk, read, path);
  if (body === null) return NOTHING;
  const own = ownOf(body, of(body));
  const named = await namedOf(desk, namedIn(parameters, body['currency']), true);
  if (named === null) return OPEN;
  return { amounts: adds === true ? sums([...own, ...named]) : largest([...own, ...named]), isOpen: false, isOfObject: true };
}

/** What was given back of the same charge before counts as well, so that many small refunds are no way around. */
async function refunded(desk: Desk, { parameters, path }: ApiCall): Promise<Stakes> {
  const { charge, payment_intent: intent, amount }: Json = { ...parameters, ...path };
  const id = typeof charge === 'string' ? charge : await latestCharge(desk, intent);
  const found = id === null ? null : await find(desk, 'GET /v1/charges/:charge', { charge: id });
  if (found === null) return NOTHING;
  const before = integerOf(found['amount_refunded']);
  const sum = amount === undefined || amount === '' ? integerOf(found['amount']) : before + integerOf(amount);
  return { amounts: [{ amount: sum, currency: String(found['currency']) }], isOpen: false, isOfObject: true };
}

async function latestCharge(desk: Desk, intent: unknown): Promise<string | null> {
  if (typeof intent !== 'string') return null;
  const found = await find(desk, 'GET /v1/payment_intents/:payment_intent', { payment_intent: intent });
  return typeof found?.['latest_charge'] === 'string' ? found['latest_charge'] : null;
}

/** What waits for the customer's next invoice, or is on the draft, and what comes to it. */
async function waiting(desk: Desk, { parameters }: ApiCall): Promise<Stakes> {
  const { customer, invoice, currency } = parameters;
  const draft = typeof invoice === 'string' ? await find(desk, INVOICE, { invoice }) : null;
  const before = draft === null ? await pendingOf(desk, customer) : ownOf(draft, [draft['amount_due']]);
  const named = await namedOf(desk, namedIn(parameters, currency ?? draft?.['currency']), true);
  if (before === null || named === null) return OPEN;
  return { amounts: sums([...before, ...named]), isOpen: false, isOfObject: true };
}

/** What an item that waits, or is on a draft, becomes, beside the others there. */
async function changedItem(desk: Desk, { operation, parameters, path }: ApiCall): Promise<Stakes> {
  const item = await find(desk, ITEM, path);
  if (item === null) return NOTHING;
  const { customer, invoice, currency } = item;
  return waiting(desk, { operation, path, parameters: { ...parameters, customer, invoice, currency } });
}

const CREDITED = ['pre_payment_credit_notes_amount', 'post_payment_credit_notes_amount'];

/** What was credited of the same invoice before counts as well. */
async function credited(desk: Desk, { parameters }: ApiCall): Promise<Stakes> {
  const { invoice } = parameters;
  const found = typeof invoice === 'string' ? await find(desk, INVOICE, { invoice }) : null;
  if (found === null) return NOTHING;
  const note = await find(desk, 'GET /v1/credit_notes/preview', {}, parameters);
  if (note === null) return OPEN;
  const before = CREDITED.map((each) => integerOf(found[each])).reduce((sum, each) => sum + each, 0);
  return { amounts: sums([...ownOf(found, [before]), ...ownOf(note, [note['total']])]), isOpen: false, isOfObject: true };
}

const GRANTS_MAX = 100;

/** What the customer was granted before and still has counts as well. */
async function granted(desk: Desk, call: ApiCall): Promise<Stakes> {
  const { customer } = call.parameters;
  const named = await previewed(desk, call);
  if (typeof customer !== 'string') return named;
  const grants = await find(desk, 'GET /v1/billing/credit_grants', {}, { customer, limit: GRANTS_MAX });
  if (grants?.['has_more'] === true) return OPEN;
  const valid = ((grants?.['data'] ?? []) as Json[]).filter(
    ({ voided_at: voided, expires_at: end }) => voided === null && !isPast(end ?? 'now'),
  );
  return {
    amounts: sums([...valid.flatMap((grant) => ownOf(grant, GRANT.of(grant))), ...named.amounts]),
    isOpen: named.isOpen,
    isOfObject: true,
  };
}

/** A balance that becomes so much, and what it was: many small credits are no way around, nor is a debt that is forgotten. */
async function balanced(desk: Desk, { parameters, path }: ApiCall): Promise<Stakes> {
  const customer = await find(desk, 'GET /v1/customers/:customer', path);
  if (customer === null) return NOTHING;
  const currency = customer['currency'] ?? parameters['currency'] ?? '';
  const named = await namedOf(desk, namedIn(parameters, currency), false);
  return { amounts: sums([...ownOf({ currency }, [customer['balance']]), ...(named ?? [])]), isOpen: named === null, isOfObject: true };
}

/** A subscription that is resumed bills a period of what it has. */
async function resumed(desk: Desk, { path }: ApiCall): Promise<Stakes> {
  const subscription = await find(desk, 'GET /v1/subscriptions/:subscription', path);
  if (subscription === null) return NOTHING;
  const items = ((subscription['items'] as Json)['data'] as Json[]).map(({ id }) => ({ id }));
  const named = await namedOf(desk, namedIn({ items }, subscription['currency']), true);
  return named === null ? OPEN : { amounts: named, isOpen: false, isOfObject: true };
}

/** A schedule that is canceled cancels its subscription, with a proration unless it says otherwise. */
async function ofSchedule(desk: Desk, { parameters, path }: ApiCall): Promise<Stakes> {
  const schedule = await find(desk, 'GET /v1/subscription_schedules/:schedule', path);
  const subscription = schedule?.['subscription'];
  if (typeof subscription !== 'string') return NOTHING;
  const cancel = operationOf(desk, 'DELETE /v1/subscriptions/:subscription');
  const asked = { prorate: true, ...parameters };
  return previewed(desk, { operation: cancel, path: { subscription }, parameters: asked });
}

/** A change of one item is a change of its subscription. */
async function ofItem(desk: Desk, { parameters, path, operation }: ApiCall): Promise<Stakes> {
  const item = await find(desk, 'GET /v1/subscription_items/:item', path);
  if (item === null) return NOTHING;
  const { proration_behavior: behavior, proration_date: date, ...rest } = parameters;
  const isRemoved = operation.method === 'delete';
  const items = [isRemoved ? { id: item['id'], deleted: true } : { ...rest, id: item['id'] }];
  const prorated = {
    ...(behavior === undefined ? {} : { proration_behavior: behavior }),
    ...(date === undefined ? {} : { proration_date: date }),
  };
  const update = operationOf(desk, 'POST /v1/subscriptions/:subscription');
  return previewed(desk, { operation: update, path: { subscription: String(item['subscription']) }, parameters: { items, ...prorated } });
}

/** The preview's total before discounts, or what is named if that is more: a preview has nothing of what a trial puts off. */
async function previewed(desk: Desk, call: ApiCall): Promise<Stakes> {
  const { parameters, path, operation } = call;
  const named = await namedOf(desk, namedIn(parameters, parameters['currency']), BILLS.test(operation.path));
  if (named === null) return OPEN;
  const of = previewOf(callOf(operation));
  const shown = of === null ? null : await look(desk, of.call, {}, of.parametersOf(parameters, path));
  const total =
    shown?.status === 200
      ? ownOf(shown.body, [...['subtotal', 'total', 'amount_due', 'amount'].map((name) => shown.body[name]), causedIn(shown.body)])
      : [];
  // What cannot be previewed may still be possible; what does not exist is not.
  const isUnknown = shown !== null && shown.status !== 200 && !isMissing(shown.body) && named.length === 0;
  return isUnknown ? OPEN : { amounts: largest([...total, ...named]), isOpen: false, isOfObject: false };
}

/** Without what waits for the customer's next invoice in any case: a credit may not hide behind it. */
function causedIn({ lines }: Json): number {
  const data = ((lines as Json | undefined)?.['data'] ?? []) as Json[];
  const caused = data.filter(({ parent }) => {
    const { invoice_item_details: item } = (parent ?? {}) as { invoice_item_details?: Json | null };
    return !item || item['proration'] === true;
  });
  return caused.reduce((sum, { amount }) => sum + integerOf(amount), 0);
}

const isMissing = ({ error }: Json): boolean =>
  ['resource_missing', 'parameter_missing'].includes(String((error as Json | null)?.['code']));

/** Calls that bill the prices that they name. Elsewhere a customer buys, or nobody. */
const BILLS = /subscription|invoice|credit_top_ups/;

const LOOKS_MAX = 50;

/** Null: too many to look at. */
async function namedOf(desk: Desk, all: readonly Named[], bills: boolean): Promise<Amount[] | null> {
  const counted = bills ? all : all.filter(({ kind }) => kind === 'amount');
  if (counted.filter(({ kind }) => kind !== 'amount').length > LOOKS_MAX) return null;
  const amounts: Amount[] = [];
  for (const each of counted) {
    for (const { amount, currency } of await worthOf(desk, each)) amounts.push({ amount, currency });
  }
  return sums(amounts);
}

/** The largest of the object's own amounts, whichever way the money goes. */
function ownOf({ currency, amount }: Json, values: readonly unknown[]): Amount[] {
  const own = currency ?? ((amount as Json | null)?.['monetary'] as Json | null)?.['currency'];
  return typeof own === 'string' ? [{ amount: Math.max(0, ...values.map((value) => Math.abs(integerOf(value)))), currency: own }] : [];
}

const sums = (amounts: readonly Amount[]): Amount[] => byCurrency(amounts, (a, b) => a + b);
const largest = (amounts: readonly Amount[]): Amount[] => byCurrency(amounts, Math.max);

function byCurrency(amounts: readonly Amount[], join: (a: number, b: number) => number): Amount[] {
  const joined = new Map<string, number>();
  for (const { amount, currency } of amounts) joined.set(currency, join(joined.get(currency) ?? 0, amount));
  return [...joined].map(([currency, amount]) => ({ amount, currency }));
}
