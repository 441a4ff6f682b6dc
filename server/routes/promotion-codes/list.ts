import { listPromotionCodes as page } from '../../../db/promotion-codes';
import { cursorOf, missingCursor, orderOf, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, id, name, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists promotion codes, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listPromotionCodes = operation({
  method: 'get',
  path: '/v1/promotion_codes',
  summary: 'List promotion codes',
  tag: 'Promotion codes',
  parameters: parameters({
    ...pagination,
    ...orderedAs('promotion_codes'),
    active: boolean().optional(),
    code: name().optional(),
    coupon: id().optional(),
    created: range().optional(),
    customer: id().optional(),
  }),
  shows: 'promotionCode',
  unsupported: ['customer_account'],
  async handle(request) {
    const { active, code, coupon, created, customer, limit } = request.parameters;
    const cursor = cursorOf(request.parameters);
    const found = await page(
      request.deps.sql,
      request.scope,
      {
        active,
        code,
        customer,
        coupon,
        created: rangeFilter('created', created),
        now: await request.now(),
      },
      { cursor, limit, order: orderOf(request.parameters) },
    );
    if (found === null) return missingCursor('promotionCode', cursor);
    return { list: { kind: 'promotionCode', ...found } };
  },
});
