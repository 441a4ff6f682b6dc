/** Rules of the seller. A change is another version; what a version has decided says which one it was. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { LIMITS } from '../core/limits';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import { needsBank } from './attributes';
import type { RadarRule } from '../rows/radar';
import type { Metadata } from '../rows/resource';

type Read = Pick<RadarRule, 'action' | 'condition' | 'predicate'>;

interface RuleParameters {
  active?: boolean | undefined;
  metadata?: Metadata | null | undefined;
  shadow?: boolean | undefined;
}

/** @throws BillingError too_many_items, parameter_invalid for a shadow that needs the bank's checks */
export function createRule(changes: ChangeSet, rule: Read, { active = true, metadata, shadow = false }: RuleParameters): void {
  if (active) refuseTooMany(changes);
  if (shadow) refuseLate(rule.condition);
  changes.put('radarRule', {
    ...changes.resource('rrl'),
    ...rule,
    afterBank: needsBank(rule.condition),
    active,
    shadow,
    version: 1,
    metadata: mergeMetadata({}, metadata),
  });
}

/** @throws BillingError too_many_items, parameter_invalid for a shadow that needs the bank's checks */
export function updateRule(changes: ChangeSet, id: string, rule: Read | null, { active, metadata, shadow }: RuleParameters): void {
  const before = changes.rows.get('radarRule', id);
  const read = rule === null ? {} : { ...rule, afterBank: needsBank(rule.condition) };
  const after = { ...before, ...read, ...omitUndefined({ active, shadow }) };
  if (after.active && !before.active) refuseTooMany(changes);
  if (after.shadow) refuseLate(after.condition);
  const isChanged = after.action !== before.action || after.predicate !== before.predicate;
  changes.put('radarRule', { ...after, version: before.version + (isChanged ? 1 : 0), metadata: mergeMetadata(before.metadata, metadata) });
}

/** It would have every charge authorized before it is captured, only to record something. */
function refuseLate(condition: RadarRule['condition']): void {
  if (!needsBank(condition)) return;
  const message = 'A rule that looks at what the bank has checked cannot be a shadow. Test it on past payments: POST /v1/radar/backtests.';
  throw new BillingError('parameter_invalid', message, { param: 'shadow' });
}

function refuseTooMany({ rows }: ChangeSet): void {
  if (rows.where('radarRule', ({ active }) => active).length < LIMITS.activeRules.max) return;
  const message = `An account can have at most ${String(LIMITS.activeRules.max)} active rules. Deactivate one of them first.`;
  throw new BillingError('too_many_items', message, { param: 'active' });
}
