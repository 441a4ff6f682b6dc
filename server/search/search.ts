/** Search as at Stripe, but on the rows themselves, so it finds new rows at once. */
import { generate, type Parser } from 'peggy';
import { countMatches, fieldNames, fieldType, searchRows, type SearchKind, type SearchQuery, type SearchTerm } from '../../db/search';
import { operation, type Operation } from '../http/operation';
import { ParameterError } from '../http/parameter-error';
import { integer, name as oneLine, parameters, text } from '../http/parameters';
import { SEARCH_GRAMMAR } from './search-grammar';

const parser: Parser = generate(SEARCH_GRAMMAR);

/** A shorter substring would match nearly everything. */
const SUBSTRING_MIN = 3;

/**
 * The search operation of one resource.
 *
 * @throws BillingError parameter_missing, parameter_invalid (an unreadable query, an unknown field, an invalid page)
 */
export function searchOperation(of: { kind: SearchKind; path: string; name: string; tag: string }): Operation {
  const { kind, path, name, tag } = of;
  return operation({
    method: 'get',
    path,
    summary: `Search ${name}`,
    tag,
    parameters: parameters({ limit: integer({ min: 1, max: 100 }).default(10), page: oneLine().optional(), query: text({ max: 10_000 }) }),
    shows: kind,
    async handle({ parameters: { limit, page, query: params }, deps: { sql }, scope, expand }) {
      const query = parseQuery(params, kind, name);
      const after = page === undefined ? null : readPage(page);
      const { keys, hasMore, next } = await searchRows(sql, kind, scope, { query, after, limit });
      const totalCount = expand.includes('total_count') ? await countMatches(sql, kind, scope, query) : null;
      return { search: { kind, keys, hasMore, nextPage: next && writePage(next), totalCount } };
    },
  });
}

/** @throws BillingError parameter_invalid with the position of the error */
function parseQuery(query: string, kind: SearchKind, name: string): SearchQuery {
  const parsed = parse(query);
  for (const term of parsed.terms) checkTerm(term, kind, name);
  return parsed;
}

function parse(query: string): SearchQuery {
  try {
    return parser.parse(query) as SearchQuery;
  } catch (error) {
    const at = (error as { location?: { start: { offset: number } } }).location?.start.offset;
    const where = at === undefined ? '' : ` at character ${String(at + 1)}`;
    throw invalid(
      `We were unable to parse your search query${where}. Try using the format \`metadata["key"]:"value"\`; AND and OR cannot be mixed.`,
    );
  }
}

function checkTerm(term: SearchTerm, kind: SearchKind, name: string): void {
  const { field, operator, value } = term;
  const type = fieldType(kind, field);
  if (type === null || (type === 'metadata' && term.key === null)) {
    throw invalid(`Field \`${field}\` is an unsupported search field for resource \`${name}\`. It has: ${fieldNames(kind).join(', ')}.`);
  }
  if (value.type === 'null') {
    if (operator !== ':') throw invalid(`null can only be compared with \`:\` (field \`${field}\`).`);
    return;
  }
  checkOperator(field, type, operator);
  checkValue(field, type, operator, value.text);
}

function checkOperator(field: string, type: string, operator: string): void {
  const isRange = ['>', '>=', '<', '<='].includes(operator);
  if (isRange && type !== 'number') throw invalid(`The operator \`${operator}\` is only for numbers; \`${field}\` is none.`);
  if (operator === '~' && type !== 'text' && type !== 'metadata')
    throw invalid(`The operator \`~\` is not supported for the field \`${field}\`.`);
}

function checkValue(field: string, type: string, operator: string, text: string): void {
  if (type === 'number' && !/^-?\d{1,15}(\.\d{1,10})?$/.test(text))
    throw invalid(`\`${field}\` is compared with a number, not with \`${text.slice(0, 50)}\`.`);
  if (type === 'boolean' && text !== 'true' && text !== 'false') throw invalid(`\`${field}\` is compared with "true" or "false".`);
  if (operator === '~' && text.length < SUBSTRING_MIN) throw invalid(`A substring must have at least ${String(SUBSTRING_MIN)} characters.`);
}

function writePage({ created, seq }: { created: number; seq: number }): string {
  return Buffer.from(`${String(created)}.${String(seq)}`).toString('base64url');
}

function readPage(page: string): { created: number; seq: number } {
  const [, created, seq] = /^(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(page, 'base64url').toString('utf8')) ?? [];
  if (created === undefined || seq === undefined)
    throw new ParameterError('parameter_invalid', 'Invalid page: it must be the next_page of a search.', 'page');
  return { created: Number(created), seq: Number(seq) };
}

const invalid = (message: string): ParameterError => new ParameterError('parameter_invalid', message, 'query');
