import type { ChangeSet } from '../core/change-set';

/** A hidden invoice becomes visible: the events of what has happened to it are emitted now. */
export function revealInvoice(changes: ChangeSet, id: string): void {
  const { status } = changes.patch('invoice', id, { hidden: false });
  changes.emit('invoice.created', 'invoice', id);
  if (status !== 'draft') changes.emit('invoice.finalized', 'invoice', id);
  if (status !== 'paid') return;
  for (const type of ['invoice.paid', 'invoice.payment_succeeded']) changes.emit(type, 'invoice', id);
}
