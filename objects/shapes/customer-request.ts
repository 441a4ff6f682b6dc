import { z } from 'zod';
import { CUSTOMER_REQUEST_TYPES, OPEN_REASONS } from '../../domain/rows/customer-request';
import { currency, epoch, minorUnits } from './parts';

/** Dunlin's own: what a customer asks for by law. */
export const customerRequest = z
  .strictObject({
    id: z.string(),
    object: z.literal('customer_request'),
    created: epoch(),
    customer: z.string().nullable(),
    declaration: z.strictObject({
      contract: z.string(),
      date: z.string().nullable(),
      email: z.string(),
      kind: z.enum(['extraordinary', 'ordinary']),
      locale: z.string(),
      name: z.string(),
      statement: z.string().nullable(),
    }),
    due_at: epoch(),
    livemode: z.boolean(),
    missed_at: epoch().nullable(),
    note: z.string().nullable(),
    open_reason: z.enum(OPEN_REASONS).nullable(),
    owner: z.string(),
    plan: z
      .strictObject({
        effect: z.enum(['at_period_end', 'immediately']),
        ends_at: epoch(),
        refunds: z.array(z.strictObject({ amount: minorUnits(), charge: z.string(), currency: currency(), invoice: z.string() })),
      })
      .nullable(),
    resolved_at: epoch().nullable(),
    status: z.enum(['done', 'open', 'refused']),
    subscription: z.string().nullable(),
    type: z.enum(CUSTOMER_REQUEST_TYPES),
    url: z.string(),
  })
  .meta({ id: 'customer_request' });
export type WireCustomerRequest = z.output<typeof customerRequest>;
