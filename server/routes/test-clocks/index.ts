import type { Operation } from '../../http/operation';
import { advanceTestClock } from './advance';
import { cancelTestClockAdvance } from './cancel-advance';
import { createTestClockOperation } from './create';
import { deleteTestClockOperation } from './delete';
import { listTestClocks } from './list';
import { retrieveTestClock } from './retrieve';

export const testClocks: Operation[] = [
  createTestClockOperation,
  retrieveTestClock,
  listTestClocks,
  advanceTestClock,
  cancelTestClockAdvance,
  deleteTestClockOperation,
];
