/** What customers ask for by law, with who answers and by when. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { DAY_SECONDS, REQUEST_DAYS } from './terms';
import type { ContractSettings } from '../rows/account';
import type { CustomerRequest, CustomerRequestType, Declaration } from '../rows/customer-request';
import { contractOf, decide } from './matching';

/** Records a declaration and decides who acts on it: Dunlin at once, or a person. */
export function recordRequest(
  changes: ChangeSet,
  { type, declaration }: { type: CustomerRequestType; declaration: Declaration },
  { settings, origin }: { settings: ContractSettings; origin: string },
): CustomerRequest {
  const { now, rows } = changes;
  const resource = changes.resource('creq');
  const subscription = contractOf(rows, declaration);
  const decision =
    subscription === null
      ? ({ openReason: 'no_contract', plan: null } as const)
      : decide(rows, { type, declaration, subscription }, { settings, now });
  const request = changes.put('customerRequest', {
    ...resource,
    ...decision,
    type,
    status: 'open',
    customer: subscription?.customer ?? null,
    subscription: subscription?.id ?? null,
    declaration,
    owner: settings.owner,
    dueAt: now + REQUEST_DAYS[type] * DAY_SECONDS,
    ...UNANSWERED,
    url: `${origin}/contract/${changes.context.secretFor(resource.id)}`,
  });
  announce(changes, request);
  return request;
}

const UNANSWERED = { note: null, resolvedAt: null, acceptedAt: null, missedAt: null };

/** Until its deadline it costs one row, and no workflow. */
function announce(changes: ChangeSet, { id, customer, dueAt }: CustomerRequest): void {
  changes.emit('customer_request.created', 'customerRequest', id);
  const testClock = changes.rows.find('customer', customer)?.testClock ?? null;
  changes.startAt(dueAt, 'customer-request', id, { id: customer, testClock });
}

/** The deadline has passed, and nobody has answered: who answers is told, and it stays open. */
export function missRequest(changes: ChangeSet, id: string): void {
  const { type } = changes.patch('customerRequest', id, { missedAt: changes.now });
  changes.emit('customer_request.overdue', 'customerRequest', id);
  changes.outcome = `nobody has answered the ${type} ${id} in time`;
}

/** A customer who is logged in asks to be deleted. It waits for a person, because it cannot be taken back. */
export function requestDeletion(
  changes: ChangeSet,
  { customer: id, locale, statement }: { customer: string; locale: string; statement: string | null },
  { settings, origin }: { settings: ContractSettings; origin: string },
): void {
  const customer = changes.rows.get('customer', id);
  const isOpen = ({ type, status, customer: of }: CustomerRequest): boolean => type === 'deletion' && status === 'open' && of === id;
  if (changes.rows.all('customerRequest').some(isOpen)) return;
  const resource = changes.resource('creq');
  const declaration = { name: customer.name ?? '', email: customer.email ?? '', contract: '', kind: 'ordinary', date: null } as const;
  const request = changes.put('customerRequest', {
    ...resource,
    type: 'deletion',
    status: 'open',
    openReason: 'reviewed',
    plan: null,
    customer: id,
    subscription: null,
    declaration: { ...declaration, statement, locale },
    owner: settings.owner,
    dueAt: changes.now + REQUEST_DAYS.deletion * DAY_SECONDS,
    ...UNANSWERED,
    url: `${origin}/contract/${changes.context.secretFor(resource.id)}`,
  });
  announce(changes, request);
}

/**
 * A person has decided that a request is about this contract: it is carried out as if it had been matched.
 *
 * @throws BillingError parameter_invalid if nothing can be done with it
 */
export function acceptRequest(
  changes: ChangeSet,
  id: string,
  { subscription: named, settings }: { subscription: string | null; settings: ContractSettings },
): void {
  const request = openRequest(changes, id);
  changes.patch('customerRequest', id, { acceptedAt: request.acceptedAt ?? changes.now });
  if (request.plan !== null || request.type === 'deletion') return;
  const subscription = changes.rows.find('subscription', named ?? request.subscription ?? '');
  if (subscription === undefined) {
    throw new BillingError('parameter_missing', 'Missing required param: subscription.', { param: 'subscription' });
  }
  // The person has read the reason and the date, and lets the contract end as usual.
  const declaration = { ...request.declaration, kind: 'ordinary' as const, date: null };
  const terms = { settings: { ...settings, withdrawal_days: EVER }, now: changes.now };
  const { plan, openReason } = decide(changes.rows, { type: request.type, declaration, subscription }, terms);
  if (plan === null) {
    const message =
      openReason === 'payment_pending'
        ? `A bank has not decided a payment of the subscription '${subscription.id}' yet.`
        : `The subscription '${subscription.id}' has ended or is being ended, or a subscription schedule manages it.`;
    throw new BillingError('parameter_invalid', message, { param: 'subscription' });
  }
  changes.patch('customerRequest', id, { plan, openReason: null, customer: subscription.customer, subscription: subscription.id });
}

/** A seller may accept a withdrawal at any time. Days. */
const EVER = 36_500;

/** What was asked for is done. */
export function finishRequest(changes: ChangeSet, id: string): void {
  if (changes.rows.get('customerRequest', id).status === 'done') return;
  changes.patch('customerRequest', id, { status: 'done', resolvedAt: changes.now, openReason: null });
  changes.emit('customer_request.done', 'customerRequest', id);
}

/** Who is erased has nothing left to ask for: its requests to be deleted are done, and do not name it. Other declarations are proof, and stay. */
export function finishDeletions(changes: ChangeSet): void {
  for (const { id, status, declaration } of changes.rows.where('customerRequest', ({ type }) => type === 'deletion')) {
    changes.patch('customerRequest', id, { declaration: { ...declaration, name: '', email: '', statement: null }, note: null });
    if (status === 'open') finishRequest(changes, id);
  }
}

/** @throws BillingError parameter_invalid if it is not open, or is being carried out */
export function refuseRequest(changes: ChangeSet, id: string, note: string): void {
  const request = openRequest(changes, id);
  if (request.plan !== null) throw notOpen(request);
  changes.patch('customerRequest', id, { status: 'refused', note, resolvedAt: changes.now });
  changes.emit('customer_request.refused', 'customerRequest', id);
}

/** Who answers, and notes of the seller. */
export function updateRequest(
  changes: ChangeSet,
  id: string,
  change: { owner?: string | undefined; note?: string | null | undefined },
): void {
  const { owner, note } = changes.rows.get('customerRequest', id);
  changes.patch('customerRequest', id, { owner: change.owner ?? owner, note: change.note === undefined ? note : change.note });
  changes.emitUpdated('customer_request.updated', 'customerRequest', id);
}

function openRequest(changes: ChangeSet, id: string): CustomerRequest {
  const request = changes.rows.get('customerRequest', id);
  if (request.status === 'open') return request;
  throw notOpen(request);
}

const notOpen = ({ id, status }: CustomerRequest): BillingError =>
  new BillingError('parameter_invalid', `The customer request '${id}' is ${status === 'open' ? 'being carried out' : status}.`, {
    param: 'id',
  });
