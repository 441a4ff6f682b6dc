import { MAIL_KINDS, MAIL_STATUSES } from '../../../domain/rows/mail';
import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists mails to customers, newest first: the mailbox. A mail's words are shown when it is retrieved.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listMails = operation({
  method: 'get',
  path: '/v1/mails',
  summary: 'List mails',
  tag: 'Mails',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('mails'),
    about: id().optional(),
    created: range().optional(),
    customer: id().optional(),
    kind: oneOf(MAIL_KINDS).optional(),
    status: oneOf(MAIL_STATUSES).optional(),
    test_clock: id().optional(),
  }),
  shows: 'mail',
  handle(request) {
    const { about, created, customer, kind, status, test_clock: testClock } = request.parameters;
    return list(request, 'mail', [
      equals('about', about),
      rangeFilter('created', created),
      equals('customer', customer),
      equals('kind', kind),
      equals('status', status),
      equals('testClock', testClock),
    ]);
  },
});
