import { onlyOne } from '../http/exclusive';

interface Ending {
  cancel_at?: number | 'min_period_end' | 'max_period_end' | null | undefined;
  cancel_at_period_end?: boolean | undefined;
}

/**
 * A subscription ends at one time. `false` and the empty value remove an end, so they do not conflict.
 *
 * @throws BillingError parameters_exclusive
 */
export function checkEnding({ cancel_at, cancel_at_period_end }: Ending, prefix = ''): void {
  const said = { cancel_at: cancel_at ?? undefined, cancel_at_period_end: cancel_at_period_end === true ? true : undefined };
  onlyOne(said, ['cancel_at', 'cancel_at_period_end'], prefix);
}
