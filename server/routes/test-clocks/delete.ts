import { loadClockAndMembers } from '../../../db/test-clocks';
import { deleteTestClock } from '../../../domain/test-clock/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { wakeClock } from './clock';

/**
 * Deletes a test clock with its customers and their subscriptions, whose workflows end, and stops a running advance. What was billed stays
 * in the books.
 *
 * @throws BillingError resource_missing
 */
export const deleteTestClockOperation = operation({
  method: 'delete',
  path: '/v1/test_helpers/test_clocks/:test_clock',
  summary: 'Delete a test clock',
  tag: 'Test clocks',
  parameters: parameters({}),
  shows: 'testClock',
  async handle(request) {
    const { id } = await request.find('testClock', request.pathId('test_clock'));
    await request.change({
      step: 'deleteTestClock',
      customer: null,
      subject: id,
      load: (tx) => loadClockAndMembers(tx, id),
      plan: (changes) => {
        present(changes, 'testClock', id);
        deleteTestClock(changes, id);
      },
    });
    await wakeClock(request, id);
    return { kind: 'testClock', key: id };
  },
});
