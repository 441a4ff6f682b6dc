import { z } from 'zod';
import { listAuditEntries } from '../../../db/audit';
import { BillingError } from '../../../domain/core/errors';
import { auditCsv, toAuditEntry } from '../../../objects/access';
import { auditEntry } from '../../../objects/shapes/access';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { id, integer, name, parameters, range } from '../../http/parameters';
import { format } from '../ledger/parameters';

/**
 * Lists what API keys and users have changed, or tried to change, in this mode, newest first. Usage is not among it.
 *
 * @throws BillingError resource_missing (the cursor)
 */
export const listAuditEntriesOperation = operation({
  method: 'get',
  path: '/v1/audit_entries',
  summary: 'List entries of the audit log',
  tag: 'Audit log',
  own: true,
  parameters: parameters({
    actor: id().optional(),
    created: range().optional(),
    format: format(),
    limit: integer({ min: 1, max: 100 }).default(10),
    operation: name({ max: 200 }).optional(),
    related_object: id().optional(),
    request: id().optional(),
    starting_after: id().optional(),
  }),
  answer: listShape(auditEntry).extend({ csv: z.string().optional() }),
  async handle(request) {
    const { actor, created, format: asked, limit, operation: called, related_object: object, starting_after: after } = request.parameters;
    const filters = { actor, created, object, operation: called, request: request.parameters.request };
    const page = await listAuditEntries(request.deps.sql, request.scope, { ...filters, limit, after });
    if (page === null) throw new BillingError('resource_missing', `No such audit entry: '${after ?? ''}'`, { param: 'starting_after' });
    const { entries, hasMore } = page;
    const csv = asked === 'csv' ? { csv: auditCsv(entries) } : {};
    return { body: { ...listOf(entries.map(toAuditEntry), '/v1/audit_entries', hasMore), ...csv } };
  },
});
