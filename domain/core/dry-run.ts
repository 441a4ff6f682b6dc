import { BillingError } from './errors';
import { ChangeSet } from './change-set';

/**
 * Runs `work` on a throwaway change set and returns the error that it throws, or null. For background steps, which have no caller to
 * refuse.
 */
export function refusedBy(changes: ChangeSet, work: (trial: ChangeSet) => void): BillingError | null {
  try {
    work(new ChangeSet(changes.rows, changes.context));
    return null;
  } catch (error) {
    if (error instanceof BillingError) return error;
    throw error;
  }
}
