import { containing } from '../../../db/fraud';
import { among, equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { name, orderedAs, pagination, parameters, range } from '../../http/parameters';
import { alias } from './list-facts';

/**
 * Lists value lists, newest first; with `contains`, those that have this value.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listRadarValueLists = operation({
  method: 'get',
  path: '/v1/radar/value_lists',
  summary: 'List value lists',
  tag: 'Radar',
  parameters: parameters({
    ...pagination,
    ...orderedAs('value_lists'),
    alias: alias().optional(),
    contains: name({ max: 800 }).optional(),
    created: range().optional(),
  }),
  shows: 'valueList',
  async handle(request) {
    const { alias: named, contains, created } = request.parameters;
    const having = contains === undefined ? undefined : await containing(request.deps, request.scope, contains);
    return list(request, 'valueList', [equals('alias', named), among('id', having), rangeFilter('created', created)]);
  },
});
