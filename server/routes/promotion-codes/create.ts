import { couponKey } from '../../../db/lookup';
import { loadCodes, lockWord } from '../../../db/promotion-codes';
import { createPromotionCode } from '../../../domain/discount/promotion-code-changes';
import type { PromotionCodeRestrictions } from '../../../domain/rows/promotion-code';
import { operation } from '../../http/operation';
import { boolean, id as idParameter, integer, metadata, object, oneOf, parameters, timestamp, word } from '../../http/parameters';
import { present, type ApiRequest } from '../../http/request';
import { restrictions } from './parameters';

const createParameters = parameters({
  active: boolean().default(true),
  code: word({ max: 500 }).optional(),
  customer: idParameter().optional(),
  expires_at: timestamp().optional(),
  max_redemptions: integer({ min: 1, max: 2_147_483_647 }).optional(),
  metadata: metadata().optional(),
  promotion: object({ coupon: idParameter(), type: oneOf(['coupon']) }),
  restrictions: restrictions().optional(),
});

/**
 * Creates a promotion code. Answers `resource_missing` (the coupon, the customer), `resource_already_exists` (the code),
 * `coupon_expired`, `parameter_invalid`, `parameter_missing`.
 */
export const createPromotionCodeOperation = operation({
  method: 'post',
  path: '/v1/promotion_codes',
  summary: 'Create a promotion code',
  tag: 'Promotion codes',
  parameters: createParameters,
  shows: 'promotionCode',
  unsupported: ['customer_account'],
  async handle(request) {
    const { parameters: asked, scope } = request;
    const id = request.newId('promo');
    const code = asked.code ?? madeUpCode(request);
    const coupon = couponKey(scope, asked.promotion.coupon);
    await request.change({
      step: 'createPromotionCode',
      customer: null,
      subject: lockWord(scope, code),
      load: (tx) => loadCodes(tx, scope, code, { coupon, customer: asked.customer ?? null }),
      plan: (plan) => {
        present(plan, 'coupon', coupon, { id: asked.promotion.coupon, param: 'promotion[coupon]' });
        if (asked.customer !== undefined) present(plan, 'customer', asked.customer, { param: 'customer' });
        createPromotionCode(plan, {
          id,
          code,
          coupon,
          active: asked.active,
          customer: asked.customer ?? null,
          expiresAt: asked.expires_at ?? null,
          maxRedemptions: asked.max_redemptions ?? null,
          restrictions: restrictionsOf(asked.restrictions),
          metadata: asked.metadata,
        });
      },
    });
    return { kind: 'promotionCode', key: id };
  },
});

/** Eight letters and digits, the same whenever the request is run again. */
function madeUpCode(request: ApiRequest<unknown>): string {
  const [, text = ''] = request.newId('code').split('_');
  return text.slice(0, 8).toUpperCase();
}

type Asked = NonNullable<(typeof createParameters)['_output']['restrictions']>;

function restrictionsOf(asked: Asked = {}): PromotionCodeRestrictions {
  return {
    first_time_transaction: asked.first_time_transaction ?? false,
    minimum_amount: asked.minimum_amount ?? null,
    minimum_amount_currency: asked.minimum_amount_currency ?? null,
    currency_options: asked.currency_options ?? {},
  };
}
