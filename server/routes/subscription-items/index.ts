import type { Operation } from '../../http/operation';
import { createSubscriptionItem } from './create';
import { deleteSubscriptionItem } from './delete';
import { listSubscriptionItems } from './list';
import { retrieveSubscriptionItem } from './retrieve';
import { updateSubscriptionItem } from './update';

export const subscriptionItems: Operation[] = [
  createSubscriptionItem,
  deleteSubscriptionItem,
  listSubscriptionItems,
  retrieveSubscriptionItem,
  updateSubscriptionItem,
];
