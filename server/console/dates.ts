/** Days and months as text, in UTC. */

const DAY_LENGTH = 10;
const MONTH_LENGTH = 7;

/** `2026-07-01` of epoch seconds. */
export const dayOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, DAY_LENGTH);

/** `2026-07` of epoch seconds. */
export const monthOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, MONTH_LENGTH);
