/** What a workflow file says of its entity: what can be asked of it, what it does by itself, and whom it calls. */
import type { AgendaStep, CallName } from '../domain/rows/lifecycle';
import type { WorkflowKind } from '../domain/rows/workflow';
import type { Call } from './calls';
import type { UpdateName } from './contract';

/** What goes before a step's commit, and what follows it. */
export interface Then {
  /** The step may finalize a draft: `calculateTax` runs first, and the finalization uses its answer. */
  tax: boolean;
  /** The commit may open a call (a charge, a refund), which is made and recorded before the caller is answered. */
  call: boolean;
}

/** The commit is all. */
export const record: Then = { tax: false, call: false };
export const thenCharge: Then = { tax: false, call: true };
/** The same for a call that is no charge: a refund, evidence. */
export const thenCall: Then = thenCharge;
export const taxThenCharge: Then = { tax: true, call: true };
export const taxThenRecord: Then = { tax: true, call: false };

/** A step of the kind that has no place here does not compile. */
export interface Lifecycle<K extends WorkflowKind> {
  /** What callers ask for, in the order of life. */
  updates: Record<UpdateName<K>, Then>;
  /** What happens by itself, in the order of life. */
  agenda: Record<AgendaStep<K>, Then>;
  calls: Record<CallName<K>, Call>;
}
