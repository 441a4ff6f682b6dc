/** Which errors mean that another system is away or busy, and not a bug in Dunlin. */
import { isDatabaseAway, isDatabaseBusy } from '../../db/outages';
import { temporalFailure } from '../../temporal/failures';

export function isUnavailable(error: unknown): boolean {
  return isDatabaseAway(error) || temporalFailure(error) === 'away';
}

export function isBusy(error: unknown): boolean {
  const failure = temporalFailure(error);
  return isDatabaseBusy(error) || failure === 'busy' || failure === 'retry';
}
