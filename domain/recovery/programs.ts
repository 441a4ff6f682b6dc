/** Recovery programs of the seller. A version is never changed: what runs keeps the one that it began with. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { LIMITS } from '../core/limits';
import { mergeMetadata } from '../core/metadata';
import type { RecoveryProgram } from '../rows/recovery-program';
import type { Metadata } from '../rows/resource';
import { armsOf, segmentOf, type ArmParameters, type SegmentParameters } from './definition';

export interface ProgramParameters {
  active?: boolean | undefined;
  arms?: ArmParameters[] | undefined;
  metadata?: Metadata | null | undefined;
  name?: string | undefined;
  position?: number | undefined;
  segment?: SegmentParameters | undefined;
}

/** @throws BillingError parameter_invalid, parameter_missing, too_many_items */
export function createProgram(changes: ChangeSet, params: ProgramParameters & { arms: ArmParameters[]; name: string }): void {
  const { active = true, name, position = 0 } = params;
  if (active) refuseTooMany(changes);
  const program = changes.put('recoveryProgram', {
    ...changes.resource('rcvp'),
    name,
    active,
    position,
    segment: segmentOf(null, params.segment),
    arms: armsOf(params.arms),
    version: 1,
    metadata: mergeMetadata({}, params.metadata),
  });
  putVersion(changes, program);
}

/** @throws BillingError parameter_invalid, parameter_missing, too_many_items */
export function updateProgram(changes: ChangeSet, id: string, params: ProgramParameters): void {
  const before = changes.rows.get('recoveryProgram', id);
  const active = params.active ?? before.active;
  if (active && !before.active) refuseTooMany(changes);
  const segment = params.segment === undefined ? before.segment : segmentOf(before.segment, params.segment);
  const arms = params.arms === undefined ? before.arms : armsOf(params.arms);
  const isAnother = JSON.stringify([segment, arms]) !== JSON.stringify([before.segment, before.arms]);
  const program = changes.patch('recoveryProgram', id, {
    ...{ active, arms, segment },
    name: params.name ?? before.name,
    position: params.position ?? before.position,
    version: before.version + (isAnother ? 1 : 0),
    metadata: mergeMetadata(before.metadata, params.metadata),
  });
  if (isAnother) putVersion(changes, program);
}

function putVersion(changes: ChangeSet, { id: program, arms, segment, version }: RecoveryProgram): void {
  changes.put('recoveryProgramVersion', { ...changes.resource('rcvv'), program, arms, segment, version });
}

function refuseTooMany({ rows }: ChangeSet): void {
  if (rows.where('recoveryProgram', ({ active }) => active).length < LIMITS.activeRecoveryPrograms.max) return;
  const message = `An account can have at most ${String(LIMITS.activeRecoveryPrograms.max)} active recovery programs. Deactivate one of them first.`;
  throw new BillingError('too_many_items', message, { param: 'active' });
}
