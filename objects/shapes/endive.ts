/** The shapes that endive changes, with what it adds: the counterpart of `ADDED_BY_ENDIVE` in `objects/version.ts`. */
import { z } from 'zod';
import { dispute } from './dispute';
import { none } from './parts';
import { pendingUpdate } from './pending-update';
import { product } from './product';
import { subscription } from './subscription';
import { subscriptionSchedule } from './subscription-schedule';

export const ENDIVE: Record<string, z.ZodObject> = {
  product: product.extend({
    tax_details: z.strictObject({ performance_location: z.null(), tax_code: z.string() }).nullable(),
  }),
  dispute: dispute.extend({
    evidence_details: dispute.shape.evidence_details.extend({ submission_method: z.enum(['manual', 'not_submitted']) }),
    intended_submission_method: z.null(),
  }),
  subscription: subscription.extend({
    pending_update: pendingUpdate.extend({ cancel_at_period_end: z.null() }).nullable(),
  }),
  subscription_schedule: subscriptionSchedule.extend({ pause_schedules: none() }),
};
