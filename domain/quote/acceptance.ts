/**
 * Finalizes, accepts, cancels and expires quotes. The acceptance is a step of the object that it creates (a subscription, a schedule, an
 * invoice), in one commit with it, so that the object exists once or not at all.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { beginsOf, type Quote } from '../rows/quote';
import { expiry, recompute, unexpected, waitForExpiry } from './changes';
import { redeemedFrom, redemptionOf } from './discounts';
import { draftQuoted } from './invoice';
import { numbered } from './numbers';
import { asQuoted } from './refusals';
import { scheduleTerms, subscriptionTerms } from './terms';
import { createSchedule } from '../schedule/creation';
import type { Named, StepInput } from '../core/steps';
import { createSubscription } from '../subscription/creation';
import { workflowId } from '../rows/workflow';

/** The server finds the rows that the quote references. The quote is open, so they no longer change. */
export interface AcceptQuoteParameters {
  path: { quote: string };
  names: Named;
}

/**
 * Assigns the number and fixes the amounts.
 *
 * @throws BillingError quote_unexpected_state, parameter_missing, parameter_invalid
 */
export function finalizeQuote(changes: ChangeSet, id: string, params: { expires_at?: number | undefined }): void {
  const quote = changes.patch('quote', id, expiry(changes, params));
  assertLiving(changes, quote, 'draft');
  assertComplete(quote);
  recompute(changes, id);
  supersede(changes, quote);
  changes.patch('quote', id, { ...numbered(changes, quote), status: 'open', finalizedAt: changes.now });
  changes.emit('quote.finalized', 'quote', id);
  waitForExpiry(changes, id);
}

/**
 * Accepts the quote in the URL; runs in the workflow of the new object.
 *
 * @throws BillingError quote_unexpected_state, and as the creation of that object does
 */
export function acceptQuote(changes: ChangeSet, input: StepInput<AcceptQuoteParameters>): void {
  const { quote: id } = input.parameters.path;
  const quote = changes.rows.get('quote', id);
  assertLiving(changes, quote, 'open');
  const begun = asQuoted(quote, () => begin(changes, quote, input));
  changes.patch('quote', id, { ...begun, status: 'accepted', acceptedAt: changes.now });
  changes.emit('quote.accepted', 'quote', id);
  waitForExpiry(changes, id);
  changes.outcome = `accepts ${id}`;
}

type Begun = Partial<Pick<Quote, 'invoice' | 'subscription' | 'subscriptionSchedule'>>;

function begin(changes: ChangeSet, quote: Quote, input: StepInput<AcceptQuoteParameters>): Begun {
  const customer = quote.customer as string;
  const { subject } = input;
  const kind = beginsOf(quote, changes.now);
  if (input.workflow !== workflowId(kind, subject)) {
    throw new BillingError('lock_timeout', 'The effective date of the quote has come meanwhile. Ask again.');
  }
  if (kind === 'schedule') {
    const ask = redeemedFrom(changes, customer, quote.subscriptionData.effective_date as number, quote);
    createSchedule(changes, { ...input, parameters: scheduleTerms(changes, quote, customer, ask) });
    return { subscriptionSchedule: subject };
  }
  const ask = redemptionOf(changes, customer);
  if (kind === 'invoice') {
    draftQuoted(changes, quote, { invoice: subject, customer, ask });
    return { invoice: subject };
  }
  createSubscription(changes, { ...input, parameters: subscriptionTerms(quote, customer, ask) });
  return { subscription: subject, invoice: changes.rows.get('subscription', subject).latestInvoice };
}

/** @throws BillingError quote_unexpected_state */
export function cancelQuote(changes: ChangeSet, id: string): void {
  const quote = changes.rows.get('quote', id);
  if (quote.status !== 'draft' && quote.status !== 'open') throw unexpected(quote, 'only a draft or an open quote can be canceled');
  cancel(changes, id);
  waitForExpiry(changes, id);
}

/** Cancels the quote because its time is over. */
export function expireQuote(changes: ChangeSet, id: string): void {
  cancel(changes, id);
}

function cancel(changes: ChangeSet, id: string): void {
  changes.patch('quote', id, { status: 'canceled', canceledAt: changes.now });
  changes.emit('quote.canceled', 'quote', id);
}

function assertLiving(changes: ChangeSet, quote: Quote, status: Quote['status']): void {
  if (quote.status !== status) throw unexpected(quote, `it must be ${status}`);
  if (quote.expiresAt <= changes.now) throw unexpected(quote, 'it has expired');
  if (!changes.rows.find('customer', quote.customer)?.deleted) return;
  throw new BillingError('resource_missing', `No such customer: '${quote.customer ?? ''}'`, { param: 'customer' });
}

function assertComplete({ customer, lineItems, subscriptionData: data }: Quote): void {
  if (customer === null) {
    throw new BillingError('parameter_missing', 'A quote needs a customer before it can be finalized.', { param: 'customer' });
  }
  if (lineItems.length === 0) {
    throw new BillingError('parameter_missing', 'A quote needs line items before it can be finalized.', { param: 'line_items' });
  }
  if (lineItems.some(({ type }) => type === 'recurring')) return;
  const name = (['effective_date', 'trial_period_days'] as const).find((each) => data[each] !== null);
  if (name === undefined) return;
  throw new BillingError('parameter_invalid', `\`${name}\` needs a line item with a recurring price.`, {
    param: `subscription_data[${name}]`,
  });
}

/** A revision replaces the quote that it revises, which can no longer be accepted. */
function supersede(changes: ChangeSet, { fromQuote }: Quote): void {
  if (!fromQuote?.is_revision) return;
  const revised = changes.rows.get('quote', fromQuote.quote);
  if (revised.status === 'accepted') throw unexpected(revised, 'it has been accepted, and can no longer be revised');
  if (revised.status !== 'open') return;
  cancel(changes, revised.id);
  waitForExpiry(changes, revised.id);
}
