import { byKey, loadMatching } from '../../../db/matching';
import { updatePlan as change } from '../../../domain/price/plan-changes';
import { operation } from '../../http/operation';
import { boolean, emptyable, id as idParameter, metadata, name, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { trialDays } from '../../schemas/price';
import { findPlan } from './find';

/**
 * Changes a plan: its name, product, trial, and whether it is active. Its amount never changes.
 *
 * @throws BillingError resource_missing (also of the product), parameter_invalid (its product's default cannot be archived or moved)
 */
export const updatePlan = operation({
  method: 'post',
  path: '/v1/plans/:plan',
  summary: 'Update a plan',
  tag: 'Plans',
  parameters: parameters({
    active: boolean().optional(),
    metadata: metadata().optional(),
    nickname: emptyable(name()).optional(),
    product: idParameter().optional(),
    trial_period_days: emptyable(trialDays()).optional(),
  }),
  shows: 'plan',
  async handle(request) {
    const { id, product: current } = await findPlan(request);
    const { active, metadata, nickname, product, trial_period_days: trialPeriodDays } = request.parameters;
    await request.change({
      step: 'updatePlan',
      customer: null,
      subject: current,
      load: (tx) =>
        loadMatching(tx, request.scope, [byKey('price', id), byKey('product', current), ...(product ? [byKey('product', product)] : [])]),
      plan: (changes) => {
        present(changes, 'price', id);
        if (product !== undefined) present(changes, 'product', product, { param: 'product' });
        change(changes, id, { active, metadata, nickname, product, trialPeriodDays });
      },
    });
    return { kind: 'plan', key: id };
  },
});
