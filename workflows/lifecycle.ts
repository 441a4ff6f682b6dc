/** What a workflow file says of its entity: what can be asked of it, what it does by itself, and whom it calls. */
import type { AgendaStep, CallName } from '../domain/rows/lifecycle';
import type { WorkflowKind } from '../domain/rows/workflow';
import type { Call } from './calls';
import type { UpdateName } from './contract';

/** `record`: the commit is all. `thenCall`: it may open a call (a charge, a refund), which is made before anybody is answered. */
export type Then = 'record' | 'thenCall';

export const record: Then = 'record';
/** The charge that it opens is made, and recorded, before its caller is answered. */
export const thenCharge: Then = 'thenCall';
/** The same of what is no charge: a refund, evidence. */
export const thenCall: Then = 'thenCall';

/** A step of the kind that has no place here does not compile. */
export interface Lifecycle<K extends WorkflowKind> {
  /** What callers ask for, in the order of life. */
  updates: Record<UpdateName<K>, Then>;
  /** What happens by itself, in the order of life. */
  agenda: Record<AgendaStep<K>, Then>;
  calls: Record<CallName<K>, Call>;
}
