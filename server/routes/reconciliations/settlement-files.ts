import { bookedOn, reconcile } from '../../../db/reconciliation';
import { LIMITS } from '../../../domain/core/limits';
import { fromCsv, recordIn, toCsv } from '../../../domain/payment/reconciliation';
import { reconciliation, settlementFile } from '../../../objects/shapes/reconciliation';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { boolean, name, parameters, text } from '../../http/parameters';
import { refuseUnknownProcessor } from '../../http/processors';
import { day } from './parameters';
import { showReconciliation } from './show';

/**
 * What we have booked of one day at a processor, as CSV.
 *
 * @throws BillingError parameter_invalid, parameter_missing
 */
export const retrieveSettlementFile = operation({
  method: 'get',
  path: '/v1/settlement_files',
  summary: 'Retrieve our record of a day',
  tag: 'Processors',
  own: true,
  parameters: parameters({ day: day(), processor: name({ max: 100 }) }),
  answer: settlementFile,
  async handle({ deps, scope, parameters: { day: of, processor } }) {
    refuseUnknownProcessor(deps.config, processor, 'processor');
    const csv = toCsv(await bookedOn(deps.sql, { ...scope, processor, day: of }));
    return { body: { object: 'settlement_file' as const, csv, day: of, livemode: scope.livemode, processor } };
  },
});

/**
 * Compares our books of one day with a processor's file, for processors that cannot be asked. A file without rows says that the processor
 * moved nothing on the day, so it must be sent with `empty=true`: everything that we have booked is a difference then.
 *
 * @throws BillingError parameter_invalid, which names the line that cannot be read; parameter_missing
 */
export const createSettlementFile = operation({
  method: 'post',
  path: '/v1/settlement_files',
  summary: "Compare a day with a processor's file",
  tag: 'Processors',
  own: true,
  repeatable: true,
  parameters: parameters({
    csv: text({ max: LIMITS.settlementFile.max }),
    day: day(),
    empty: boolean().default(false),
    processor: name({ max: 100 }),
  }),
  answer: reconciliation,
  async handle({ deps, scope, parameters: { csv, day: of, empty, processor } }) {
    refuseUnknownProcessor(deps.config, processor, 'processor');
    const theirs = fromCsv(csv);
    if (!Array.isArray(theirs))
      throw new ParameterError('parameter_invalid', `Invalid csv, line ${String(theirs.line)}: ${theirs.problem}.`, 'csv');
    if ((theirs.length === 0) !== empty) throw empty ? notEmpty() : noRows();
    const row = await reconcile(deps.sql, { ...scope, processor, day: of }, { theirs: recordIn(theirs), source: 'file' });
    return { body: showReconciliation(row, scope.livemode) };
  },
});

const noRows = () =>
  new ParameterError(
    'parameter_missing',
    'The file has no rows. If the processor moved no money on this day, say so with `empty=true`; each booked row of the day is a difference then.',
    'empty',
  );

const notEmpty = () => new ParameterError('parameter_invalid', 'The file has rows, although `empty` is true.', 'empty');
