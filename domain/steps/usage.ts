import { bookEnd } from '../credit/grant-changes';
import { holdTopUp, topUpCredits } from '../credit-top-up/credit-purchases';
import type { Plan } from '../core/change-set';
import type { Step, StepInput } from '../core/steps';
import { billAfterEnd } from '../usage/billing';
import { latestOf, nextNumber, reached } from '../agenda/usage';

export const usageSteps: Record<string, Step> = {
  triggerAlert: { plan: triggerAlert },
  billLateUsage: {
    plan: (plan, { target }) => {
      billAfterEnd(plan, target ?? '');
    },
  },
  expireCreditGrant: {
    plan: (plan, { target }) => {
      bookEnd(plan, target ?? '');
      plan.outcome = `${target ?? ''} expired`;
    },
  },
  // What is due then shows itself: nothing is written.
  lookAtUsage: { plan: () => undefined },
  topUpCredits: {
    plan: (plan, { target }) => {
      topUpCredits(plan, target ?? '');
    },
  },
  holdTopUp: {
    plan: (plan, { target }) => {
      holdTopUp(plan, target ?? '');
    },
  },
};

/** Tells that an alert's customer has come to so much. */
function triggerAlert(plan: Plan, { subject: customer, target }: StepInput): void {
  const alert = plan.rows.get('alert', target ?? '');
  const found = reached(plan.rows, alert, customer, plan.now);
  if (!found) return;
  const { id, activation } = alert;
  const number = nextNumber(latestOf(plan.rows, alert, customer));
  const row = plan.resource('alrttr');
  plan.put('alertTriggered', { ...row, alert: id, customer, activation, number, ...found });
  plan.emit('billing.alert.triggered', 'alertTriggered', row.id);
  plan.outcome = `${id} triggered at ${found.value}`;
}
