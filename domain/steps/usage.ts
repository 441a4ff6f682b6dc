import { bookEnd } from '../credit/grant-changes';
import { holdTopUp, topUpCredits } from '../credit-top-up/credit-purchases';
import type { ChangeSet } from '../core/change-set';
import type { AnyStep, StepInput } from '../core/steps';
import { billAfterEnd } from '../usage/billing';
import { latestOf, nextNumber, reached } from '../agenda/usage';

export const usageSteps: Record<string, AnyStep> = {
  triggerAlert: { plan: triggerAlert },
  billLateUsage: {
    plan: (changes, { target }) => {
      billAfterEnd(changes, target ?? '');
    },
  },
  expireCreditGrant: {
    plan: (changes, { target }) => {
      bookEnd(changes, target ?? '');
      changes.outcome = `${target ?? ''} expired`;
    },
  },
  // Writes nothing: the entity state that follows it shows what is due.
  lookAtUsage: { plan: () => undefined },
  topUpCredits: {
    plan: (changes, { target }) => {
      topUpCredits(changes, target ?? '');
    },
  },
  holdTopUp: {
    plan: (changes, { target }) => {
      holdTopUp(changes, target ?? '');
    },
  },
};

/** Emits the event of an alert that its customer has triggered. */
function triggerAlert(changes: ChangeSet, { subject: customer, target }: StepInput): void {
  const alert = changes.rows.get('alert', target ?? '');
  const found = reached(changes.rows, alert, customer, changes.now);
  if (!found) return;
  const { id, activation } = alert;
  const number = nextNumber(latestOf(changes.rows, alert, customer));
  const row = changes.resource('alrttr');
  changes.put('alertTriggered', { ...row, alert: id, customer, activation, number, ...found });
  changes.emit('billing.alert.triggered', 'alertTriggered', row.id);
  changes.outcome = `${id} triggered at ${found.value}`;
}
