import type { Rows } from './rows';
import { ENDED, type Standing } from './standing';

export function disputeStanding(rows: Rows, subject: string): Standing {
  return ENDED(rows.find('dispute', subject)?.status ?? 'missing');
}
