import { z } from 'zod';
import { DIFFERENCE_KINDS, DIFFERENCE_STATES, SETTLED_KINDS } from '../../domain/rows/reconciliation';
import { currency, epoch, integer, listShape, minorUnits } from './parts';

/** Dunlin's own: one comparison of our books of a day with a processor's record. `not_available`: the processor has no such record. */
export const reconciliation = z
  .strictObject({
    id: z.string(),
    object: z.literal('reconciliation'),
    compared: integer(),
    created: epoch(),
    day: z.string(),
    differences: integer(),
    livemode: z.boolean(),
    processor: z.string(),
    source: z.enum(['file', 'processor']),
    status: z.enum(['done', 'not_available']),
  })
  .meta({ id: 'reconciliation' });
export type WireReconciliation = z.output<typeof reconciliation>;

export const reconciliations = listShape(reconciliation);

const side = () =>
  z
    .strictObject({
      amount: minorUnits(),
      at: epoch(),
      currency: currency(),
      fee: minorUnits().nullable(),
      status: z.enum(['failed', 'succeeded']),
    })
    .nullable();

/** What is in one record and not in the other, or is not the same in both. `about_id` is our charge, refund or dispute; null: we have none. */
export const reconciliationDifference = z
  .strictObject({
    id: z.string(),
    object: z.literal('reconciliation_difference'),
    about: z.enum(SETTLED_KINDS),
    about_id: z.string().nullable(),
    created: epoch(),
    day: z.string(),
    kind: z.enum(DIFFERENCE_KINDS),
    livemode: z.boolean(),
    note: z.string().nullable(),
    ours: side(),
    owner: z.string().nullable(),
    processor: z.string(),
    reference: z.string(),
    state: z.enum(DIFFERENCE_STATES),
    theirs: side(),
  })
  .meta({ id: 'reconciliation_difference' });
export type WireDifference = z.output<typeof reconciliationDifference>;

export const reconciliationDifferences = listShape(reconciliationDifference);

/** What we have booked of a day, in the form in which a processor's file is taken. */
export const settlementFile = z
  .strictObject({
    object: z.literal('settlement_file'),
    csv: z.string(),
    day: z.string(),
    livemode: z.boolean(),
    processor: z.string(),
  })
  .meta({ id: 'settlement_file' });
