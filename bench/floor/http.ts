/** Bare Express: a read, a check and a usage record that answer what Dunlin answers, and do nothing for it. Tells its parent the port. */
import type { AddressInfo } from 'node:net';
import express from 'express';

/** The bodies of Dunlin's own answers. */
export interface HttpAnswers {
  read: string;
  check: string;
  record: string;
}

function main({ read, check, record }: HttpAnswers): void {
  const app = express();
  app.get('/v1/customers/:customer', (_request, response) => void response.type('application/json').send(read));
  app.get('/v1/entitlements/check', (_request, response) => void response.type('application/json').send(check));
  app.post('/v1/billing/meter_events', express.urlencoded({ extended: true }), (_request, response) => {
    response.type('application/json').send(record);
  });
  const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => process.exit(0));
}

main(JSON.parse(process.argv[2] ?? '{}') as HttpAnswers);
