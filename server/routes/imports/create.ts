import { z } from 'zod';
import { createImport } from '../../../db/imports';
import { LIMITS } from '../../../domain/core/limits';
import { BillingError } from '../../../domain/core/errors';
import { SOURCE_KINDS } from '../../../domain/rows/import';
import { importRun } from '../../../objects/shapes/import';
import { startImport } from '../../../temporal/imports';
import { operation } from '../../http/operation';
import { boolean, id, oneOf, parameters, text } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import type { ApiRequest } from '../../http/request';
import { readLines } from './csv';
import { showImports } from './show';

/** Spreadsheets begin a file in UTF-8 with a mark that nobody sees. */
const file = () =>
  z
    .string()
    .transform((value) => value.replace(/^\uFEFF/, ''))
    .pipe(text({ max: LIMITS.importFile.max }));

const schema = parameters({
  csv: file().optional(),
  dry_run: boolean().default(false),
  source: oneOf(['csv', 'stripe']),
  source_test_clock: id().optional(),
  test_clock: id().optional(),
});

/**
 * Reads the Stripe account whose key this installation has, and takes over what is there. Customers stay billed by Stripe until they are cut over. Or
 * starts the subscriptions that a file lists. A dry run writes nothing.
 *
 * @throws BillingError parameter_missing, parameter_invalid without a key, or for a file that cannot be read; resource_missing (the test clock), lock_timeout while
 * another import runs
 */
export const createImportOperation = operation({
  method: 'post',
  path: '/v1/imports',
  summary: 'Import from another billing system',
  tag: 'Migration',
  own: true,
  repeatable: true,
  parameters: schema,
  answer: importRun,
  async handle(request) {
    const { deps, scope, parameters: of } = request;
    await check(request);
    const content = of.source === 'csv' ? JSON.stringify(await readLines(of.csv ?? '')) : null;
    const kind = of.source === 'csv' ? 'subscription' : SOURCE_KINDS[0];
    const newId = request.newId('import');
    const import_ = await createImport(deps.sql, {
      ...{ ...scope, id: newId, source: of.source, dryRun: of.dry_run, content, kind },
      ...{ testClock: of.test_clock ?? null, sourceTestClock: of.source_test_clock ?? null },
    });
    if (import_.id !== newId)
      throw new BillingError('lock_timeout', `The import ${import_.id} is running. Cancel it, or wait for its end.`);
    await startImport(deps.temporal, deps.config.taskQueue, { ...scope, import: import_.id });
    const [body] = await showImports(deps.sql, [import_]);
    if (!body) throw new Error('an import is not shown');
    return { body };
  },
});

async function check(request: ApiRequest<(typeof schema)['_output']>): Promise<void> {
  const { parameters: of } = request;
  if (of.source === 'stripe') checkStripe(request);
  else checkFile(of);
  if (of.test_clock !== undefined) {
    const clock = await request.find('testClock', of.test_clock, 'test_clock');
    if (clock.deleted) throw new BillingError('resource_missing', `No such test clock: '${clock.id}'`, { param: 'test_clock' });
  }
}

function checkFile({ csv, source_test_clock: sourceClock, test_clock: clock }: (typeof schema)['_output']): void {
  if (csv === undefined) throw new ParameterError('parameter_missing', 'Missing required param: csv.', 'csv');
  if (sourceClock !== undefined) throw onlyStripe('source_test_clock');
  if (clock !== undefined) throw onlyStripe('test_clock');
}

const onlyStripe = (param: string): ParameterError =>
  new ParameterError('parameter_invalid', `You can only set \`${param}\` if \`source\` is \`stripe\`.`, param);

function checkStripe({ deps, scope, parameters: of }: ApiRequest<(typeof schema)['_output']>): void {
  if (of.csv !== undefined) throw new ParameterError('parameter_invalid', 'You can only set `csv` if `source` is `csv`.', 'csv');
  const key = scope.livemode ? deps.config.stripe.live : deps.config.stripe.test;
  if (key === undefined) {
    const name = scope.livemode ? 'STRIPE_LIVE_KEY' : 'STRIPE_TEST_KEY';
    throw new ParameterError('parameter_invalid', `Servers and workers have no key of a Stripe account: set ${name}.`, 'source');
  }
}
