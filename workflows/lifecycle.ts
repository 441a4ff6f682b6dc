/** What a workflow file declares for its entity: the updates it accepts, the steps it runs by itself, and its external calls. */
import type { AgendaStep, CallName } from '../domain/rows/lifecycle';
import type { WorkflowKind } from '../domain/rows/workflow';
import type { Call } from './calls';
import type { UpdateName } from './contract';

/**
 * `record`: the commit is everything. `thenCall`: the step may open a call (a charge, a refund), which is made before the caller is
 * answered.
 */
export type Then = 'record' | 'thenCall';

export const record: Then = 'record';
/** The charge that the step opens is made and recorded before its caller is answered. */
export const thenCharge: Then = 'thenCall';
/** The same for other calls: a refund, evidence. */
export const thenCall: Then = 'thenCall';

/** If a step of the kind has no place here, the code does not compile. */
export interface Lifecycle<K extends WorkflowKind> {
  /** The updates from callers, in the order of the entity's life. */
  updates: Record<UpdateName<K>, Then>;
  /** The automatic steps, in the order of the entity's life. */
  agenda: Record<AgendaStep<K>, Then>;
  calls: Record<CallName<K>, Call>;
}
