import { operation } from '../../operation';
import { parameters } from '../../parameters';
import { findTopUp } from './change';

/** Retrieves a credit top-up. Answers `resource_missing`. */
export const retrieveCreditTopUp = operation({
  method: 'get',
  path: '/v1/billing/credit_top_ups/:credit_top_up',
  summary: 'Retrieve a credit top-up',
  tag: 'Credits',
  own: true,
  parameters: parameters({}),
  shows: 'creditTopUp',
  async handle(request) {
    const { id } = await findTopUp(request);
    return { kind: 'creditTopUp', key: id };
  },
});
