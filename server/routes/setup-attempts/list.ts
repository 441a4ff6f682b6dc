import { byKey, byKeys, loadMatching } from '../../../db/matching';
import { toStripeSetupAttempt } from '../../../objects/setup-attempt';
import { listShape } from '../../../objects/shapes/parts';
import { setupAttempt } from '../../../objects/shapes/setup-attempt';
import { listOf } from '../../../objects/wire';
import { pageOf, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists the confirmations of a setup intent, newest first.
 *
 * @throws BillingError resource_missing, parameter_missing, parameters_exclusive for two cursors
 */
export const listSetupAttempts = operation({
  method: 'get',
  path: '/v1/setup_attempts',
  summary: 'List the attempts of a setup intent',
  tag: 'Setup attempts',
  parameters: parameters({ ...pagination, created: range().optional(), setup_intent: id() }),
  answer: listShape(setupAttempt),
  async handle(request) {
    const { deps, scope, parameters: params } = request;
    const intent = await request.find('setupIntent', params.setup_intent, 'setup_intent');
    const since = rangeFilter('created', params.created);
    const filters = [{ column: 'intent', equals: intent.id }, ...(since === null ? [] : [since])];
    const rows = await loadMatching(deps.sql, scope, [{ kind: 'paymentAttempt', filters }, byKey('setupIntent', intent.id)]);
    const attempts = [...rows.all('paymentAttempt')].sort((a, b) => b.number - a.number);
    rows.putAll(
      await loadMatching(deps.sql, scope, [
        byKeys(
          'paymentMethod',
          attempts.map(({ paymentMethod }) => paymentMethod),
        ),
      ]),
    );
    const { shown, hasMore } = pageOf(
      attempts.map((attempt) => toStripeSetupAttempt(attempt, rows)),
      params,
      'setup attempt',
    );
    return { body: listOf(shown, '/v1/setup_attempts', hasMore) };
  },
});
