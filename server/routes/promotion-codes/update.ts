import { loadCodes, lockWord } from '../../../db/promotion-codes';
import { updatePromotionCode } from '../../../domain/discount/promotion-code-changes';
import { operation } from '../../http/operation';
import { boolean, metadata, object, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { minimumsByCurrency } from '../../schemas/coupon';

/**
 * Activates or deactivates a promotion code, changes its metadata, or adds minimums in other currencies; its other terms never change.
 *
 * @throws BillingError resource_missing, resource_already_exists (its code is taken meanwhile), parameter_invalid
 */
export const updatePromotionCodeOperation = operation({
  method: 'post',
  path: '/v1/promotion_codes/:promotion_code',
  summary: 'Update a promotion code',
  tag: 'Promotion codes',
  parameters: parameters({
    active: boolean().optional(),
    metadata: metadata().optional(),
    restrictions: object({ currency_options: minimumsByCurrency().optional() }).optional(),
  }),
  shows: 'promotionCode',
  async handle(request) {
    const { parameters: params, scope } = request;
    const { id, code, coupon, customer } = await request.find('promotionCode', request.pathId('promotion_code'));
    await request.change({
      step: 'updatePromotionCode',
      customer: null,
      subject: lockWord(scope, code),
      load: (tx) => loadCodes(tx, scope, code, { coupon, customer }),
      plan: (changes) => {
        present(changes, 'promotionCode', id);
        const { active, metadata: changed, restrictions } = params;
        updatePromotionCode(changes, id, { active, metadata: changed, currencyOptions: restrictions?.currency_options });
      },
    });
    return { kind: 'promotionCode', key: id };
  },
});
