/**
 * `npm run fraud-model`: trains the risk score on generated payments, and writes `domain/fraud/score-model.json` and the table of how good it is in
 * docs/fraud.md. The same seeds give the same model.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RiskModel } from '../domain/fraud/score';
import { evaluate, type Evaluation } from './fraud-model/evaluation';
import { generate } from './fraud-model/generator';
import { train } from './fraud-model/training';

const ROOT = join(__dirname, '..');
const VERSION = 'stumps-2026-11';
const SEEDS = { training: 20_261_129, heldOut: 1_129 };
const SIZES = { training: 60_000, heldOut: 30_000 };
const [BEGIN, END] = ['<!-- score: begin -->', '<!-- score: end -->'];

export function makeModel(): { model: RiskModel; evaluation: Evaluation } {
  const model = train(VERSION, generate(SEEDS.training, SIZES.training));
  return { model, evaluation: evaluate(model, generate(SEEDS.heldOut, SIZES.heldOut)) };
}

const percent = (part: number, digits = 1): string => `${(part * 100).toFixed(digits)} %`;

export function tablesOf({ auc, bins, brier, brierOfMean, fraud, from, payments }: Evaluation): string {
  const thresholds = from.map(({ score, precision, recall }) => `| ${String(score)} | ${percent(recall)} | ${percent(precision)} |`);
  const calibration = bins.map(
    (bin) =>
      `| ${percent(bin.from)} – ${percent(bin.to)} | ${String(bin.payments)} | ${percent(bin.expected, 2)} | ${percent(bin.observed, 2)} |`,
  );
  return [
    `On ${String(payments)} payments that it was not trained on, ${String(fraud)} of them fraud: AUC ${auc.toFixed(3)}; Brier score ${brier.toFixed(4)}, and`,
    `${brierOfMean.toFixed(4)} for who says the mean of all.`,
    '',
    ...['| score from | of all frauds | of such payments are fraud |', '| --: | --: | --: |', ...thresholds, ''],
    ...['| probability | payments | expected | observed |', '| --: | --: | --: | --: |', ...calibration],
  ].join('\n');
}

/** The page with the tables; everything else in it as it is. */
export function withTables(page: string, tables: string): string {
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < before) throw new Error('docs/fraud.md has no place for the tables of the score');
  return `${page.slice(0, before + BEGIN.length)}\n\n${tables}\n\n${page.slice(after)}`;
}

if (require.main === module) {
  const { model, evaluation } = makeModel();
  const page = join(ROOT, 'docs', 'fraud.md');
  writeFileSync(join(ROOT, 'domain', 'fraud', 'score-model.json'), `${JSON.stringify(model, null, 2)}\n`);
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), tablesOf(evaluation)));
}
