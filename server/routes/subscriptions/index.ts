import type { Operation } from '../../http/operation';
import { cancelSubscription } from './cancel';
import { createSubscription } from './create';
import { deleteSubscriptionDiscount } from './delete-discount';
import { listSubscriptions } from './list';
import { migrateSubscription } from './migrate';
import { pauseSubscription } from './pause';
import { resumeSubscription } from './resume';
import { retrieveSubscription } from './retrieve';
import { subscriptionTimeline } from './timeline';
import { updateSubscription } from './update';

export const subscriptions: Operation[] = [
  cancelSubscription,
  createSubscription,
  deleteSubscriptionDiscount,
  listSubscriptions,
  migrateSubscription,
  pauseSubscription,
  resumeSubscription,
  retrieveSubscription,
  subscriptionTimeline,
  updateSubscription,
];
