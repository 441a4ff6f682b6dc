import { findHeld } from '../../../db/held';
import { held } from '../../../objects/shapes/held';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { noneHeld, showHeld } from './show';

/**
 * Retrieves a held entity with its reason; it is not found once it works again.
 *
 * @throws BillingError resource_missing, also once it moves again
 */
export const retrieveHeldOperation = operation({
  method: 'get',
  path: '/v1/held/:held',
  summary: 'Retrieve what is held',
  tag: 'Operations',
  own: true,
  parameters: parameters({}),
  answer: held,
  async handle(request) {
    const id = request.pathId('held');
    const row = await findHeld(request.deps.sql, request.scope, id);
    return row ? { body: showHeld(row) } : noneHeld(id);
  },
});
