/** What the audit log has. */
import type { Need } from './permissions';

/** One write, or the attempt of one. It has ids, and no other data of a person but the address that it came from. */
export interface AuditEntry {
  id: string;
  account: string;
  livemode: boolean;
  created: number;
  /** Id of the API key or of the user. */
  actor: string;
  /** `POST /v1/customers/:customer`, or what was done in the console: `log_in`. */
  operation: string;
  /** Id of the object that was changed or made, if there is one. */
  object: string | null;
  request: string;
  ip: string;
  /** The HTTP status of the answer. */
  status: number;
  /** The code or the type of the error. */
  error: string | null;
}

/** Every write; usage is recorded by itself, event by event. */
export const isAudited = ({ resource, level }: Need): boolean => level === 'write' && resource !== 'billing.meter_events';
