/** The draw: the same visitor of the same experiment always gets the same arm, and no two experiments draw alike. */
import { hash } from '../core/hash';
import type { ExperimentArm } from '../rows/experiment';

/**
 * @param experiment its id, or a recovery program's: nobody can choose it, so nobody can choose an arm
 * @param subject the visitor, or a customer of whom no visitor is known
 */
export function drawArm(arms: readonly Pick<ExperimentArm, 'name' | 'share'>[], experiment: string, subject: string): string {
  const point = (hash(`${experiment}/${subject}`) / 2 ** 32) * 100;
  let reached = 0;
  for (const { name, share } of arms) {
    reached += share;
    if (point < reached) return name;
  }
  throw new Error('the shares of an experiment are less than 100 percent');
}
