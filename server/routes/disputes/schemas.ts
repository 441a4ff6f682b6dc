import { FILE_FIELDS, TEXT_FIELDS } from '../../../domain/evidence/fields';
import { PRIOR_CHARGES } from '../../../domain/evidence/enhanced';
import { LIMITS } from '../../../domain/core/limits';
import { address, array, boolean, emptyable, id, object, oneOf, text } from '../../http/parameters';

const fileId = () => emptyable(id()).optional();
const words = () => emptyable(text({ max: LIMITS.evidenceField.max })).optional();
const short = () => emptyable(text()).default(null);

const named = <Name extends string, Field>(names: readonly Name[], field: () => Field): Record<Name, Field> =>
  Object.fromEntries(names.map((name) => [name, field()])) as Record<Name, Field>;

const transaction = {
  customer_account_id: short(),
  customer_device_fingerprint: short(),
  customer_device_id: short(),
  customer_email_address: short(),
  customer_purchase_ip: short(),
  product_description: short(),
  shipping_address: address().nullable().default(null),
};

const fee = () => object({ fee_acknowledged: boolean().default(false) }).optional();

const enhancedEvidence = object({
  mastercard_compliance: fee(),
  visa_compelling_evidence_3: object({
    disputed_transaction: object({ ...transaction, merchandise_or_services: oneOf(['merchandise', 'services']).nullable().default(null) })
      .nullable()
      .default(null),
    prior_undisputed_transactions: array(object({ ...transaction, charge: id() }), { max: PRIOR_CHARGES }).default([]),
  }).optional(),
  visa_compliance: fee(),
});

export const evidence = object({
  ...named(TEXT_FIELDS, words),
  ...named(FILE_FIELDS, fileId),
  enhanced_evidence: emptyable(enhancedEvidence).optional(),
});
