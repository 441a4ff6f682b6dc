/**
 * Invoice numbers: `ACME-0007`. They count without gaps per customer, or per account if the account numbers all its invoices in one sequence.
 * A draft has no number, so a deleted draft leaves no gap; a void invoice keeps its number. A caller may give a draft a number. Automatic numbers
 * leave out those that are taken, and only those.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { settingsOf, type InvoiceSettings } from '../rows/account';
import type { Customer } from '../rows/customer';
import { MEMBER_STATES } from '../tax/places';

/** Sellers in the European Union and in Great Britain number all invoices in one sequence, which their law asks for. */
export const defaultNumbering = (country: string): InvoiceSettings['numbering'] =>
  country === 'GB' || MEMBER_STATES.includes(country) ? 'account' : 'customer';

/** The account's settings for invoices, in the mode of the change. */
export const invoiceSettings = ({ rows, context }: ChangeSet): InvoiceSettings =>
  settingsOf(rows.get('account', context.account), context).invoices;

/** The next free number of the customer's sequence, or of the account's. */
export function takeNumber(changes: ChangeSet, customer: Customer): string {
  const account = changes.rows.get('account', changes.context.account);
  const { numbering, prefix } = invoiceSettings(changes);
  if (numbering === 'account') {
    const counter = changes.context.livemode ? 'nextInvoiceSequence' : 'nextTestInvoiceSequence';
    const sequence = firstFree(changes, prefix, account[counter]);
    changes.patch('account', account.id, { [counter]: sequence + 1 });
    return numberOf(prefix, sequence);
  }
  const sequence = firstFree(changes, customer.invoicePrefix, customer.nextInvoiceSequence);
  changes.patch('customer', customer.id, { nextInvoiceSequence: sequence + 1 });
  return numberOf(customer.invoicePrefix, sequence);
}

/** How many numbers a plan asks about at least, so that it seldom asks twice. */
const ASKED_AT_ONCE = 20;

function firstFree(changes: ChangeSet, prefix: string, next: number): number {
  const { takenNumbers = new Map<string, boolean>(), account } = changes.context;
  if (changes.rows.get('account', account).chosenInvoiceNumbers === 0) return next;
  let sequence = next;
  while (takenNumbers.get(numberOf(prefix, sequence)) === true) sequence += 1;
  if (!takenNumbers.has(numberOf(prefix, sequence))) {
    const asked = ASKED_AT_ONCE + takenNumbers.size;
    changes.numberQuestions.push(...Array.from({ length: asked }, (_, index) => numberOf(prefix, sequence + index)));
  }
  return sequence;
}

/**
 * Has a caller's number for a draft, which no other invoice may have, not even a void one.
 *
 * @throws BillingError resource_already_exists
 */
export function chooseNumber(changes: ChangeSet, number: string): string {
  // Changed, so that the account is locked: of two callers that choose one number at the same time, the second finds it taken.
  const account = changes.rows.get('account', changes.context.account);
  changes.patch('account', account.id, { chosenInvoiceNumbers: account.chosenInvoiceNumbers + 1 });
  const isTaken = changes.context.takenNumbers?.get(number);
  if (isTaken === undefined) changes.numberQuestions.push(number);
  if (isTaken) throw new BillingError('resource_already_exists', `The invoice number '${number}' is taken.`, { param: 'number' });
  return number;
}

const numberOf = (prefix: string, sequence: number): string => `${prefix}-${String(sequence).padStart(4, '0')}`;
