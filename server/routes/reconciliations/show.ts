import type { DifferenceRow, Reconciliation } from '../../../db/reconciliation';
import type { Settled } from '../../../domain/rows/reconciliation';
import type { WireDifference, WireReconciliation } from '../../../objects/shapes/reconciliation';

export function showReconciliation(row: Reconciliation, livemode: boolean): WireReconciliation {
  const { id, compared, created, day, differences, processor, source, status } = row;
  return { id, object: 'reconciliation', compared, created, day, differences, livemode, processor, source, status };
}

export function showDifference(row: DifferenceRow, livemode: boolean): WireDifference {
  const { id, objectKind: about, object: aboutId, created, day, kind, note, owner, processor, reference, state } = row;
  const of = { id, object: 'reconciliation_difference' as const, about, about_id: aboutId, created, day, kind, livemode };
  return { ...of, note, ours: sideOf(row.ours), owner, processor, reference, state, theirs: sideOf(row.theirs) };
}

function sideOf(settled: Settled | null): WireDifference['ours'] {
  if (settled === null) return null;
  const { amount, at, currency, fee, status } = settled;
  return { amount, at, currency, fee, status };
}
