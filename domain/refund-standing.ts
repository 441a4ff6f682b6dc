import type { Rows } from './rows';
import { ENDED, type Standing } from './standing';

export function refundStanding(rows: Rows, subject: string): Standing {
  return ENDED(rows.find('refund', subject)?.status ?? 'missing');
}
