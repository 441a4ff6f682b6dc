import { rangeOf, reconcile, type Reconciliation, type ReconciliationOf } from '../db/reconciliation';
import { callGateway, outside, type Calling } from './call-gateway';

/** Both clocks differ by less: what was done just before midnight may be recorded just after it. Seconds. */
const BORDER = 3_600;

/** Compares our books of one day with a processor's record. Safe to repeat. */
export function createReconciliationActivities(deps: Calling) {
  return {
    reconcile: (input: ReconciliationOf): Promise<Pick<Reconciliation, 'compared' | 'differences' | 'status'>> =>
      outside(async () => {
        const { processor: gateway, account, livemode, day } = input;
        const { from, to } = rangeOf(day);
        const theirs = await callGateway(deps, { gateway, account, livemode }, async ({ settlement }) =>
          settlement ? settlement({ from: from - BORDER, to: to + BORDER }) : null,
        );
        const { status, compared, differences } = await reconcile(deps.sql, input, { theirs, source: 'processor' });
        return { status, compared, differences };
      }),
  };
}
