import { z } from 'zod';
import { FALLBACKS } from '../../domain/rows/routing';
import { epoch, integer, listShape, minorUnits } from './parts';

/** Dunlin's own: null is any. */
export const routingRule = z.strictObject({
  amount_gte: minorUnits().nullable(),
  amount_lte: minorUnits().nullable(),
  brands: z.array(z.string()).nullable(),
  countries: z.array(z.string()).nullable(),
  currencies: z.array(z.string()).nullable(),
  fallback: z.array(z.string()),
  fallback_on: z.array(z.enum(FALLBACKS)),
  name: z.string(),
  split: z.array(z.strictObject({ percent: integer(), processor: z.string() })),
});

/** The rules of one mode, in the order in which they are asked. */
export const routing = z
  .strictObject({
    object: z.literal('routing'),
    created: epoch().nullable(),
    livemode: z.boolean(),
    rules: z.array(routingRule),
    version: integer(),
  })
  .meta({ id: 'routing' });
export type WireRouting = z.output<typeof routing>;

export const routingVersions = listShape(routing);

const because = () => z.enum(['declined', 'no_rule', 'paused', 'split', 'stored_elsewhere']);

/** Where a charge would go now. Nothing is charged. */
export const routingPreview = z
  .strictObject({
    object: z.literal('routing_preview'),
    because: because().nullable(),
    livemode: z.boolean(),
    next: z.array(z.string()),
    next_on: z.array(z.enum(FALLBACKS)),
    processor: z.string(),
    rule: z.string().nullable(),
    version: integer(),
  })
  .meta({ id: 'routing_preview' });

/** Which processors were asked for the charge's payment, in order, and why. `because` is null where there were no rules. */
export const chargeRoute = z
  .strictObject({
    object: z.literal('charge_route'),
    charge: z.string(),
    livemode: z.boolean(),
    payment_intent: z.string(),
    processor: z.string(),
    tries: z.array(
      z.strictObject({
        attempt: integer(),
        because: because().nullable(),
        charge: z.string().nullable(),
        created: epoch(),
        from: z.string().nullable(),
        processor: z.string(),
        rule: z.string().nullable(),
        status: z.string(),
        version: integer().nullable(),
      }),
    ),
  })
  .meta({ id: 'charge_route' });
