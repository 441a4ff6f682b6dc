import type { Operation } from '../../http/operation';
import { createCheckoutSession } from './create';
import { expireCheckoutSession } from './expire';
import { listCheckoutLines } from './list-lines';
import { listCheckoutSessions } from './list';
import { retrieveCheckoutSession } from './retrieve';
import { updateCheckoutSession } from './update';

export const checkoutSessions: Operation[] = [
  createCheckoutSession,
  retrieveCheckoutSession,
  listCheckoutSessions,
  listCheckoutLines,
  expireCheckoutSession,
  updateCheckoutSession,
];
