/** What a workflow file declares for its entity: the updates it accepts, the steps it runs by itself, and its external calls. */
import type { AgendaStep, CallName } from '../domain/rows/lifecycle';
import type { WorkflowKind } from '../domain/rows/workflow';
import type { Call } from './calls';
import type { UpdateName } from './contract';

/** What follows the commit of a step. */
export interface Then {
  /** The commit may open a call (a charge, a refund), which is made and recorded before the caller is answered. */
  call: boolean;
}

/** The commit is everything. */
export const record: Then = { call: false };
export const thenCharge: Then = { call: true };
/** The same for other calls: a refund, evidence. */
export const thenCall: Then = { call: true };

/** If a step of the kind has no place here, the code does not compile. */
export interface Lifecycle<K extends WorkflowKind> {
  /** The updates from callers, in the order of the entity's life. */
  updates: Record<UpdateName<K>, Then>;
  /** The automatic steps, in the order of the entity's life. */
  agenda: Record<AgendaStep<K>, Then>;
  calls: Record<CallName<K>, Call>;
}
