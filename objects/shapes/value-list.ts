import type Stripe from 'stripe';
import { z } from 'zod';
import { LIST_TYPES } from '../../domain/rows/radar';
import type { Wire } from '../wire';
import { epoch, metadata } from './parts';

export const valueListItem = z
  .strictObject({
    id: z.string(),
    object: z.literal('radar.value_list_item'),
    created: epoch(),
    created_by: z.string(),
    livemode: z.boolean(),
    value: z.string(),
    value_list: z.string(),
  })
  .meta({ id: 'radar.value_list_item' }) satisfies z.ZodType<Wire<Stripe.Radar.ValueListItem>>;
export type WireValueListItem = z.output<typeof valueListItem>;

export const valueList = z
  .strictObject({
    id: z.string(),
    object: z.literal('radar.value_list'),
    alias: z.string(),
    created: epoch(),
    created_by: z.string(),
    item_type: z.enum(LIST_TYPES),
    list_items: z.strictObject({ object: z.literal('list'), data: z.array(valueListItem), has_more: z.boolean(), url: z.string() }),
    livemode: z.boolean(),
    metadata: metadata(),
    name: z.string(),
  })
  .meta({ id: 'radar.value_list' }) satisfies z.ZodType<Wire<Stripe.Radar.ValueList>>;
export type WireValueList = z.output<typeof valueList>;
