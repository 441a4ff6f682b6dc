/** The content of an event, in both of Stripe's APIs. */
import { z } from 'zod';
import { name } from '../../http/parameters';

const KEYS_MAX = 50;
const VALUE_MAX = 500;

export const eventName = name({ max: 100 });
export const identifier = name({ max: 100 });

export const payload = z.record(z.string(), z.string()).superRefine((value, context) => {
  const entries = Object.entries(value);
  const refuse = (message: string, path: string[] = []): void => {
    context.addIssue({ code: 'custom', message, path });
  };
  if (entries.length > KEYS_MAX) refuse(`A payload can have at most ${String(KEYS_MAX)} keys.`);
  for (const [key, each] of entries) {
    if (key === '' || key.length > 100) refuse('The keys of a payload must be 1 to 100 characters long.');
    if (each.length > VALUE_MAX) refuse(`The values of a payload can have up to ${String(VALUE_MAX)} characters.`, [key]);
  }
});

const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function millisecondsOf(value: string): number {
  const [, day = ''] = RFC3339.exec(value) ?? [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // There is no 31 November, but `Date` reads it as the day after the 30th.
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  return isDay ? Date.parse(value) : NaN;
}

/** `2026-01-31T10:00:00.000Z` as epoch seconds, without fractions of a second. */
export const instant = z
  .string()
  .transform((value, context) => {
    const milliseconds = millisecondsOf(value);
    if (!Number.isNaN(milliseconds) && milliseconds >= 0) return Math.floor(milliseconds / 1000);
    context.addIssue({ code: 'custom', message: `Invalid timestamp: ${value.slice(0, 100)}; must be an RFC 3339 date and time.` });
    return z.NEVER;
  })
  .meta({ override: { type: 'string', format: 'date-time' } });
