/** The short form of a deleted object. */
import { z } from 'zod';
import { DELETED_NAMES, type DeletedKind } from '../deleted';
import { deletedDiscount } from './discount';

const deleted = <Name extends string>(object: Name) =>
  z.strictObject({ id: z.string(), object: z.literal(object), deleted: z.literal(true) }).meta({ id: `deleted_${object}` });

/** A source that its customer no longer has. The card is still the payment method of past charges, so its kind is not in `DELETED`. */
export const deletedCard = deleted('card');

/** What is left of a customer. */
export const deletedCustomer = deleted(DELETED_NAMES.customer);

/** By kind. A kind that is not here is shown in full after its end. */
export const DELETED: Partial<Record<string, z.ZodType>> & Record<DeletedKind | 'discount', z.ZodType> = {
  testClock: deleted(DELETED_NAMES.testClock),
  customer: deletedCustomer,
  taxId: deleted(DELETED_NAMES.taxId),
  creditTopUp: deleted(DELETED_NAMES.creditTopUp),
  product: deleted(DELETED_NAMES.product),
  productFeature: deleted(DELETED_NAMES.productFeature),
  productDownload: deleted(DELETED_NAMES.productDownload),
  licenseActivation: deleted(DELETED_NAMES.licenseActivation),
  price: deleted(DELETED_NAMES.price),
  plan: deleted(DELETED_NAMES.plan),
  coupon: deleted(DELETED_NAMES.coupon),
  subscriptionItem: deleted(DELETED_NAMES.subscriptionItem),
  invoice: deleted(DELETED_NAMES.invoice),
  invoiceItem: deleted(DELETED_NAMES.invoiceItem),
  mailSuppression: deleted(DELETED_NAMES.mailSuppression),
  webhookEndpoint: deleted(DELETED_NAMES.webhookEndpoint),
  valueList: deleted(DELETED_NAMES.valueList),
  valueListItem: deleted(DELETED_NAMES.valueListItem),
  discount: deletedDiscount,
};
