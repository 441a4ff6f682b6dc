/** How often a price is billed, and by which meter if it is metered. */
import { BillingError } from '../core/errors';
import type { Meter } from '../rows/meter';
import type { ChangeSet } from '../core/change-set';
import type { Interval, Recurring } from '../rows/price';
import type { RecurringTerms } from './terms';

/** Three years, in each unit. */
const LONGEST: Record<Interval, number> = { day: 1095, week: 156, month: 36, year: 3 };

/**
 * The meter, if named, must be among the rows.
 *
 * @throws BillingError parameter_invalid, parameter_missing, resource_missing
 */
export function recurringOf(changes: ChangeSet, terms: RecurringTerms): Recurring {
  const { interval, interval_count = 1, usage_type = 'licensed', trial_period_days = null } = terms;
  if (interval_count > LONGEST[interval]) {
    throw invalid(`Invalid interval_count: at most three years (${String(LONGEST[interval])} ${interval}s).`, 'interval_count');
  }
  const kind = usage_type === 'metered' ? meteredBy(changes, terms) : licensed(terms);
  return { interval, interval_count, usage_type, trial_period_days, ...kind };
}

type Counting = Pick<Recurring, 'meter' | 'dimension_filters'>;

function licensed({ meter, dimension_filters: filters }: RecurringTerms): Counting {
  const param = meter === undefined ? 'dimension_filters' : 'meter';
  if (meter === undefined && filters === undefined) return { meter: null, dimension_filters: {} };
  throw invalid(`You can only set \`${param}\` if \`usage_type\` is \`metered\`.`, param);
}

function meteredBy(changes: ChangeSet, { meter: id, dimension_filters: filters = {} }: RecurringTerms): Counting {
  if (id === undefined) {
    throw new BillingError('parameter_missing', 'Missing required param: recurring[meter]. Metered prices are billed by a meter.', {
      param: 'recurring[meter]',
    });
  }
  const meter = changes.rows.find('meter', id);
  if (!meter) throw new BillingError('resource_missing', `No such billing meter: '${id}'`, { param: 'recurring[meter]' });
  if (meter.status !== 'active') throw invalid(`The meter ${id} is inactive. Prices need an active meter.`, 'meter');
  assertDimensions(meter, filters);
  return { meter: id, dimension_filters: filters };
}

function assertDimensions({ id, dimensionKeys }: Meter, filters: Record<string, string>): void {
  const unknown = Object.keys(filters).find((key) => !dimensionKeys.includes(key));
  if (unknown === undefined) return;
  throw invalid(`'${unknown}' is none of the dimension_payload_keys of the meter ${id}.`, `dimension_filters][${unknown}`);
}

const invalid = (message: string, name: string): BillingError =>
  new BillingError('parameter_invalid', message, { param: `recurring[${name}]` });
