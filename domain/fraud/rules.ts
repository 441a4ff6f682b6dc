/** Rules of the seller. A change is another version; what a version has decided says which one it was. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { LIMITS } from '../core/limits';
import { mergeMetadata } from '../core/metadata';
import { needsBank } from './attributes';
import type { RadarRule } from '../rows/radar';
import type { Metadata } from '../rows/resource';

type Read = Pick<RadarRule, 'action' | 'condition' | 'predicate'>;

interface RuleParameters {
  active?: boolean | undefined;
  metadata?: Metadata | null | undefined;
}

/** @throws BillingError too_many_items */
export function createRule(changes: ChangeSet, rule: Read, { active = true, metadata }: RuleParameters): void {
  if (active) refuseTooMany(changes);
  changes.put('radarRule', {
    ...changes.resource('rrl'),
    ...rule,
    afterBank: needsBank(rule.condition),
    active,
    version: 1,
    metadata: mergeMetadata({}, metadata),
  });
}

/** @throws BillingError too_many_items */
export function updateRule(changes: ChangeSet, id: string, rule: Read | null, { active, metadata }: RuleParameters): void {
  const before = changes.rows.get('radarRule', id);
  if (active === true && !before.active) refuseTooMany(changes);
  const isChanged = rule !== null && (rule.action !== before.action || rule.predicate !== before.predicate);
  changes.patch('radarRule', id, {
    ...(rule === null ? {} : { ...rule, afterBank: needsBank(rule.condition) }),
    active: active ?? before.active,
    version: before.version + (isChanged ? 1 : 0),
    metadata: mergeMetadata(before.metadata, metadata),
  });
}

function refuseTooMany({ rows }: ChangeSet): void {
  if (rows.where('radarRule', ({ active }) => active).length < LIMITS.activeRules.max) return;
  const message = `An account can have at most ${String(LIMITS.activeRules.max)} active rules. Deactivate one of them first.`;
  throw new BillingError('too_many_items', message, { param: 'active' });
}
