/**
 * The risk score of a payment: a sum of one-step functions, one feature each, so that what each feature adds can be shown. `npm run fraud-model`
 * trains them, and writes `score-model.json`.
 */
import type { RiskFeature, RiskFeatures } from './risk-features';
import model from './score-model.json';

/** Adds `low` to the log-odds of fraud up to the threshold, and `high` above it. */
export interface Stump {
  feature: RiskFeature;
  threshold: number;
  low: number;
  high: number;
}

export interface RiskModel {
  version: string;
  /** The log-odds before any feature is looked at. */
  base: number;
  stumps: Stump[];
}

/** How a score came about. */
export interface RiskScore {
  /** 0 to 99, as Stripe's. */
  score: number;
  /** The version of the model; the name of the processor that has assessed the card. */
  by: string;
  /** What each feature adds to the log-odds of fraud, in the order of its weight. None from a processor. */
  points: Partial<Record<RiskFeature, number>>;
}

/** Scores a payment. An installation may have one of its own. */
export type RiskScorer = (features: RiskFeatures) => RiskScore;

export const scoreByModel: RiskScorer = (features) => scoreBy(model as RiskModel, features);

export function scoreBy({ version, base, stumps }: RiskModel, features: RiskFeatures): RiskScore {
  const points = new Map<RiskFeature, number>();
  for (const { feature, threshold, low, high } of stumps) {
    points.set(feature, (points.get(feature) ?? 0) + (features[feature] > threshold ? high : low));
  }
  const logOdds = [...points.values()].reduce((sum, each) => sum + each, base);
  const shown = [...points].map(([feature, added]) => [feature, Math.round(added * 100) / 100] as const);
  const heaviest = shown.filter(([, added]) => added !== 0).toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  return { score: scoreOfLogOdds(logOdds), by: version, points: Object.fromEntries(heaviest) };
}

/** The probability of fraud at which each score stands. Stripe calls a score from 65 elevated, and from 75 the highest. */
const SCALE = [
  { probability: 0.0005, score: 0 },
  { probability: 0.01, score: 30 },
  { probability: 0.1, score: 65 },
  { probability: 0.4, score: 75 },
  { probability: 0.99, score: 99 },
] as const;

const logOddsOf = (probability: number): number => Math.log(probability / (1 - probability));

/** Between two marks of the scale the score follows the log-odds. */
function scoreOfLogOdds(logOdds: number): number {
  const marks = SCALE.map(({ probability, score }) => ({ at: logOddsOf(probability), score }));
  const above = marks.findIndex(({ at }) => logOdds < at);
  const [low, high] = [marks[above - 1], marks[above]];
  if (high === undefined) return 99;
  if (low === undefined) return 0;
  return Math.round(low.score + ((logOdds - low.at) / (high.at - low.at)) * (high.score - low.score));
}
