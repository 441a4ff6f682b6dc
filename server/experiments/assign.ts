import { hasSubscription, loadOnlooker } from '../../db/experiments';
import { assign, assignmentOf, type Onlooker } from '../../domain/experiment/assignment';
import { armInForce, type ExperimentArm, type ExperimentAssignment } from '../../domain/rows/experiment';
import { present, type ApiRequest } from '../http/request';

/**
 * What the onlooker sees, and the assignment, which is made at the first sight. Null for somebody who is not counted.
 *
 * @throws BillingError resource_missing
 */
export async function assignOnlooker<P>(
  request: ApiRequest<P>,
  experiment: string,
  onlooker: Onlooker,
): Promise<{ arm: ExperimentArm; assignment: ExperimentAssignment | null }> {
  const { visitor, customer } = onlooker;
  const isSubscriber = customer !== null && (await hasSubscription(request.deps.sql, request.scope, customer));
  const { rows } = await request.change({
    step: 'assignToExperiment',
    customer,
    subject: `${experiment}/${visitor ?? ''}`,
    load: (tx) => loadOnlooker(tx, request.scope, experiment, onlooker),
    plan: (changes) => {
      present(changes, 'experiment', experiment);
      assign(changes, experiment, { ...onlooker, isSubscriber });
    },
  });
  // Also after a repetition, in which the plan does not run again.
  const assignment = assignmentOf(rows, { ...onlooker, isSubscriber }) ?? null;
  return { arm: armInForce(rows.get('experiment', experiment), assignment?.arm ?? null), assignment };
}
