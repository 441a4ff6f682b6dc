import { cursorOf, missingCursor, orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { oneOf, orderedAs, pagination, parameters } from '../../http/parameters';
import { listTaxRegistrations } from '../../../db/tax-registrations';

/**
 * Lists tax registrations, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listTaxRegistrationsOperation = operation({
  method: 'get',
  path: '/v1/tax/registrations',
  summary: 'List tax registrations',
  tag: 'Tax registrations',
  parameters: parameters({
    ...pagination,
    ...orderedAs('tax_registrations'),
    status: oneOf(['active', 'all', 'expired', 'scheduled']).default('all'),
  }),
  shows: 'taxRegistration',
  async handle(request) {
    const { limit, status } = request.parameters;
    const cursor = cursorOf(request.parameters);
    const asked = { status, now: await request.now(), cursor, limit, order: orderOf(request.parameters) };
    const page = await listTaxRegistrations(request.deps.sql, request.scope, asked);
    if (page === null) return missingCursor('taxRegistration', cursor);
    return { list: { kind: 'taxRegistration', ...page } };
  },
});
