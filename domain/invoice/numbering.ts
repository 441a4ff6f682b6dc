/**
 * Invoice numbers: `ACME-0007`. They count without gaps per customer, or per account if the account numbers all its invoices in one sequence.
 * A draft has no number, so a deleted draft leaves no gap; a void invoice keeps its number.
 */
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

/** The next number of the customer's sequence, or of the account's. */
export function takeNumber(changes: ChangeSet, customer: Customer): string {
  const account = changes.rows.get('account', changes.context.account);
  const { numbering, prefix } = invoiceSettings(changes);
  if (numbering === 'account') {
    const counter = changes.context.livemode ? 'nextInvoiceSequence' : 'nextTestInvoiceSequence';
    changes.patch('account', account.id, { [counter]: account[counter] + 1 });
    return numberOf(prefix, account[counter]);
  }
  changes.patch('customer', customer.id, { nextInvoiceSequence: customer.nextInvoiceSequence + 1 });
  return numberOf(customer.invoicePrefix, customer.nextInvoiceSequence);
}

const numberOf = (prefix: string, sequence: number): string => `${prefix}-${String(sequence).padStart(4, '0')}`;
