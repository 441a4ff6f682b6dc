import type { Cutover } from '../domain/rows/cutover';
import type { WireCutover } from './shapes/import';

export function toCutover(cutover: Cutover): WireCutover {
  const { id, created, customer, dueAt, forced, frozen, livemode, reason, status, switchedAt } = cutover;
  return {
    ...{
      id,
      object: 'cutover',
      billed_by: status === 'done' ? 'dunlin' : 'source',
      created,
      customer,
      due_at: dueAt,
      forced,
      livemode,
      reason,
    },
    ...{ status, subscriptions: frozen.map(({ subscription }) => subscription), switched_at: switchedAt },
  };
}
