/** Collects one example of each answer that the system tests receive: `npm run openapi-examples` writes them into the document. */
import { readFileSync, writeFileSync } from 'node:fs';
import { API_VERSION, apiVersionOf, majorOf } from '../../domain/rows/api-version';
import { answerNameOf } from '../../server/docs/answers';
import { EXAMPLES_FILE } from '../../server/docs/examples';
import { operations } from '../../server/routes';
import type { GivenAnswer } from './answer-check';

type Json = Record<string, unknown>;

const NAMES = new Map(operations.map((each) => [`${each.method.toUpperCase()} ${each.path}`, answerNameOf(each)]));

/** Longer ones explain nothing better. */
const LONGEST = 8_000;

export class ExampleRecorder {
  private readonly best = new Map<string, { text: string; told: number }>();

  /** Answers of endive follow from those of dahlia. */
  see({ operation, status, version, body }: GivenAnswer): void {
    if (majorOf(apiVersionOf(version ?? '') ?? API_VERSION) !== 'dahlia') return;
    const value = JSON.parse(body) as Json;
    const name = status < 400 ? NAMES.get(operation ?? '') : `error_of_${String((value['error'] as Json)['type'])}`;
    if (name === undefined) return;
    const example = shortened(value);
    const text = JSON.stringify(example);
    const told = countTold(example);
    const best = this.best.get(name);
    if (text.length <= LONGEST && (best === undefined || told > best.told)) this.best.set(name, { text, told });
  }

  /** Adds what was seen to the examples that are there; those that were seen anew take the place of the old. */
  write(): void {
    const known = JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as Json;
    for (const [name, { text }] of this.best) known[name] = JSON.parse(text) as Json;
    const lines = Object.entries(known).map(([name, example]) => `${JSON.stringify(name)}: ${JSON.stringify(example)}`);
    writeFileSync(EXAMPLES_FILE, `{\n${lines.sort().join(',\n')}\n}\n`);
  }
}

const SECRET = /^((?:pi|seti)_\w+_secret_)\w+$|^(whsec_)\w+$/;

/** One element of each list is enough; what opens something is made unreadable. */
function shortened(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return (key === 'data' ? value.slice(0, 1) : value.slice(0, 2)).map((each) => shortened(each));
  if (typeof value === 'string') return key === 'authentication_token' ? 'token' : value.replace(SECRET, '$1$2example');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shortened(each, name)]));
}

/** How many properties say something. An object that `expand` opened says no more than its id: it has an example of its own. */
function countTold(value: unknown, key = ''): number {
  if (value === null || value === '' || value === false || value === 0) return 0;
  if (typeof value !== 'object') return 1;
  if (key !== '' && 'id' in value && 'object' in value) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => sum + countTold(each, Array.isArray(value) ? '' : name), 0);
}
