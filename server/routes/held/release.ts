import { releaseHeld } from '../../../db/held';
import { customerTime } from '../../../db/lookup';
import { releaseEntities } from '../../../temporal/entities';
import { held } from '../../../objects/shapes/held';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { noneHeld, showHeld } from './show';

/**
 * Lets a held entity retry the failed step, for instance after its row is repaired. It answers before the result is known. Retrieve the
 * hold again: it is gone if the step succeeded, or has one failure more.
 *
 * @throws BillingError resource_missing
 */
export const releaseHeldOperation = operation({
  method: 'post',
  path: '/v1/held/:held/release',
  summary: 'Release what is held',
  tag: 'Operations',
  own: true,
  repeatable: true,
  parameters: parameters({}),
  answer: held,
  async handle(request) {
    const id = request.pathId('held');
    const row = await releaseHeld(request.deps.sql, request.scope, id);
    if (!row) return noneHeld(id);
    const { sql, temporal, config } = request.deps;
    const time = row.customer === null ? null : await customerTime(sql, request.scope, row.customer);
    await releaseEntities(temporal, config.taskQueue, [row], time?.now ?? Math.floor(Date.now() / 1000));
    return { body: showHeld(row) };
  },
});
