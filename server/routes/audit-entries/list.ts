import { z } from 'zod';
import { listAuditEntries } from '../../../db/audit';
import { auditCsv, toAuditEntry } from '../../../objects/access';
import { auditEntry } from '../../../objects/shapes/access';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { cursorOf, cursorParam, equals, orderOf, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { id, name, orderedAs, pagination, parameters, range } from '../../http/parameters';
import { format } from '../ledger/parameters';

/**
 * Lists what API keys and users have changed, or tried to change, in this mode, newest first. Usage is not among it.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listAuditEntriesOperation = operation({
  method: 'get',
  path: '/v1/audit_entries',
  summary: 'List entries of the audit log',
  tag: 'Audit log',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('audit_entries'),
    actor: id().optional(),
    created: range().optional(),
    format: format(),
    operation: name({ max: 200 }).optional(),
    related_object: id().optional(),
    request: id().optional(),
  }),
  answer: listShape(auditEntry).extend({ csv: z.string().optional() }),
  async handle(request) {
    const { actor, created, format: asked, limit, operation: called, related_object: object } = request.parameters;
    const cursor = cursorOf(request.parameters);
    const filters = [
      rangeFilter('created', created),
      equals('actor', actor),
      equals('object', object),
      equals('operation', called),
      equals('request', request.parameters.request),
    ].filter((filter) => filter !== null);
    const page = await listAuditEntries(request.deps.sql, request.scope, { filters, cursor, limit, order: orderOf(request.parameters) });
    if (page === null) {
      throw new ParameterError('resource_missing', `No such audit entry: '${cursor?.id ?? ''}'`, cursorParam(cursor));
    }
    const { entries, hasMore } = page;
    const csv = asked === 'csv' ? { csv: auditCsv(entries) } : {};
    return { body: { ...listOf(entries.map(toAuditEntry), '/v1/audit_entries', hasMore), ...csv } };
  },
});
