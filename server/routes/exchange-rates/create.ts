import { setExchangeRate } from '../../../db/ledger/taxes';
import { toExchangeRate } from '../../../objects/tax-return';
import { exchangeRate } from '../../../objects/shapes/tax-return';
import { operation } from '../../http/operation';
import { currency, decimal, name, parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';

/** The largest rate: one unit of the strongest currency in the weakest. */
const RATE_MAX = 10_000_000;

/**
 * Keeps the exchange rate of a day, as a central bank published it. Another one for the same day and currencies replaces it; closed tax
 * returns stay as they are.
 *
 * @throws BillingError parameter_invalid, parameter_missing
 */
export const createExchangeRate = operation({
  method: 'post',
  path: '/v1/ledger/exchange_rates',
  summary: 'Enter an exchange rate',
  tag: 'Tax returns',
  own: true,
  parameters: parameters({
    date: name({ max: 10 }).refine(isDay, 'Invalid date: it must be like 2026-03-31'),
    from: currency(),
    rate: decimal({ decimals: 12, min: 0, max: RATE_MAX }),
    source: name({ max: 200 }).optional(),
    to: currency(),
  }),
  answer: exchangeRate,
  async handle(request) {
    const { date, from, to, rate, source } = request.parameters;
    if (from === to) throw new ParameterError('parameter_invalid', 'from and to must be different currencies.', 'to');
    if (Number(rate) === 0) throw new ParameterError('parameter_invalid', 'An exchange rate must be more than zero.', 'rate');
    const kept = { id: request.newId('xr'), created: await request.now(), fromCurrency: from, toCurrency: to };
    return {
      body: toExchangeRate(await setExchangeRate(request.deps.sql, request.scope, { ...kept, rate, day: date, source: source ?? null })),
    };
  },
});

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
