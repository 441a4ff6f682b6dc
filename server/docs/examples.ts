/** Answers of a running Dunlin, recorded by the system tests (`npm run openapi-examples`): one for each shape of an answer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiVersion } from '../../domain/rows/api-version';
import { inVersion } from '../../objects/version';
import type { Json } from './json-schema';

export const EXAMPLES_FILE = join(__dirname, 'recorded-answers.json');

/** By the name of the answer, in the shape that the release has. */
export function examplesIn(release: ApiVersion): Record<string, Json> {
  const recorded = JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as Record<string, Json>;
  return Object.fromEntries(Object.entries(recorded).map(([name, example]) => [name, inVersion(example, release)]));
}
