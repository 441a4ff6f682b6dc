import type { ApiVersion } from '../../../domain/rows/api-version';
import { answerNameOf } from '../../../server/docs/answers';
import { examplesIn } from '../../../server/docs/examples';
import { operations } from '../../../server/routes';
import type { AnswerCheck } from '../../support/answer-check';

/** The examples of a release that do not fit their shapes. */
export function wrongExamples(check: AnswerCheck, version: ApiVersion): string[] {
  const examples = examplesIn(version);
  const wrong = operations.flatMap((each) => {
    const example = examples[answerNameOf(each)];
    const answer = { operation: `${each.method.toUpperCase()} ${each.path}`, status: 200, version, body: JSON.stringify(example) };
    return example === undefined ? [] : (check.wrong(answer) ?? []);
  });
  const refusals = Object.keys(examples).filter((name) => name.startsWith('error_of_'));
  const wrongRefusals = refusals.flatMap(
    (name) => check.wrong({ operation: null, status: 400, version, body: JSON.stringify(examples[name]) }) ?? [],
  );
  return [...wrong, ...wrongRefusals];
}
