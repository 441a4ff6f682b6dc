import { onlyOne } from '../http/exclusive';

interface Ending {
  cancel_at?: number | 'min_period_end' | 'max_period_end' | null | undefined;
  cancel_at_period_end?: boolean | undefined;
}

/**
 * A subscription is to end at one time: `false` and empty take an end away, and say none.
 *
 * @throws parameters_exclusive
 */
export function checkEnding({ cancel_at, cancel_at_period_end }: Ending, prefix = ''): void {
  const said = { cancel_at: cancel_at ?? undefined, cancel_at_period_end: cancel_at_period_end === true ? true : undefined };
  onlyOne(said, ['cancel_at', 'cancel_at_period_end'], prefix);
}
