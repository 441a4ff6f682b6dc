import { z } from 'zod';
import { epoch } from './parts';

/** Dunlin's own: all rows of one customer, by table, as stored. */
export const personalData = z
  .strictObject({
    object: z.literal('personal_data'),
    as_of: epoch(),
    customer: z.string(),
    livemode: z.boolean(),
    records: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  })
  .meta({ id: 'personal_data' });
