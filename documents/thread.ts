/** The thread that makes documents, so that layout never delays a request of the API. One order at a time, in their order. */
import { parentPort } from 'node:worker_threads';
import { pdfOf } from './pdf';
import type { Made, Order } from './renderer';

parentPort?.on('message', ({ id, sheet }: Order) => {
  void pdfOf(sheet).then(
    (bytes) => {
      answer({ id, bytes });
    },
    (error: unknown) => {
      answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  );
});

function answer(made: Made): void {
  parentPort?.postMessage(made);
}
