/** Repairs and their invoices: Dunlin's own. */
import { sumOf } from '../domain/money/money';
import { REPAIR_ITEM_STATUSES, type RepairItemRow, type RepairProgress, type RepairRow } from '../domain/rows/repair';
import type { WireRepair, WireRepairItem } from './shapes/repair';

export function toRepair(row: RepairRow, { counts, amounts }: RepairProgress, livemode: boolean): WireRepair {
  const { id, created, description, correction, status, reason, selection } = row;
  const of = (name: (typeof REPAIR_ITEM_STATUSES)[number]): number => counts[name] ?? 0;
  return {
    ...{ id, object: 'repair', created, description, correction, status, reason, livemode, select: selection },
    amounts: amounts.map(({ currency, says, wouldSay, notes, invoices }) => ({
      ...{ currency, says, would_say: wouldSay, credit_notes: notes, new_invoices: invoices, difference: wouldSay - says },
    })),
    approved_at: row.approvedAt,
    approved_by: row.approvedBy,
    created_by: row.createdBy,
    ended_at: row.endedAt,
    give_back: row.giveBack,
    progress: {
      ...{ blocked: of('blocked'), changed: of('changed'), corrected: of('corrected'), failed: of('failed'), planned: of('planned') },
      ...{ selected: of('selected'), unchanged: of('unchanged'), total: sumOf(REPAIR_ITEM_STATUSES.map(of)) },
    },
  };
}

export function toRepairItem(row: RepairItemRow, livemode: boolean): WireRepairItem {
  const { id, created, repair, invoice, customer, currency, status, says, wouldSay, reason } = row;
  return {
    ...{ id, object: 'repair_item', created, repair, invoice, customer, currency, status, says, reason, livemode },
    would_say: wouldSay,
    difference: says === null || wouldSay === null ? null : wouldSay - says,
    credit_note: row.creditNote,
    credit_note_amount: row.noteAmount,
    new_invoice: row.newInvoice,
    new_invoice_amount: row.newAmount,
  };
}
