/** What the arms of an experiment have come to, and what can be said about their difference. */
import { controlOf, type Experiment, type PriceAnswer, type PriceQuestionMoment } from '../rows/experiment';
import { compare, type Difference, type Sample } from './comparison';
import { sampleRatio, type SampleRatio } from './sample-ratio';

/** What the books say of the people of one arm. Amounts are minor units. */
export interface MeasuredArm {
  arm: string;
  /** Who has seen it. */
  visitors: number;
  /** Visitors whom the draw has put into it. */
  drawn: number;
  /** Who had seen it drawn, and then turned out to be a customer of another arm. */
  moved: number;
  /** Whose window is over. Conversion and revenue are theirs. */
  measured: number;
  converted: number;
  revenue: { currency: string; payers: number; amount: number; sumOfSquares: number; refunded: number }[];
  /** Who has begun a subscription since, and of those who has none any more. */
  subscribers: number;
  churned: number;
  refundedVisitors: number;
  answers: { moment: PriceQuestionMoment; answer: PriceAnswer; count: number }[];
}

export interface Comparison extends Difference {
  arm: string;
  metric: 'conversion' | 'revenue_per_visitor';
  currency: string | null;
}

export interface Results {
  sampleRatio: SampleRatio;
  arms: MeasuredArm[];
  /** Empty while the sample ratio is wrong: then no difference can be believed. */
  comparisons: Comparison[];
}

/** For each metric, over all its comparisons and all looks: 5 percent. Several arms share it. */
const ERROR = 0.05;

export function resultsOf(experiment: Experiment, measured: readonly MeasuredArm[]): Results {
  const arms = experiment.arms.map(({ name }) => measured.find(({ arm }) => arm === name) ?? nobody(name));
  const ratio = sampleRatio(experiment.arms.map(({ name, share }) => ({ share, drawn: arms.find(({ arm }) => arm === name)?.drawn ?? 0 })));
  return { sampleRatio: ratio, arms, comparisons: ratio.alarm ? [] : comparisonsOf(experiment, arms) };
}

function comparisonsOf(experiment: Experiment, arms: readonly MeasuredArm[]): Comparison[] {
  const name = controlOf(experiment).name;
  const control = arms.find(({ arm }) => arm === name);
  if (!control) return [];
  const others = arms.filter(({ arm }) => arm !== name);
  const currencies = [...new Set(arms.flatMap(({ revenue }) => revenue.map(({ currency }) => currency)))].sort();
  return others.flatMap((other) =>
    [null, ...currencies].flatMap((currency): Comparison[] => {
      const sample = (of: MeasuredArm) => (currency === null ? conversionsOf(of) : revenueOf(of, currency));
      const difference = compare(sample(other), sample(control), ERROR / others.length);
      if (difference === null) return [];
      return [{ arm: other.arm, metric: currency === null ? 'conversion' : 'revenue_per_visitor', currency, ...difference }];
    }),
  );
}

const conversionsOf = ({ measured: people, converted }: MeasuredArm): Sample => ({
  people,
  nonZero: converted,
  sum: converted,
  sumOfSquares: converted,
});

function revenueOf({ measured: people, revenue }: MeasuredArm, currency: string): Sample {
  const found = revenue.find((each) => each.currency === currency);
  return { people, nonZero: found?.payers ?? 0, sum: found?.amount ?? 0, sumOfSquares: found?.sumOfSquares ?? 0 };
}

function nobody(arm: string): MeasuredArm {
  const none = { visitors: 0, drawn: 0, moved: 0, measured: 0, converted: 0, subscribers: 0, churned: 0, refundedVisitors: 0 };
  return { arm, ...none, revenue: [], answers: [] };
}
