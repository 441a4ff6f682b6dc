import { text } from '../../http/parameters';

/** A day that there is: `2026-11-29`, UTC. */
export const day = () =>
  text({ max: 10 }).refine((value) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
    const at = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
  }, 'Invalid day: write it as 2026-11-29');
