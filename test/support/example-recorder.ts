/** Collects one example of each answer that the system tests receive, and one request of each operation: `npm run openapi-examples` writes them for the docs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { API_VERSION, apiVersionOf, majorOf } from '../../domain/rows/api-version';
import { answerNameOf } from '../../server/http/answer-shape';
import { EXAMPLES_FILE } from '../../server/docs/examples';
import { REFUSALS_FILE, REQUESTS_FILE, recordedRefusals, type RecordedRefusal, type RecordedRequest } from '../../server/docs/recorded';
import { operations } from '../../server/routes';
import type { GivenAnswer } from './answer-check';

/** Set while examples are recorded. */
export const RECORDS = 'DUNLIN_RECORD_EXAMPLES';

type Json = Record<string, unknown>;

const NAMES = new Map(operations.map((each) => [`${each.method.toUpperCase()} ${each.path}`, answerNameOf(each)]));

/** Longer ones explain nothing better. */
const LONGEST = 8_000;

export class ExampleRecorder {
  private readonly best = new Map<string, { text: string; told: number }>();
  private readonly requests = new Map<string, RecordedRequest>();
  private readonly refusals = new Map<string, Map<string, RecordedRefusal>>();

  /** Answers of endive follow from those of dahlia. */
  see(answer: GivenAnswer): void {
    const { operation, request, version } = answer;
    if (majorOf(apiVersionOf(version ?? '') ?? API_VERSION) !== 'dahlia') return;
    if (operation !== null && request !== undefined && NAMES.has(operation)) this.seeCall(operation, request, answer);
    this.seeAnswer(answer);
  }

  private seeAnswer({ operation, status, body }: GivenAnswer): void {
    const value = JSON.parse(body) as Json;
    const name = status < 400 ? NAMES.get(operation ?? '') : `error_of_${String((value['error'] as Json)['type'])}`;
    if (name === undefined) return;
    const example = shortened(value);
    const text = JSON.stringify(example);
    const told = countTold(example);
    const best = this.best.get(name);
    if (text.length <= LONGEST && (best === undefined || told > best.told)) this.best.set(name, { text, told });
  }

  private seeCall(operation: string, request: RecordedRequest, { status, body }: Pick<GivenAnswer, 'status' | 'body'>): void {
    if (status < 400) this.seeRequest(operation, request);
    else this.seeRefusal(operation, status, JSON.parse(body) as { error: WireError });
  }

  /** A few parameters explain an operation best, and short ones. */
  private seeRequest(operation: string, request: RecordedRequest): void {
    const best = this.requests.get(operation);
    if (best === undefined || worthOf(request) > worthOf(best)) this.requests.set(operation, request);
  }

  /** One for each code of its own. What every operation refuses (a wrong key, an unknown parameter) has none. */
  private seeRefusal(operation: string, status: number, { error: { code, message, param } }: { error: WireError }): void {
    if (code === undefined || code === null || EVERYWHERE.has(code) || message.length > LONGEST_REFUSAL) return;
    const known = this.refusals.get(operation) ?? new Map<string, RecordedRefusal>();
    const best = known.get(code);
    if (best === undefined || message < best.message) known.set(code, { status, code, message, param: param ?? null });
    this.refusals.set(operation, known);
  }

  /** Adds what was seen to the examples that are there; those that were seen anew take the place of the old. */
  write(): void {
    add(
      EXAMPLES_FILE,
      [...this.best].map(([name, { text }]) => [name, JSON.parse(text) as Json]),
    );
    add(REQUESTS_FILE, [...this.requests]);
    const refusals = recordedRefusals();
    add(
      REFUSALS_FILE,
      [...this.refusals].map(([operation, seen]) => [operation, merged(refusals[operation] ?? [], [...seen.values()])] as const),
    );
  }
}

/** Those that were seen anew take the place of the old. */
function merged(old: readonly RecordedRefusal[], seen: readonly RecordedRefusal[]): RecordedRefusal[] {
  const byCode = new Map([...old, ...seen].map((each) => [each.code, each]));
  return [...byCode.values()].sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
}

function add(file: string, seen: (readonly [string, unknown])[]): void {
  const known = JSON.parse(readFileSync(file, 'utf8')) as Json;
  const lines = Object.entries({ ...known, ...Object.fromEntries(seen) }).map(
    ([name, example]) => `${JSON.stringify(name)}: ${JSON.stringify(example)}`,
  );
  writeFileSync(file, `{\n${lines.sort().join(',\n')}\n}\n`);
}

interface WireError {
  code?: string | null;
  message: string;
  param?: string;
}

/** Codes of all operations, which one page of the docs lists. */
const EVERYWHERE = new Set([
  ...['parameter_unknown', 'parameter_missing', 'parameter_invalid_integer', 'parameter_invalid_empty', 'parameter_unsupported'],
  ...['resource_missing', 'idempotency_key_in_use', 'lock_timeout', 'rate_limit'],
]);
const LONGEST_REFUSAL = 240;

const ENOUGH = 6;
const LONG = 40;

/** Up to six values, and no long ones: tests of limits send those. */
function worthOf({ parameters }: RecordedRequest): number {
  const values = valuesOf(Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'expand')));
  const tooMany = Math.max(0, values.length - ENOUGH);
  return Math.min(values.length, ENOUGH) - tooMany - 3 * values.filter((value) => value.length > LONG || value === '').length;
}

const valuesOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesOf) : [String(value)];

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
