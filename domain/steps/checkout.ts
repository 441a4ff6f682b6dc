/** The steps of a checkout session that it runs by itself. */
import { completeSession, expireSession, settleSession } from '../checkout/life';
import type { AnyStep } from '../core/steps';

export const checkoutSteps: Record<string, AnyStep> = {
  completeSession: { plan: (changes, input) => completeSession(changes, input.subject) },
  settleSession: { plan: (changes, input) => settleSession(changes, input.subject) },
  expireSession: { plan: (changes, input) => expireSession(changes, input.subject) },
};
