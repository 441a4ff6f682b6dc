/**
 * The difference of two means, with an interval that stays valid while people look: the chance that it ever leaves out the true difference is
 * at most the error that is allowed, however often and whenever somebody reads it. It is the normal mixture of Robbins, as in the mixture
 * sequential probability ratio test (Johari, Koomen, Pekelis, Walsh: Always valid inference, 2022). The variance is estimated, so the
 * promise holds for many people, and nothing is said before there are enough.
 */

/** One number for each person of an arm. */
export interface Sample {
  people: number;
  /** Of how many the number is not zero. */
  nonZero: number;
  sum: number;
  sumOfSquares: number;
}

export interface Difference {
  /** The arm's mean less the control's. */
  estimate: number;
  lower: number;
  upper: number;
}

/** In each arm. Fewer say nothing about the variance. */
const ENOUGH = { people: 200, nonZero: 25 };

/**
 * The mixture's scale, in standard deviations of one person: differences of about this size are found soonest. It is no assumption; a
 * difference of another size is found later.
 */
const SCALE = 0.1;

/** @param error the chance of ever being wrong, over all looks. Null while there are not enough people. */
export function compare(arm: Sample, control: Sample, error: number): Difference | null {
  if (![arm, control].every(isEnough)) return null;
  const estimate = meanOf(arm) - meanOf(control);
  const variance = varianceOf(arm) / arm.people + varianceOf(control) / control.people;
  const pooled = (varianceOf(arm) + varianceOf(control)) / 2;
  const mixture = SCALE ** 2 * pooled;
  const width = Math.sqrt(
    ((variance * (variance + mixture)) / mixture) * (2 * Math.log(1 / error) + Math.log((variance + mixture) / variance)),
  );
  return { estimate, lower: estimate - width, upper: estimate + width };
}

function isEnough({ people, nonZero }: Sample): boolean {
  return people >= ENOUGH.people && nonZero >= ENOUGH.nonZero;
}

export function meanOf({ sum, people }: Pick<Sample, 'people' | 'sum'>): number {
  return people === 0 ? 0 : sum / people;
}

/** Never zero: if all people are alike so far, the next one may still differ. */
function varianceOf({ sum, sumOfSquares, people }: Sample): number {
  const mean = sum / people;
  const around = Math.max(0, sumOfSquares - people * mean ** 2);
  return (around + mean ** 2 / people) / (people - 1);
}
