import type { RepairItemRow, RepairProgress, RepairRow } from '../../../db/repairs';
import { findRepair, progressOf } from '../../../db/repairs';
import { BillingError } from '../../../domain/core/errors';
import { REPAIR_ITEM_STATUSES } from '../../../domain/rows/repair';
import { sumOf } from '../../../domain/money/money';
import type { WireRepair, WireRepairItem } from '../../../objects/shapes/repair';
import { wakeRepair } from '../../../temporal/repairs';
import type { ApiRequest } from '../../http/request';

/** The repair of the path. */
export async function findNamed<P>(request: ApiRequest<P>): Promise<RepairRow> {
  const id = request.pathId('repair');
  const row = await findRepair(request.deps.sql, request.scope, id);
  if (row === null) throw new BillingError('resource_missing', `No such repair: '${id}'`, { param: 'id' });
  return row;
}

export async function answerRepair({ deps, scope }: ApiRequest<unknown>, row: RepairRow): Promise<{ body: WireRepair }> {
  return { body: showRepair(row, await progressOf(deps.sql, row.id), scope.livemode) };
}

/** Shows the repair as it is now, and has it go on. */
export async function goOn(request: ApiRequest<unknown>, row: RepairRow): Promise<{ body: WireRepair }> {
  const { deps, scope } = request;
  await wakeRepair(deps.temporal, deps.config.taskQueue, { repair: row.id, ...scope });
  return answerRepair(request, row);
}

export function showRepair(row: RepairRow, { counts, amounts }: RepairProgress, livemode: boolean): WireRepair {
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

export function showItem(row: RepairItemRow, livemode: boolean): WireRepairItem {
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
