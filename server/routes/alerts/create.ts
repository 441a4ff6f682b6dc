import { byKeys, loadMatching } from '../../../db/matching';
import { createAlert, type NewAlert } from '../../../domain/meter/alert-changes';
import { operation } from '../../http/operation';
import { array, currency, id, integer, name, object, oneOf, parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import type { ApiRequest } from '../../http/request';

const filters = array(object({ customer: id(), type: oneOf(['customer']) }), { max: 1 }).optional();
const gte = integer({ min: 1 });

interface Threshold {
  filters?: { customer: string; type: 'customer' }[] | undefined;
  gte: number;
}
type Given = Pick<NewAlert, 'title' | 'alertType'> & {
  usage?: (Threshold & { meter: string; recurrence: NewAlert['recurrence'] }) | undefined;
  spend?: (Threshold & { currency: string; recurrence: NewAlert['recurrence'] }) | undefined;
};

/**
 * Creates an alert, on one customer or on all. Alerts by spend are Dunlin's own.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_missing (the meter, the customer)
 */
export const createAlertOperation = operation({
  method: 'post',
  path: '/v1/billing/alerts',
  summary: 'Create an alert',
  tag: 'Metering',
  parameters: parameters({
    alert_type: oneOf(['usage_threshold', 'spend_threshold']),
    spend_threshold: object({ currency: currency(), filters, gte, recurrence: oneOf(['billing_period', 'one_time']) }).optional(),
    title: name({ max: 256 }),
    usage_threshold: object({ filters, gte, meter: id(), recurrence: oneOf(['one_time']) }).optional(),
  }),
  shows: 'alert',
  async handle(request) {
    const { alert_type: alertType, title, usage_threshold: usage, spend_threshold: spend } = request.parameters;
    const alert = await params(request, { title, alertType, usage, spend });
    await request.change({
      step: 'createAlert',
      customer: alert.customer,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          { kind: 'alert', filters: [matching('meter', alert.meter), matching('customer', alert.customer)] },
          byKeys('customer', alert.customer === null ? [] : [alert.customer]),
        ]),
      plan: (changes) => {
        createAlert(changes, alert);
      },
    });
    return { kind: 'alert', key: request.newId('alrt') };
  },
});

async function params(request: ApiRequest<unknown>, { title, alertType, usage, spend }: Given): Promise<NewAlert> {
  const [used, other] = alertType === 'usage_threshold' ? (['usage', 'spend'] as const) : (['spend', 'usage'] as const);
  const given = { usage, spend };
  const threshold = given[used];
  if (!threshold) throw new ParameterError('parameter_missing', `Missing required param: ${used}_threshold.`, `${used}_threshold`);
  if (given[other]) {
    throw new ParameterError('parameter_invalid', `${other}_threshold can't be set with alert_type=${alertType}.`, `${other}_threshold`);
  }
  const customer = threshold.filters?.[0]?.customer ?? null;
  if (customer !== null) await request.find('customer', customer, `${used}_threshold[filters][0][customer]`);
  const meter = 'meter' in threshold ? (await request.find('meter', threshold.meter, 'usage_threshold[meter]')).id : null;
  const currencyOf = 'currency' in threshold ? threshold.currency : null;
  const { gte: least, recurrence } = threshold;
  return { title, alertType, meter, currency: currencyOf, customer, gte: least, recurrence };
}

const matching = (column: string, value: string | null) => (value === null ? { column, isNull: true } : { column, equals: value });
