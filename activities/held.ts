import { endHold, holdEntity } from '../db/held';
import type { HoldRequest } from '../domain/rows/held';
import { answering, type Answer } from './answers';
import type { ActivityDependencies } from './dependencies';

export function createHoldActivities(deps: Pick<ActivityDependencies, 'sql' | 'appVersion'>) {
  return {
    /** Records that an entity is held, and why, for operators and callers. */
    hold: (request: HoldRequest): Promise<Answer<null>> =>
      answering(async () => {
        await holdEntity(deps.sql, request, deps.appVersion);
        return null;
      }),

    /** The entity was released, and nothing that could fail is left to do. */
    endHold: ({ workflow }: { workflow: string }): Promise<Answer<null>> =>
      answering(async () => {
        await endHold(deps.sql, workflow);
        return null;
      }),
  };
}
