/** score.test.ts has what the stored model says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import stored from '../../../domain/fraud/score-model.json';
import { makeModel, tablesOf, withTables } from '../../../scripts/fraud-model';

test('the script makes the stored model and the figures of the documentation again', () => {
  const { model, evaluation } = makeModel();
  expect(model).toEqual(stored);
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'fraud.md'), 'utf8');
  expect(withTables(page, tablesOf(evaluation))).toBe(page);
  expect(evaluation.auc).toBeGreaterThan(0.9);
  expect(evaluation.brier).toBeLessThan(evaluation.brierOfMean / 2);
}, 60_000);
