/** How good a model is on payments that it was not trained on. */
import { scoreBy, type RiskModel } from '../../domain/fraud/score';
import type { Example } from './generator';

export interface Bin {
  from: number;
  to: number;
  payments: number;
  /** The mean of what the model says, and the part that is fraud. */
  expected: number;
  observed: number;
}

export interface Evaluation {
  payments: number;
  fraud: number;
  /** The chance that a fraud has a higher probability than another payment. */
  auc: number;
  /** The mean square of the error of the probability; below it, of who says the mean for all. */
  brier: number;
  brierOfMean: number;
  bins: Bin[];
  /** From each score: the part of all frauds, and the part of such payments that is fraud. */
  from: { score: number; recall: number; precision: number }[];
}

const BOUNDS = [0, 0.002, 0.005, 0.01, 0.05, 0.2, 0.5, 0.8, 1];

interface Judged {
  isFraud: boolean;
  probability: number;
  score: number;
}

export function evaluate(model: RiskModel, examples: readonly Example[]): Evaluation {
  const judged = examples.map(({ features, isFraud }): Judged => ({ isFraud, ...judge(model, features) }));
  const fraud = judged.filter(({ isFraud }) => isFraud).length;
  const share = fraud / judged.length;
  return {
    ...{ payments: judged.length, fraud, auc: aucOf(judged), brier: brierOf(judged), brierOfMean: share * (1 - share) },
    bins: BOUNDS.slice(1).map((to, index) => binOf(judged, BOUNDS[index] ?? 0, to)),
    from: [65, 75].map((score) => {
      const such = judged.filter((each) => each.score >= score);
      const hits = such.filter(({ isFraud }) => isFraud).length;
      return { score, recall: hits / fraud, precision: hits / such.length };
    }),
  };
}

function judge(model: RiskModel, features: Example['features']): Pick<Judged, 'probability' | 'score'> {
  const logOdds = model.stumps.reduce(
    (sum, { feature, threshold, low, high }) => sum + (features[feature] > threshold ? high : low),
    model.base,
  );
  return { probability: 1 / (1 + Math.exp(-logOdds)), score: scoreBy(model, features).score };
}

/** By the sum of ranks (Mann–Whitney); equal ones share their rank. */
function aucOf(judged: readonly Judged[]): number {
  const sorted = judged.toSorted((a, b) => a.probability - b.probability);
  let ranks = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end]?.probability === sorted[start]?.probability) end += 1;
    const frauds = sorted.slice(start, end).filter(({ isFraud }) => isFraud).length;
    ranks += frauds * ((start + 1 + end) / 2);
    start = end;
  }
  const fraud = judged.filter(({ isFraud }) => isFraud).length;
  return (ranks - (fraud * (fraud + 1)) / 2) / (fraud * (judged.length - fraud));
}

const brierOf = (judged: readonly Judged[]): number =>
  judged.reduce((sum, { isFraud, probability }) => sum + (probability - Number(isFraud)) ** 2, 0) / judged.length;

function binOf(judged: readonly Judged[], from: number, to: number): Bin {
  const inside = judged.filter(({ probability }) => probability > from && probability <= to);
  const meanOf = (of: (each: Judged) => number): number => inside.reduce((sum, each) => sum + of(each), 0) / Math.max(1, inside.length);
  return {
    from,
    to,
    payments: inside.length,
    expected: meanOf(({ probability }) => probability),
    observed: meanOf(({ isFraud }) => Number(isFraud)),
  };
}
