import { z } from 'zod';
import { REPAIR_ITEM_STATUSES, REPAIR_STATUSES, WAYS_TO_GIVE_BACK } from '../../domain/rows/repair';
import { currency, decimal, epoch, integer, listShape, minorUnits } from './parts';

const bound = () => epoch().optional();

/** Dunlin's own: one correction of many invoices, with who has approved it, and how far it has come. */
export const repair = z
  .strictObject({
    id: z.string(),
    object: z.literal('repair'),
    /** What the planned and the done corrections come to, by currency. */
    amounts: z.array(
      z.strictObject({
        currency: currency(),
        credit_notes: minorUnits(),
        difference: minorUnits(),
        new_invoices: minorUnits(),
        says: minorUnits(),
        would_say: minorUnits(),
      }),
    ),
    approved_at: epoch().nullable(),
    approved_by: z.string().nullable(),
    correction: z.strictObject({
      price: z.string().nullable(),
      recalculate_tax: z.boolean(),
      tax_exempt: z.enum(['exempt', 'reverse']).nullable(),
      tax_rate: z.string().nullable(),
      unit_amount_decimal: decimal().nullable(),
    }),
    created: epoch(),
    created_by: z.string(),
    description: z.string().nullable(),
    ended_at: epoch().nullable(),
    give_back: z.enum(WAYS_TO_GIVE_BACK),
    livemode: z.boolean(),
    /** How many invoices are in which status. */
    progress: z.strictObject({
      blocked: integer(),
      changed: integer(),
      corrected: integer(),
      failed: integer(),
      planned: integer(),
      selected: integer(),
      total: integer(),
      unchanged: integer(),
    }),
    reason: z.string().nullable(),
    select: z.strictObject({
      country: z.string().nullable(),
      created: z.strictObject({ gt: bound(), gte: bound(), lt: bound(), lte: bound() }).nullable(),
      currency: currency().nullable(),
      customer: z.string().nullable(),
      price: z.string().nullable(),
      product: z.string().nullable(),
      tax_rate: z.string().nullable(),
    }),
    status: z.enum(REPAIR_STATUSES),
  })
  .meta({ id: 'repair' });
export type WireRepair = z.output<typeof repair>;

export const repairs = listShape(repair);

/** One invoice of a repair. `difference`: what it would say less what it says. */
export const repairItem = z
  .strictObject({
    id: z.string(),
    object: z.literal('repair_item'),
    created: epoch(),
    credit_note: z.string().nullable(),
    credit_note_amount: minorUnits().nullable(),
    currency: currency(),
    customer: z.string(),
    difference: minorUnits().nullable(),
    invoice: z.string(),
    livemode: z.boolean(),
    new_invoice: z.string().nullable(),
    new_invoice_amount: minorUnits().nullable(),
    reason: z.string().nullable(),
    repair: z.string(),
    says: minorUnits().nullable(),
    status: z.enum(REPAIR_ITEM_STATUSES),
    would_say: minorUnits().nullable(),
  })
  .meta({ id: 'repair_item' });
export type WireRepairItem = z.output<typeof repairItem>;

export const repairItems = listShape(repairItem);
