import { couponKeys } from '../../../db/coupons';
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
 * Creates a promotion code.
 *
 * @throws BillingError resource_missing (the coupon, the customer), resource_already_exists (the code), coupon_expired, parameter_invalid,
 * parameter_missing
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
    const { parameters: params, scope } = request;
    const id = request.newId('promo');
    const code = params.code ?? madeUpCode(request);
    let coupon = '';
    await request.change({
      step: 'createPromotionCode',
      customer: null,
      subject: lockWord(scope, code),
      load: async (tx) => {
        coupon = (await couponKeys(tx, scope, [params.promotion.coupon])).get(params.promotion.coupon) ?? '';
        return loadCodes(tx, scope, code, { coupon, customer: params.customer ?? null });
      },
      plan: (changes) => {
        present(changes, 'coupon', coupon, { id: params.promotion.coupon, param: 'promotion[coupon]' });
        if (params.customer !== undefined) present(changes, 'customer', params.customer, { param: 'customer' });
        createPromotionCode(changes, {
          id,
          code,
          coupon,
          active: params.active,
          customer: params.customer ?? null,
          expiresAt: params.expires_at ?? null,
          maxRedemptions: params.max_redemptions ?? null,
          restrictions: restrictionsOf(params.restrictions),
          metadata: params.metadata,
        });
      },
    });
    return { kind: 'promotionCode', key: id };
  },
});

/** Eight letters and digits, the same if the request is repeated. */
function madeUpCode(request: ApiRequest<unknown>): string {
  const [, text = ''] = request.newId('code').split('_');
  return text.slice(0, 8).toUpperCase();
}

type Asked = NonNullable<(typeof createParameters)['_output']['restrictions']>;

function restrictionsOf(params: Asked = {}): PromotionCodeRestrictions {
  return {
    first_time_transaction: params.first_time_transaction ?? false,
    minimum_amount: params.minimum_amount ?? null,
    minimum_amount_currency: params.minimum_amount_currency ?? null,
    currency_options: params.currency_options ?? {},
  };
}
