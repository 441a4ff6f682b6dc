import type { Operation } from '../../http/operation';
import { createCouponOperation } from './create';
import { deleteCouponOperation } from './delete';
import { listCoupons } from './list';
import { retrieveCoupon } from './retrieve';
import { updateCouponOperation } from './update';

export const coupons: Operation[] = [createCouponOperation, deleteCouponOperation, listCoupons, retrieveCoupon, updateCouponOperation];
