import { listProcessors } from '../../../db/processors';
import { processors } from '../../../objects/shapes/processor';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { namesIn, showProcessor } from './show';

/** Lists the processors, with whether they run and what waits for them. The first, `all`, is the switch for all movement of money. */
export const listProcessorsOperation = operation({
  method: 'get',
  path: '/v1/processors',
  summary: 'List processors',
  tag: 'Processors',
  own: true,
  parameters: parameters({}),
  answer: processors,
  async handle(request) {
    const { deps, scope } = request;
    const states = await listProcessors(deps.sql, scope, namesIn(request));
    return {
      body: listOf(
        states.map((state) => showProcessor(state, scope.livemode)),
        '/v1/processors',
        false,
      ),
    };
  },
});
