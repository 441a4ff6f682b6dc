import { routingVersions } from '../../../db/routing';
import { routingVersions as answer } from '../../../objects/shapes/routing';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { integer, parameters } from '../../http/parameters';
import { showRouting } from './show';

/**
 * Lists every version of the routing rules that was in force, newest first.
 *
 * @throws BillingError parameter_invalid
 */
export const listRoutingVersions = operation({
  method: 'get',
  path: '/v1/routing/versions',
  summary: 'List versions of the routing rules',
  tag: 'Processors',
  own: true,
  parameters: parameters({
    before_version: integer({ min: 1, max: 2_147_483_647 }).optional(),
    limit: integer({ min: 1, max: 100 }).default(10),
  }),
  answer,
  async handle({ parameters: { before_version: before = null, limit }, deps, scope }) {
    const { rows, hasMore } = await routingVersions(deps.sql, scope, { before, limit });
    return {
      body: listOf(
        rows.map((each) => showRouting(each, scope.livemode)),
        '/v1/routing/versions',
        hasMore,
      ),
    };
  },
});
