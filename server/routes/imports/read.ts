import { endImport, findImport, listImports, listObjects } from '../../../db/imports';
import { BillingError } from '../../../domain/core/errors';
import { OUTCOMES, SOURCE_KINDS, type Import } from '../../../domain/rows/import';
import { importedObjects, importRun, imports } from '../../../objects/shapes/import';
import { listOf } from '../../../objects/wire';
import { answerPage, orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, oneOf, orderedAs, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { showImports, showObject } from './show';

async function named(request: ApiRequest<unknown>): Promise<Import> {
  const of = request.pathId('import');
  const found = await findImport(request.deps.sql, request.scope, of);
  if (found) return found;
  throw new BillingError('resource_missing', `No such import: '${of}'`, { param: 'id' });
}

async function shown(request: ApiRequest<unknown>, row: Import) {
  const [body] = await showImports(request.deps.sql, [row]);
  if (!body) throw new Error('an import is not shown');
  return { body };
}

/**
 * Retrieves an import, with its progress.
 *
 * @throws BillingError resource_missing
 */
export const retrieveImport = operation({
  method: 'get',
  path: '/v1/imports/:import',
  summary: 'Retrieve an import',
  tag: 'Migration',
  own: true,
  parameters: parameters({}),
  answer: importRun,
  handle: async (request) => shown(request, await named(request)),
});

/**
 * Lists imports, newest first.
 *
 * @throws BillingError resource_missing (the cursor)
 */
export const listImportsOperation = operation({
  method: 'get',
  path: '/v1/imports',
  summary: 'List imports',
  tag: 'Migration',
  own: true,
  parameters: parameters({ limit: integer({ min: 1, max: 100 }).default(10), ...orderedAs('imports'), starting_after: id().optional() }),
  answer: imports,
  async handle({ deps, scope, parameters: { limit, starting_after: after = null, ...sorted } }) {
    const page = await listImports(deps.sql, scope, { after, limit, order: orderOf(sorted) });
    if (page === null) throw new BillingError('resource_missing', `No such import: '${after ?? ''}'`, { param: 'starting_after' });
    return { body: listOf(await showImports(deps.sql, page.rows), '/v1/imports', page.hasMore) };
  },
});

/**
 * Ends an import where it is. What it has taken stays; a new import goes on with the rest.
 *
 * @throws BillingError resource_missing, parameter_invalid if it is over
 */
export const cancelImport = operation({
  method: 'post',
  path: '/v1/imports/:import/cancel',
  summary: 'Cancel an import',
  tag: 'Migration',
  own: true,
  repeatable: true,
  parameters: parameters({}),
  answer: importRun,
  async handle(request) {
    const found = await named(request);
    const ended = await endImport(request.deps.sql, request.scope, found.id, { status: 'canceled', error: null });
    if (ended === null) throw new BillingError('parameter_invalid', `The import is ${found.status}.`, { param: 'id' });
    return shown(request, ended);
  },
});

/**
 * Lists what became of each object of the other system, and why.
 *
 * @throws BillingError resource_missing, also for the cursor
 */
export const listImportedObjects = operation({
  method: 'get',
  path: '/v1/imports/:import/objects',
  summary: 'List the objects of an import',
  tag: 'Migration',
  own: true,
  parameters: parameters({
    kind: oneOf(SOURCE_KINDS).optional(),
    limit: integer({ min: 1, max: 100 }).default(10),
    outcome: oneOf(OUTCOMES).optional(),
    starting_after: id().optional(),
  }),
  answer: importedObjects,
  async handle(request) {
    const { kind = null, limit, outcome = null, starting_after: after = null } = request.parameters;
    const { id: run } = await named(request);
    const page = await listObjects(request.deps.sql, request.scope, { after, limit, import: run, kind, outcome });
    return answerPage(page, after, {
      name: 'imported object',
      url: `/v1/imports/${run}/objects`,
      show: (row) => showObject(row, request.scope.livemode),
    });
  },
});
