import { BillingError } from './errors';
import { Plan } from './change-set';

/** Why this would be refused, tried in a plan that is thrown away; null where it would not. For what happens with nobody to refuse to. */
export function refusedBy(plan: Plan, work: (trial: Plan) => void): BillingError | null {
  try {
    work(new Plan(plan.rows, plan.context));
    return null;
  } catch (error) {
    if (error instanceof BillingError) return error;
    throw error;
  }
}
