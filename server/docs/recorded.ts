/** What the system tests asked and were refused (`npm run openapi-examples`), for the code samples and the errors of the docs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const REQUESTS_FILE = join(__dirname, 'recorded-requests.json');
export const REFUSALS_FILE = join(__dirname, 'recorded-refusals.json');

export interface RecordedRequest {
  /** `/v1/customers/cus_PzVB…` */
  path: string;
  parameters: object;
}

export interface RecordedRefusal {
  status: number;
  code: string;
  message: string;
  param: string | null;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** One for each operation, by `POST /v1/customers/:customer`. */
export const recordedRequests = (): Record<string, RecordedRequest> => read(REQUESTS_FILE) as Record<string, RecordedRequest>;

/** One for each code, by operation. */
export const recordedRefusals = (): Record<string, RecordedRefusal[]> => read(REFUSALS_FILE) as Record<string, RecordedRefusal[]>;
