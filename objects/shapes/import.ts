import { z } from 'zod';
import { CUTOVER_STATUSES } from '../../domain/rows/cutover';
import { IMPORT_STATUSES, OUTCOMES, SOURCE_KINDS } from '../../domain/rows/import';
import { SHADOW_DIFFERENCES, SHADOW_STATUSES } from '../../domain/rows/shadow-invoice';
import { anyObject, currency, epoch, integer, listShape, minorUnits } from './parts';

/** How many objects of one kind had each outcome. `left_out`: of those taken, how many lack a part. */
const counts = z.strictObject({
  changed: integer(),
  left_out: integer(),
  reference: integer(),
  refused: integer(),
  skipped: integer(),
  taken: integer(),
  unchanged: integer(),
});

/** Dunlin's own: one run that reads another billing system. A dry run writes nothing, and says what a run would do. */
export const importRun = z
  .strictObject({
    id: z.string(),
    object: z.literal('import'),
    counts: z.partialRecord(z.enum(SOURCE_KINDS), counts),
    created: epoch(),
    dry_run: z.boolean(),
    error: z.string().nullable(),
    finished_at: epoch().nullable(),
    livemode: z.boolean(),
    reading: z.enum(SOURCE_KINDS).nullable(),
    source: z.enum(['csv', 'stripe']),
    source_test_clock: z.string().nullable(),
    status: z.enum(IMPORT_STATUSES),
    test_clock: z.string().nullable(),
  })
  .meta({ id: 'import' });
export type WireImport = z.output<typeof importRun>;
export const imports = listShape(importRun);

/** What became of one object of the other system, and which of its properties are the reason. */
export const importedObject = z
  .strictObject({
    id: z.string(),
    object: z.literal('imported_object'),
    created: epoch(),
    import: z.string(),
    kind: z.enum(SOURCE_KINDS),
    livemode: z.boolean(),
    outcome: z.enum(OUTCOMES),
    problems: z.array(z.strictObject({ field: z.string(), reason: z.string() })),
    source_id: z.string(),
    summary: anyObject().nullable(),
  })
  .meta({ id: 'imported_object' });
export type WireImportedObject = z.output<typeof importedObject>;
export const importedObjects = listShape(importedObject);

const line = z.strictObject({
  amount: minorUnits(),
  discount: minorUnits(),
  item: z.string().nullable(),
  period_end: epoch(),
  period_start: epoch(),
  price: z.string().nullable(),
  proration: z.boolean(),
  quantity: integer().nullable(),
  tax: minorUnits(),
});

const compared = z
  .strictObject({
    credit: minorUnits(),
    discount: minorUnits(),
    invoice: z.string().nullable(),
    lines: z.array(line),
    subtotal: minorUnits(),
    tax: minorUnits(),
    total: minorUnits(),
  })
  .nullable();

/** Dunlin's own: an invoice that Dunlin would have made for a customer whom another system bills, compared with that system's. */
export const shadowInvoice = z
  .strictObject({
    id: z.string(),
    object: z.literal('shadow_invoice'),
    created: epoch(),
    currency: currency(),
    customer: z.string(),
    cycle_at: epoch(),
    differences: z.array(
      z.strictObject({
        kind: z.enum(SHADOW_DIFFERENCES),
        line: z.string().nullable(),
        ours: integer().nullable(),
        theirs: integer().nullable(),
      }),
    ),
    livemode: z.boolean(),
    ours: compared,
    status: z.enum(SHADOW_STATUSES),
    subscription: z.string(),
    theirs: compared,
  })
  .meta({ id: 'shadow_invoice' });
export type WireShadowInvoice = z.output<typeof shadowInvoice>;

/** Dunlin's own: the change of who bills a customer, and the way back. */
export const cutover = z
  .strictObject({
    id: z.string(),
    object: z.literal('cutover'),
    billed_by: z.enum(['dunlin', 'source']),
    created: epoch(),
    customer: z.string(),
    due_at: epoch().nullable(),
    forced: z.boolean(),
    livemode: z.boolean(),
    reason: z.string().nullable(),
    status: z.enum(CUTOVER_STATUSES),
    subscriptions: z.array(z.string()),
    switched_at: epoch().nullable(),
  })
  .meta({ id: 'cutover' });
export type WireCutover = z.output<typeof cutover>;

/** What each side bills, by status and currency, and how often each kind of difference occurs. Minor units. */
export const shadowReport = z
  .strictObject({
    object: z.literal('shadow_report'),
    csv: z.string(),
    differences: z.array(z.strictObject({ count: integer(), kind: z.string() })),
    livemode: z.boolean(),
    totals: z.array(
      z.strictObject({
        currency: currency(),
        invoices: integer(),
        ours: minorUnits(),
        status: z.string(),
        theirs: minorUnits(),
      }),
    ),
  })
  .meta({ id: 'shadow_report' });

/** The cutovers that a wave has begun, and the customers that it could not cut over now. */
export const cutoverWave = z
  .strictObject({
    object: z.literal('cutover_wave'),
    cutovers: z.array(z.string()),
    left: z.array(z.strictObject({ customer: z.string(), reason: z.string() })),
    livemode: z.boolean(),
  })
  .meta({ id: 'cutover_wave' });
