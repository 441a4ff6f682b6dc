/** When a processor is paused because of its failures. A failure is a call that got no answer, or the answer that nothing can be done now. */

/** So many failures in a row, none of them longer ago, and no answer between them. */
const PAUSED_AFTER = { failures: 5, withinSeconds: 60 } as const;

export interface Health {
  failures: number;
  /** When the first of them was. Epoch seconds, real time. */
  failingSince: number | null;
}

/** One more failure. */
export function afterFailure({ failures, failingSince }: Health, now: number): Health & { isAway: boolean } {
  const isOld = failingSince === null || failingSince < now - PAUSED_AFTER.withinSeconds;
  const counted = isOld ? { failures: 1, failingSince: now } : { failures: failures + 1, failingSince };
  return { ...counted, isAway: counted.failures >= PAUSED_AFTER.failures };
}
