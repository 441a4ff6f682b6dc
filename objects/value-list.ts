import type { ValueList, ValueListItem } from '../domain/rows/radar';
import type { Rows } from '../domain/rows/rows';
import type { WireValueList, WireValueListItem } from './shapes/value-list';
import { listOf } from './wire';

/** The items that a list shows itself; the others have to be listed. */
const SHOWN = 10;

/** Stripe's value list, with its newest items. */
export function toStripeValueList(
  { id, alias, created, createdBy, itemType, livemode, metadata, name }: ValueList,
  rows: Rows,
): WireValueList {
  const items = rows.where('valueListItem', (item) => item.valueList === id && !item.deleted).reverse();
  const url = `/v1/radar/value_list_items?value_list=${id}`;
  return {
    ...{ id, object: 'radar.value_list', alias, created, created_by: createdBy, item_type: itemType },
    list_items: listOf(items.slice(0, SHOWN).map(toStripeValueListItem), url, items.length > SHOWN),
    ...{ livemode, metadata, name },
  };
}

export function toStripeValueListItem({ id, created, createdBy, livemode, value, valueList }: ValueListItem): WireValueListItem {
  return { id, object: 'radar.value_list_item', created, created_by: createdBy, livemode, value, value_list: valueList };
}
