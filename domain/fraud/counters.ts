/** Velocity counters: `:declined_charges_per_card_number_hourly:`. They leave the present payment out. */

/** Seconds. Stripe's windows: an hour, a day and a week with five minutes to an hour more, a year, and five years. */
const WINDOWS = { hourly: 3_900, daily: 90_000, weekly: 608_400, yearly: 31_622_400, all_time: 157_680_000 } as const;
type Window = keyof typeof WINDOWS;

export type Counted = 'authorized' | 'blocked' | 'card' | 'declined' | 'email' | 'total' | 'trial';
export type Per = 'card_number' | 'customer' | 'email';

export interface Counter {
  counted: Counted;
  per: Per;
  seconds: number;
}

const CHARGES = /^(authorized|blocked|declined|total)_charges_per_(card_number|customer|email)_(all_time|daily|hourly|weekly|yearly)$/;
const CARDS = /^card_count_for_(customer|email)_(all_time|daily|hourly|weekly|yearly)$/;
/** Subscriptions that began with a trial. */
const TRIALS = /^trials_per_(card_number|customer|email)_(all_time|daily|hourly|weekly|yearly)$/;
const EMAILS = /^email_count_for_card_(all_time|daily|hourly|weekly|yearly)$/;

/** Null for what is no counter. */
export function counterOf(name: string): Counter | null {
  const [, counted, per, of] = CHARGES.exec(name) ?? [];
  if (of !== undefined) return { counted: counted as Counted, per: per as Per, seconds: WINDOWS[of as Window] };
  const [, whose, cards] = CARDS.exec(name) ?? [];
  if (cards !== undefined) return { counted: 'card', per: whose as Per, seconds: WINDOWS[cards as Window] };
  const [, who, trials] = TRIALS.exec(name) ?? [];
  if (trials !== undefined) return { counted: 'trial', per: who as Per, seconds: WINDOWS[trials as Window] };
  const [, emails] = EMAILS.exec(name) ?? [];
  return emails === undefined ? null : { counted: 'email', per: 'card_number', seconds: WINDOWS[emails as Window] };
}
