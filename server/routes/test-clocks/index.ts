import type { Operation } from '../../http/operation';
import { advanceTestClock } from './advance';
import { cancelTestClockAdvance } from './cancel-advance';
import { copyToTestClock } from './copy';
import { createTestClockOperation } from './create';
import { deleteTestClockOperation } from './delete';
import { listTestClocks } from './list';
import { retrieveTestClock } from './retrieve';

export const testClocks: Operation[] = [
  createTestClockOperation,
  copyToTestClock,
  retrieveTestClock,
  listTestClocks,
  advanceTestClock,
  cancelTestClockAdvance,
  deleteTestClockOperation,
];
