/** The draw: the same visitor of the same experiment always gets the same arm, and no two experiments draw alike. */
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

/** FNV-1a over UTF-16 units, and then MurmurHash3's finalizer, which spreads it over all 32 bits. Public knowledge, so no keys are made of it. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
