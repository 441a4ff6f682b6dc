/**
 * Whether the arms have got their shares of the visitors. If not, something is broken (a cache, a redirect, an arm that loads slowly), and no
 * result can be believed. The evidence is the Bayes factor of a Dirichlet mixture against the shares (Lindon, Malek: Anytime-valid inference
 * for multinomial count data, 2022): the chance that it ever exceeds 1/error by accident is at most `error`, exactly.
 */

/** The mixture's strength: shares that are wrong by a few percent are found soonest. */
const STRENGTH = 100;

/** One in a thousand, over all looks together. */
export const SAMPLE_RATIO_ERROR = 0.001;

export interface SampleRatio {
  alarm: boolean;
  /** The logarithm, base 10, of the evidence. The alarm begins at 3. */
  evidence: number;
}

/** @param arms the share of each in percent, and how many were drawn into it */
export function sampleRatio(arms: readonly { share: number; drawn: number }[]): SampleRatio {
  const total = arms.reduce((sum, { drawn }) => sum + drawn, 0);
  const natural = arms.reduce(
    (sum, { share, drawn }) => {
      const part = share / 100;
      const strength = STRENGTH * part;
      return sum + logGamma(strength + drawn) - logGamma(strength) - drawn * Math.log(part);
    },
    logGamma(STRENGTH) - logGamma(STRENGTH + total),
  );
  return { alarm: natural > Math.log(1 / SAMPLE_RATIO_ERROR), evidence: natural / Math.LN10 };
}

/** Of a positive number, to 10 digits: Stirling's series, after the recurrence has made the number large enough. */
export function logGamma(value: number): number {
  let shift = 0;
  let at = value;
  while (at < 10) {
    shift -= Math.log(at);
    at += 1;
  }
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
  return shift + (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series;
}
