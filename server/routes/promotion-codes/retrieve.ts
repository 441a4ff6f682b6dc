import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a promotion code by its id; use the list to find it by its text.
 *
 * @throws BillingError resource_missing
 */
export const retrievePromotionCode = operation({
  method: 'get',
  path: '/v1/promotion_codes/:promotion_code',
  summary: 'Retrieve a promotion code',
  tag: 'Promotion codes',
  parameters: parameters({}),
  shows: 'promotionCode',
  async handle(request) {
    const { id } = await request.find('promotionCode', request.pathId('promotion_code'));
    return { kind: 'promotionCode', key: id };
  },
});
