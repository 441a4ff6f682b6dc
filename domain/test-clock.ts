import type { Resource } from './resource';

export interface TestClock extends Resource {
  name: string | null;
  frozenTime: number;
  /** Where an advance is going; null when there is none. */
  targetTime: number | null;
  status: 'ready' | 'advancing' | 'internal_failure';
  statusDetails: Record<string, unknown>;
  deletesAfter: number;
  deleted: boolean;
}
