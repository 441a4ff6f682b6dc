import { BillingError } from './errors';
import { ChangeSet } from './change-set';

/** Why this would be refused, tried in a plan that is thrown away; null where it would not. For what happens with nobody to refuse to. */
export function refusedBy(changes: ChangeSet, work: (trial: ChangeSet) => void): BillingError | null {
  try {
    work(new ChangeSet(changes.rows, changes.context));
    return null;
  } catch (error) {
    if (error instanceof BillingError) return error;
    throw error;
  }
}
