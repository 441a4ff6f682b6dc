import type { Operation } from '../operation';

/** Every operation of the API, by resource. */
export const operations: Operation[] = [];
