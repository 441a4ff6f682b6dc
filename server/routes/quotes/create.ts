import type { z } from 'zod';
import { BillingError } from '../../../domain/core/errors';
import type { ChangeSet } from '../../../domain/core/change-set';
import { createQuote as putQuote } from '../../../domain/quote/changes';
import { cloneQuote } from '../../../domain/quote/cloning';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { boolean, id, object, parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import type { ApiRequest } from '../../http/request';
import { checkLines, loadQuoteFacts, referencesOf } from './lines';
import { newData, newLines, settingsShape, UNSUPPORTED } from './schemas';

const createParameters = parameters({
  ...settingsShape,
  from_quote: object({ is_revision: boolean().optional(), quote: id() }).optional(),
  line_items: newLines().optional(),
  subscription_data: newData().optional(),
  test_clock: id().optional(),
});
type Input = z.output<typeof createParameters>;

/**
 * Drafts a quote, or a copy of an existing one. Its discounts are offered, and redeemed when it is accepted.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, coupon_expired,
 * too_many_items, amount_too_large, quote_unexpected_state
 */
export const createQuote = operation({
  method: 'post',
  path: '/v1/quotes',
  summary: 'Create a quote',
  tag: 'Quotes',
  parameters: createParameters,
  shows: 'quote',
  unsupported: [...UNSUPPORTED, 'subscription_data[billing_mode][flexible]'],
  handle: async (request) => {
    if (request.parameters.from_quote) await clone(request, request.parameters.from_quote);
    else await create(request);
    return { kind: 'quote', key: request.newId('qt') };
  },
});

async function create(request: ApiRequest<Input>): Promise<void> {
  const { scope, parameters: params } = request;
  const { customer = null } = params;
  checkLines(params);
  await checkReferences(request, referencesOf(params));
  await request.change({
    step: 'createQuote',
    asksTaxProvider: true,
    customer,
    load: (tx) => loadQuoteFacts(tx, scope, { quote: null, customer, params }),
    plan: (changes) => {
      assertClock(changes, params);
      putQuote(changes, params);
    },
  });
}

async function clone(request: ApiRequest<Input>, from: NonNullable<Input['from_quote']>): Promise<void> {
  const { scope, parameters: params } = request;
  for (const name of Object.keys(params) as (keyof Input)[]) {
    if (name !== 'expires_at' && name !== 'from_quote') onlyOne(params, ['from_quote', name]);
  }
  const { id: quote, customer } = await request.find('quote', from.quote, 'from_quote[quote]');
  await request.change({
    step: 'cloneQuote',
    asksTaxProvider: true,
    customer,
    load: (tx) => loadQuoteFacts(tx, scope, { quote, customer }),
    plan: (changes) => {
      cloneQuote(changes, { from_quote: from, expires_at: params.expires_at });
    },
  });
}

/** A quote uses its customer's time. */
function assertClock({ rows }: ChangeSet, { customer, test_clock: clock }: Input): void {
  if (clock === undefined || rows.find('customer', customer ?? null)?.testClock === clock) return;
  const message = 'A quote is on the test clock of its customer: name a customer of this clock.';
  throw new BillingError('parameter_invalid', message, { param: 'test_clock' });
}
