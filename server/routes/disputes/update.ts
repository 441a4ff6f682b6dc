import { updateDisputeUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { boolean, emptyable, metadata, object, parameters, text } from '../../http/parameters';

const words = () => emptyable(text({ max: 20_000 })).optional();

const evidence = object({
  access_activity_log: words(),
  billing_address: words(),
  cancellation_policy_disclosure: words(),
  cancellation_rebuttal: words(),
  customer_email_address: words(),
  customer_name: words(),
  customer_purchase_ip: words(),
  duplicate_charge_explanation: words(),
  duplicate_charge_id: words(),
  product_description: words(),
  refund_policy_disclosure: words(),
  refund_refusal_explanation: words(),
  service_date: words(),
  shipping_address: words(),
  shipping_carrier: words(),
  shipping_date: words(),
  shipping_tracking_number: words(),
  uncategorized_text: words(),
});

/** Stripe takes these as uploaded files, which Dunlin does not support yet. */
const FILES = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'enhanced_evidence',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
];

/**
 * Stages evidence and, unless `submit` is false, sends the staged evidence to the bank. The bank decides within a day of the customer's
 * time: `winning_evidence` in `uncategorized_text` wins, anything else loses.
 *
 * @throws BillingError resource_missing, dispute_not_editable, parameter_unsupported (files), lock_timeout
 */
export const updateDispute = operation({
  method: 'post',
  path: '/v1/disputes/:dispute',
  summary: 'Update a dispute',
  tag: 'Disputes',
  parameters: parameters({ evidence: evidence.optional(), metadata: metadata().optional(), submit: boolean().optional() }),
  shows: 'dispute',
  through: 'workflow',
  unsupported: FILES.map((name) => `evidence[${name}]`),
  async handle(request) {
    const { id, customer } = await request.find('dispute', request.pathId('dispute'));
    await request.changeThroughWorkflow({ kind: 'dispute', subject: id, customer }, updateDisputeUpdate);
    return { kind: 'dispute', key: id };
  },
});
