import { lockFacts } from '../../../db/facts';
import { mergeMetadata } from '../../../domain/core/metadata';
import { blockPayer } from '../../../domain/payment/block-payer';
import { operation } from '../../http/operation';
import { emptyable, metadata, object, oneOf, parameters, text } from '../../http/parameters';
import { present } from '../../http/request';
import { email } from '../../http/text-parameters';

/**
 * Changes descriptive fields of a charge. Reported as fraudulent, its card and its payer's e-mail address go on the block lists.
 *
 * @throws BillingError resource_missing, parameter_invalid, lock_timeout
 */
export const updateCharge = operation({
  method: 'post',
  path: '/v1/charges/:charge',
  summary: 'Update a charge',
  tag: 'Charges',
  parameters: parameters({
    description: emptyable(text({ max: 1000 })).optional(),
    fraud_details: object({ user_report: oneOf(['fraudulent', 'safe']) }).optional(),
    metadata: metadata().optional(),
    receipt_email: emptyable(email()).optional(),
  }),
  shows: 'charge',
  unsupported: ['customer', 'shipping', 'transfer_group'],
  async handle(request) {
    const { id, customer } = await request.find('charge', request.pathId('charge'));
    const { description, fraud_details: fraud, metadata: given, receipt_email } = request.parameters;
    const facts = { account: request.scope.account, customer, charge: id };
    await request.change({
      step: 'updateCharge',
      customer,
      subject: id,
      load: (tx) => lockFacts(tx, facts),
      plan: (changes) => {
        const charge = present(changes, 'charge', id);
        changes.patch('charge', id, {
          description: description === undefined ? charge.description : description,
          receiptEmail: receipt_email === undefined ? charge.receiptEmail : receipt_email,
          userReport: fraud?.user_report ?? charge.userReport,
          metadata: mergeMetadata(charge.metadata, given),
        });
        if (fraud?.user_report === 'fraudulent') blockPayer(changes, charge);
        changes.emitUpdated('charge.updated', 'charge', id);
      },
    });
    return { kind: 'charge', key: id };
  },
});
