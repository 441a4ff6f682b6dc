/** Mandates: what the holder of a bank account has agreed to. */
import type { ChangeSet } from '../core/change-set';
import type { Mandate, MandateAcceptance, MandateSchedule } from '../rows/mandate';
import type { IntentOptions } from '../rows/payment-intent';
import type { MethodType, PaymentMethod } from '../rows/payment-method';

/** `mandate_data` of a request. */
export interface MandateParameters {
  customer_acceptance: {
    accepted_at?: number | undefined;
    type: 'offline' | 'online';
    online?: { ip_address: string; user_agent: string } | undefined;
  };
}

/** Puts the mandate for an account. The scheme of Bacs must accept it first, which it does with the first debit. */
export function putMandate(
  changes: ChangeSet,
  { id: paymentMethod, type: method }: PaymentMethod,
  {
    customer,
    covers,
    data,
    options,
  }: {
    customer: string | null;
    covers: Pick<Mandate, 'amount' | 'currency'> | null;
    data: MandateParameters;
    options: IntentOptions | null;
  },
): Mandate {
  const resource = changes.resource('mandate');
  return changes.put('mandate', {
    ...resource,
    customer,
    paymentMethod,
    status: method === 'bacs_debit' ? 'pending' : 'active',
    type: covers === null ? 'multi_use' : 'single_use',
    amount: covers?.amount ?? null,
    currency: covers?.currency ?? null,
    acceptance: acceptanceOf(changes, data),
    reference: `${prefixOf(method, options)}${referenceOf(resource.id)}`,
    schedule: method === 'acss_debit' ? scheduleOf(options) : null,
  });
}

function acceptanceOf({ now }: ChangeSet, { customer_acceptance: { accepted_at, type, online } }: MandateParameters): MandateAcceptance {
  return { accepted_at: accepted_at ?? now, type, ...(type === 'online' && online ? { online } : {}) };
}

const prefixOf = (type: MethodType, options: IntentOptions | null): string =>
  (type === 'bacs_debit' || type === 'sepa_debit' ? options?.[type]?.mandate_options?.reference_prefix : undefined) ?? '';

/** What the seller has not said is the least: now and then, and by a consumer. */
function scheduleOf(options: IntentOptions | null): MandateSchedule {
  const {
    interval_description = null,
    payment_schedule = 'sporadic',
    transaction_type = 'personal',
  } = options?.acss_debit?.mandate_options ?? {};
  return { interval_description, payment_schedule, transaction_type };
}

/** Letters and digits, as SEPA and Bacs allow. */
const referenceOf = (id: string): string =>
  id
    .replace(/^mandate_/, '')
    .toUpperCase()
    .slice(-16);

/** The bank has accepted it. One that covers later payments belongs to its account from now on. */
export function acceptMandate(changes: ChangeSet, id: string | null): void {
  const mandate = changes.rows.find('mandate', id);
  if (mandate === undefined || mandate.status === 'inactive') return;
  if (mandate.type === 'multi_use') changes.patch('paymentMethod', mandate.paymentMethod, { mandate: mandate.id });
  if (mandate.status !== 'pending') return;
  changes.patch('mandate', mandate.id, { status: 'active' });
  changes.emitUpdated('mandate.updated', 'mandate', mandate.id);
}

/** Nothing is debited under it any more. One that the account has kept for later payments stays. */
export function dropMandate(changes: ChangeSet, id: string | null): void {
  const mandate = changes.rows.find('mandate', id);
  if (mandate !== undefined && changes.rows.find('paymentMethod', mandate.paymentMethod)?.mandate !== mandate.id) endMandate(changes, id);
}

/** The holder or the bank has withdrawn it: the account is not debited any more. */
export function endMandate(changes: ChangeSet, id: string | null): void {
  const mandate = changes.rows.find('mandate', id);
  if (mandate === undefined || mandate.status === 'inactive') return;
  changes.patch('mandate', mandate.id, { status: 'inactive' });
  changes.emitUpdated('mandate.updated', 'mandate', mandate.id);
  const method = changes.rows.find('paymentMethod', mandate.paymentMethod);
  if (method?.mandate === mandate.id) changes.patch('paymentMethod', method.id, { mandate: null });
}
