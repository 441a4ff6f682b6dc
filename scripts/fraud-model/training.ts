/** Gradient boosting of stumps with the logistic loss: each round adds the step of one feature that helps most. */
import { RISK_FEATURES, type RiskFeature } from '../../domain/fraud/risk-features';
import type { RiskModel, Stump } from '../../domain/fraud/score';
import type { Example } from './generator';

const ROUNDS = 160;
const RATE = 0.2;
/** Steps are looked for at these many quantiles of a feature. */
const QUANTILES = 32;
/** Holds back steps that few examples speak for. */
const SMOOTHING = 20;

interface Column {
  feature: RiskFeature;
  thresholds: number[];
  /** By example, how many thresholds its value is above. */
  bins: Uint8Array;
}

export function train(version: string, examples: readonly Example[]): RiskModel {
  const columns = RISK_FEATURES.map((feature) => columnOf(feature, examples));
  const isFraud = Uint8Array.from(examples, (each) => Number(each.isFraud));
  const share = isFraud.reduce((sum, each) => sum + each, 0) / examples.length;
  const base = Math.log(share / (1 - share));
  const logOdds = new Float64Array(examples.length).fill(base);
  const stumps: Stump[] = [];
  for (let round = 0; round < ROUNDS; round += 1) stumps.push(boost(columns, isFraud, logOdds));
  return { version, base: rounded(base), stumps: merged(stumps) };
}

function columnOf(feature: RiskFeature, examples: readonly Example[]): Column {
  const values = Float64Array.from(examples, ({ features }) => features[feature]);
  const sorted = values.toSorted();
  const at = Array.from({ length: QUANTILES - 1 }, (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / QUANTILES)] ?? 0);
  // What is rare lies above all quantiles: whole numbers have a step each.
  const thresholds = [...new Set([...at, 0, 1, 2, 3, 5, 8].map(rounded))]
    .filter((each) => each < (sorted.at(-1) ?? 0))
    .toSorted((a, b) => a - b);
  return { feature, thresholds, bins: Uint8Array.from(values, (value) => thresholds.filter((each) => value > each).length) };
}

/** The best step of this round. `logOdds` are changed by it. */
function boost(columns: readonly Column[], isFraud: Uint8Array, logOdds: Float64Array): Stump {
  const gradients = new Float64Array(logOdds.length);
  const weights = new Float64Array(logOdds.length);
  logOdds.forEach((odds, index) => {
    const probability = 1 / (1 + Math.exp(-odds));
    gradients[index] = (isFraud[index] ?? 0) - probability;
    weights[index] = probability * (1 - probability);
  });
  const [first, ...others] = columns.map((column) => bestStep(column, gradients, weights));
  const best = others.reduce((before, each) => (each.gain > before.gain ? each : before), first as Step);
  best.column.bins.forEach((bin, index) => {
    logOdds[index] = (logOdds[index] ?? 0) + (bin > best.at ? best.stump.high : best.stump.low);
  });
  return best.stump;
}

interface Step {
  column: Column;
  at: number;
  gain: number;
  stump: Stump;
}

function bestStep(column: Column, gradients: Float64Array, weights: Float64Array): Step {
  const sums = { gradient: new Float64Array(column.thresholds.length + 1), weight: new Float64Array(column.thresholds.length + 1) };
  column.bins.forEach((bin, index) => {
    sums.gradient[bin] = (sums.gradient[bin] ?? 0) + (gradients[index] ?? 0);
    sums.weight[bin] = (sums.weight[bin] ?? 0) + (weights[index] ?? 0);
  });
  const total = { gradient: sumOf(sums.gradient), weight: sumOf(sums.weight) };
  const below = { gradient: 0, weight: 0 };
  const steps = column.thresholds.map((threshold, at) => {
    below.gradient += sums.gradient[at] ?? 0;
    below.weight += sums.weight[at] ?? 0;
    const above = { gradient: total.gradient - below.gradient, weight: total.weight - below.weight };
    const stump = { feature: column.feature, threshold, low: rounded(leafOf(below)), high: rounded(leafOf(above)) };
    return { column, at, gain: gainOf(below) + gainOf(above), stump };
  });
  const none = { column, at: 0, gain: -1, stump: { feature: column.feature, threshold: 0, low: 0, high: 0 } };
  return steps.reduce((before, each) => (each.gain > before.gain ? each : before), none);
}

interface Sums {
  gradient: number;
  weight: number;
}

const leafOf = ({ gradient, weight }: Sums): number => (RATE * gradient) / (weight + SMOOTHING);
const gainOf = ({ gradient, weight }: Sums): number => gradient ** 2 / (weight + SMOOTHING);
const sumOf = (numbers: Float64Array): number => numbers.reduce((sum, each) => sum + each, 0);
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** One step for each threshold, in order. */
function merged(stumps: readonly Stump[]): Stump[] {
  const byPlace = new Map<string, Stump>();
  for (const { feature, threshold, low, high } of stumps) {
    const place = `${feature} ${String(threshold)}`;
    const before = byPlace.get(place) ?? { low: 0, high: 0 };
    byPlace.set(place, { feature, threshold, low: rounded(before.low + low), high: rounded(before.high + high) });
  }
  const order = (feature: RiskFeature): number => RISK_FEATURES.indexOf(feature);
  return [...byPlace.values()].toSorted((a, b) => order(a.feature) - order(b.feature) || a.threshold - b.threshold);
}
