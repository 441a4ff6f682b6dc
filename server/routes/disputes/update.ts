import { BillingError } from '../../../domain/core/errors';
import { isOver } from '../../../domain/rows/file';
import { updateDisputeUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { boolean, emptyable, id, metadata, object, parameters, text } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/** Uploaded files, by their ids. */
const FILES = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const;

const fileId = () => emptyable(id()).optional();
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
  ...(Object.fromEntries(FILES.map((name) => [name, fileId()])) as Record<(typeof FILES)[number], ReturnType<typeof fileId>>),
});

/** @throws BillingError resource_missing, parameter_invalid if a file was not uploaded as evidence */
async function checkFiles(request: ApiRequest<unknown>, evidence: Record<string, unknown>): Promise<void> {
  for (const name of FILES) {
    const named = evidence[name];
    if (typeof named !== 'string') continue;
    const param = `evidence[${name}]`;
    const file = await request.find('file', named, param);
    if (file.purpose !== 'dispute_evidence' || isOver(file, await request.now())) {
      throw new BillingError(
        'parameter_invalid',
        `The file '${named}' must be one with the purpose dispute_evidence that has not expired.`,
        {
          param,
        },
      );
    }
  }
}

/**
 * Stages evidence and, unless `submit` is false, sends the staged evidence to the bank. The bank decides within a day of the customer's
 * time: `winning_evidence` in `uncategorized_text` wins, anything else loses.
 *
 * @throws BillingError resource_missing, dispute_not_editable, parameter_invalid (a file), lock_timeout
 */
export const updateDispute = operation({
  method: 'post',
  path: '/v1/disputes/:dispute',
  summary: 'Update a dispute',
  tag: 'Disputes',
  parameters: parameters({ evidence: evidence.optional(), metadata: metadata().optional(), submit: boolean().optional() }),
  shows: 'dispute',
  through: 'workflow',
  unsupported: ['evidence[enhanced_evidence]'],
  async handle(request) {
    const { id: subject, customer } = await request.find('dispute', request.pathId('dispute'));
    await checkFiles(request, request.parameters.evidence ?? {});
    await request.changeThroughWorkflow({ kind: 'dispute', subject, customer }, updateDisputeUpdate);
    return { kind: 'dispute', key: subject };
  },
});
