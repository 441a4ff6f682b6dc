import { monthOf } from '../../../domain/core/chart-of-accounts';
import { integer, name, oneOf } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';

/** A calendar month in UTC: `2026-01`. */
export const month = () => name({ max: 7 }).regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/, 'Invalid month: it must be like 2026-01');

/** Epoch seconds until the year 10000. */
const instant = () => integer({ min: 0, max: 253_402_300_799 });

/** `csv` adds the report as CSV to the answer. */
export const format = () => oneOf(['json', 'csv']).default('json');

export const spanParameters = { from: instant().optional(), period: month().optional(), to: instant().optional() };

/**
 * The span of a report: `period`, or `from` and `to` (exclusive), whose defaults are the beginning and the
 * present, with all that was posted in this second.
 *
 * @throws BillingError parameters_exclusive, parameter_invalid
 */
export function spanOf(
  { period, from, to }: { period?: string | undefined; from?: number | undefined; to?: number | undefined },
  now: number,
) {
  if (period !== undefined) {
    if (from !== undefined || to !== undefined) {
      throw new ParameterError('parameters_exclusive', 'You may only specify one of these parameters: period, from and to.', 'period');
    }
    return monthOf(period);
  }
  const span = { start: from ?? 0, end: to ?? now + 1 };
  if (span.end <= span.start) throw new ParameterError('parameter_invalid', 'to must be after from.', 'to');
  return span;
}
