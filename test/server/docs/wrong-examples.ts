import type { ApiVersion } from '../../../domain/rows/api-version';
import { answerNameOf } from '../../../server/http/answer-shape';
import { examplesIn } from '../../../server/docs/examples';
import { operations } from '../../../server/routes';
import type { GivenAnswer } from '../../support/answer-check';
import { judged } from '../../support/answer-judge';

/** So many at a time: meanwhile the judge has no time for others. */
const BATCH = 50;

/** The examples of a release that do not fit their shapes. The judge of the run compiles most of these anyway. */
export async function wrongExamples(version: ApiVersion): Promise<string[]> {
  const examples = examplesIn(version);
  const answers = operations.map((each) =>
    answerOf(version, examples[answerNameOf(each)], `${each.method.toUpperCase()} ${each.path}`, 200),
  );
  const refusals = Object.keys(examples).filter((name) => name.startsWith('error_of_'));
  const given = [...answers, ...refusals.map((name) => answerOf(version, examples[name], null, 400))].flat();
  const wrong: string[] = [];
  for (let from = 0; from < given.length; from += BATCH) wrong.push(...(await judged(given.slice(from, from + BATCH))));
  return wrong;
}

function answerOf(version: ApiVersion, example: unknown, operation: string | null, status: number): GivenAnswer[] {
  return example === undefined ? [] : [{ operation, status, version, body: JSON.stringify(example), isRecorded: true }];
}
