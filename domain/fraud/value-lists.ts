/** Lists of values, which rules name by their alias. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { LIMITS } from '../core/limits';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import type { ListType, ValueList } from '../rows/radar';
import type { Metadata } from '../rows/resource';
import { listsOf } from './attributes';

/** Who has made the lists that every account has. */
const MADE_BY_DUNLIN = 'dunlin';
const MADE_BY_CALLERS = 'api';

interface NewList {
  alias: string;
  item_type?: ListType | undefined;
  metadata?: Metadata | null | undefined;
  name: string;
}

/** @throws BillingError resource_already_exists */
export function createValueList(changes: ChangeSet, { alias, item_type: itemType = 'string', metadata, name }: NewList): void {
  refuseTaken(changes, alias);
  changes.put('valueList', {
    ...changes.resource('rsl'),
    ...{ alias, name, itemType, createdBy: MADE_BY_CALLERS, deleted: false, metadata: mergeMetadata({}, metadata) },
  });
}

/** @throws BillingError resource_already_exists, parameter_invalid while a rule names the alias */
export function updateValueList(
  changes: ChangeSet,
  id: string,
  { metadata, ...change }: { alias?: string | undefined; metadata?: Metadata | null | undefined; name?: string | undefined },
): void {
  const before = changes.rows.get('valueList', id);
  if (change.alias !== undefined && change.alias !== before.alias) {
    refuseUsed(changes, before, 'alias');
    refuseTaken(changes, change.alias);
  }
  changes.patch('valueList', id, { ...omitUndefined(change), metadata: mergeMetadata(before.metadata, metadata) });
}

/** Deletes the list, with all that is on it. @throws BillingError parameter_invalid while a rule names it, and for a default list */
export function deleteValueList(changes: ChangeSet, id: string): void {
  refuseUsed(changes, changes.rows.get('valueList', id), 'value_list');
  changes.patch('valueList', id, { deleted: true });
}

function refuseTaken({ rows }: ChangeSet, alias: string): void {
  if (rows.where('valueList', (list) => !list.deleted && list.alias === alias).length === 0) return;
  throw new BillingError('resource_already_exists', `There is a value list with the alias \`${alias}\` already.`, { param: 'alias' });
}

function refuseUsed({ rows }: ChangeSet, { alias, createdBy }: ValueList, param: string): void {
  const [user] = rows.where('radarRule', ({ condition }) => listsOf(condition).some(({ list }) => list === alias));
  if (user === undefined && createdBy !== MADE_BY_DUNLIN) return;
  const why = user === undefined ? 'every account has it' : `the rule ${user.id} names it`;
  throw new BillingError('parameter_invalid', `The value list \`${alias}\` stays as it is: ${why}.`, { param });
}

/** @throws BillingError parameter_invalid for a value of another type, resource_already_exists, too_many_items */
export function addToValueList(changes: ChangeSet, { id, itemType }: ValueList, value: string, { count }: { count: number }): void {
  if (count >= LIMITS.valueListItems.max) {
    const message = `A value list can have at most ${String(LIMITS.valueListItems.max)} items.`;
    throw new BillingError('too_many_items', message, { param: 'value' });
  }
  if (!(FORMS[itemType]?.test(value) ?? true)) {
    throw new BillingError('parameter_invalid', `\`${value}\` cannot be on a list of the type \`${itemType}\`.`, { param: 'value' });
  }
  const compared = comparedAs(itemType, value);
  if (changes.rows.where('valueListItem', (item) => !item.deleted && item.compared === compared).length > 0) {
    throw new BillingError('resource_already_exists', `\`${value}\` is on the list already.`, { param: 'value' });
  }
  changes.put('valueListItem', {
    ...changes.resource('rsli'),
    ...{ valueList: id, value: itemType === 'email' ? compared : value, compared, createdBy: MADE_BY_CALLERS, deleted: false },
  });
}

export function deleteFromValueList(changes: ChangeSet, id: string): void {
  changes.patch('valueListItem', id, { deleted: true, value: '', compared: '' });
}

const FORMS: Partial<Record<ListType, RegExp>> = {
  card_bin: /^\d{6,8}$/,
  country: /^[A-Za-z]{2}$/,
  customer_id: /^cus_/,
  email: /^[^\s@]+@[^\s@]+$/,
  ip_address: /^[0-9a-fA-F.:]{2,45}$/,
};

/** Case counts only on lists that say so, and in ids. */
export const CASE_SENSITIVE: readonly ListType[] = ['card_fingerprint', 'case_sensitive_string', 'customer_id'];

export const comparedAs = (type: ListType, value: string): string => (CASE_SENSITIVE.includes(type) ? value : value.toLowerCase());
