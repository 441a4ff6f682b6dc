import type { Operation } from '../../http/operation';
import { createPlan } from './create';
import { deletePlan } from './delete';
import { listPlans } from './list';
import { retrievePlan } from './retrieve';
import { updatePlan } from './update';

/** The older view of recurring prices: each plan is a price, under the same id. */
export const plans: Operation[] = [createPlan, deletePlan, listPlans, retrievePlan, updatePlan];
