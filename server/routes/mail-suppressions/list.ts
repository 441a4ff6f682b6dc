import { list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';
import { email } from '../../http/text-parameters';

/**
 * Lists the suppressed addresses, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive, parameter_invalid
 */
export const listMailSuppressions = operation({
  method: 'get',
  path: '/v1/mail_suppressions',
  summary: 'List suppressed addresses',
  tag: 'Mails',
  own: true,
  parameters: parameters({ ...pagination, email: email().optional() }),
  shows: 'mailSuppression',
  handle: (request) => {
    const { email: address } = request.parameters;
    return list(request, 'mailSuppression', [address === undefined ? null : { email: address }]);
  },
});
