import { releaseHeld } from '../../../db/held';
import { customerTime } from '../../../db/lookup';
import { releaseEntities } from '../../../temporal/entities';
import { held } from '../../../objects/shapes/held';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { noneHeld, showHeld } from './show';

/**
 * Has a held entity try once more what failed, for instance once its row is mended. It answers before the result is known: retrieve it
 * again, and it is gone if it moves, or has one failure more. Answers `resource_missing`.
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
