/**
 * The fence inside of each step that bills. If Dunlin bills the customer, the step is done. If another system still does, the step is only tried: the
 * subscription goes on to its next period, and the invoice that Dunlin would have made waits to be compared with the other system's.
 */
import { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { chargedInShadow } from './charged-time';
import { correctCredit } from '../credit/grant-changes';
import { isBilledHere } from '../rows/customer';
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import type { RowKind } from '../rows/rows';
import type { ComparedInvoice, ComparedLine } from '../rows/shadow-invoice';

export function insideFence(changes: ChangeSet, { subject, at }: Pick<StepInput, 'at' | 'subject'>, bill: (to: ChangeSet) => void): void {
  const { customer } = changes.rows.get('subscription', subject);
  if (isBilledHere(changes.rows.get('customer', customer))) {
    bill(changes);
    return;
  }
  const shadow = new ChangeSet(changes.rows, { ...changes.context, preview: true });
  bill(shadow);
  followShadow(changes, shadow, subject);
  keepShadows(changes, shadow, { subscription: subject, customer, cycleAt: at });
}

/** What the subscription remembers of a cycle. Everything else that the cycle would have made does not exist. */
const REMEMBERED: readonly RowKind[] = ['subscriptionItem', 'subscriptionSchedule', 'usagePeriod', 'discount'];

function followShadow(changes: ChangeSet, shadow: ChangeSet, id: string): void {
  const before = changes.rows.get('subscription', id);
  const { latestInvoice, customer } = before;
  const billedElsewhere = chargedInShadow(before.billedElsewhere, shadow, newOf('invoice', changes, shadow));
  changes.put('subscription', { ...before, ...shadow.rows.get('subscription', id), latestInvoice, billedElsewhere });
  for (const kind of REMEMBERED) for (const key of shadow.changed.get(kind) ?? []) changes.put(kind, shadow.rows.get(kind, key));
  followItems(changes, shadow);
  const { discount } = shadow.rows.get('customer', customer);
  if (discount !== changes.rows.get('customer', customer).discount) changes.patch('customer', customer, { discount });
  useCredit(changes, shadow);
  const told = shadow.events.filter(({ type, objectId }) => objectId === id && type.startsWith('customer.subscription.'));
  for (const { type } of told) changes.emit(type, 'subscription', id);
}

/** What the shadow has made. */
const newOf = (kind: RowKind, changes: ChangeSet, shadow: ChangeSet): string[] =>
  [...(shadow.changed.get(kind) ?? [])].filter((key) => !changes.base.find(kind, key));

function followItems(changes: ChangeSet, shadow: ChangeSet): void {
  const made = newOf('invoiceItem', changes, shadow);
  // The other system has billed those that were there.
  const billed = [...(shadow.changed.get('invoiceItem') ?? [])].filter((key) => !made.includes(key));
  for (const key of billed) changes.patch('invoiceItem', key, { deleted: true });
  // Those that a phase has made wait for the next invoice, there as here.
  for (const key of made) {
    const item = shadow.rows.get('invoiceItem', key);
    if (item.invoice === null) changes.put('invoiceItem', item);
  }
}

/** The other system pays its invoice by the same credit. */
function useCredit(changes: ChangeSet, shadow: ChangeSet): void {
  for (const key of newOf('invoice', changes, shadow)) {
    for (const { credit_grant: grant, amount } of shadow.rows.get('invoice', key).totalCreditAmounts) {
      correctCredit(changes, grant, changes.rows.get('creditGrant', grant).balance - amount);
    }
  }
}

function keepShadows(changes: ChangeSet, shadow: ChangeSet, of: { subscription: string; customer: string; cycleAt: number }): void {
  for (const key of newOf('invoice', changes, shadow)) {
    const invoice = shadow.rows.get('invoice', key);
    const ours = comparedOf(shadow, invoice);
    const nothing = { theirs: null, status: 'waiting' as const, differences: [], checkAt: 0 };
    changes.put('shadowInvoice', { ...changes.resource('shadow'), ...of, currency: invoice.currency, ours, ...nothing });
    changes.outcome = `the other system bills ${String(invoice.total)} ${invoice.currency}, as far as Dunlin knows`;
  }
}

function comparedOf({ rows }: ChangeSet, invoice: Invoice): ComparedInvoice {
  return {
    id: null,
    subtotal: invoice.subtotal,
    discount: sum(invoice.totalDiscountAmounts),
    credit: sum(invoice.totalCreditAmounts),
    tax: sum(invoice.totalTaxes),
    total: invoice.total,
    lines: rows.where('invoiceLineItem', (line) => line.invoice === invoice.id).map(comparedLine),
  };
}

function comparedLine(line: InvoiceLineItem): ComparedLine {
  const { subscriptionItem: item, price, quantity, amount, proration, periodStart, periodEnd } = line;
  const [discount, tax] = [sum(line.discountAmounts), sum(line.taxes)];
  return { item, price, quantity, amount, discount, tax, proration, periodStart, periodEnd };
}

const sum = (amounts: readonly { amount: number }[]): number => amounts.reduce((total, { amount }) => total + amount, 0);
