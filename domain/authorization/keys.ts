/** API keys in the course of time. Times are real epoch seconds. */

import type { Scope } from './permissions';

/** A key as it is kept: a hash, which is not shown, and what people recognize it by. Times are real epoch seconds. */
export interface ApiKeyRow {
  id: string;
  livemode: boolean;
  created: number;
  name: string | null;
  /** `rk_test_` */
  prefix: string;
  last4: string;
  /** Null: it may do everything. */
  scopes: readonly Scope[] | null;
  lastUsedAt: number | null;
  expiresAt: number | null;
  revokedAt: number | null;
  /** It works at `/mcp` alone, where the limits of agents hold. */
  agent: boolean;
}

/** After it was rolled, a key may work for so long beside the new one. */
export const OVERLAP_MAX_SECONDS = 7 * 86_400;

/** When a key ends that is rolled now: never later than before. */
export function endOfRolled(expiresAt: number | null, overlap: number, now: number): number {
  return Math.min(expiresAt ?? Infinity, now + overlap);
}
