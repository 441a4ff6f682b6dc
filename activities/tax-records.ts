/** Tells remote tax providers of final invoices and credit notes, each once. */
import { dueTaxRecords, findTaxRecord, keepTaxRecord, nextTaxRecordAt, type TaxRecordToTell, type TaxSeller } from '../db/tax-records';
import { creditedAmount } from '../domain/invoice/tax-records';
import type { CreditedAmount, RecordedLine, TaxRecord } from '../domain/rows/tax-record';
import { leftOf, reversalsOf } from '../domain/tax/provider-records';
import { TaxProviderUnavailable, type RemoteTaxProvider } from '../gateways/tax-provider';
import { outside } from './call-gateway';
import type { ActivityDependencies } from './dependencies';
import { failure } from './failures';

export interface DueTaxRecords {
  /** At most AT_ONCE, one of each invoice. */
  due: { id: string; summary: string }[];
  /** Milliseconds until one is due; null if none is pending. */
  nextInMs: number | null;
}

const AT_ONCE = 20;
/** The pause after tries that failed: as long as the record has waited, within these bounds. Seconds. */
const PAUSE = { min: 60, max: 3600 };
/** A calculation can be recorded for 90 days. */
const GIVE_UP_AFTER = 90 * 86_400;

export function createTaxRecordActivities(deps: Pick<ActivityDependencies, 'sql' | 'taxProviders'>) {
  const { sql } = deps;
  return {
    /** What a seller's provider is to be told of now, and when the next one is due. */
    dueTaxRecords: (seller: TaxSeller): Promise<DueTaxRecords> =>
      outside(async () => {
        const now = nowSeconds();
        const found = await dueTaxRecords(sql, seller, { now, limit: AT_ONCE });
        const next = found.length > 0 ? now : await nextTaxRecordAt(sql, seller);
        return {
          due: found.map((record) => ({ id: record.id, summary: summaryOf(record) })),
          nextInMs: next === null ? null : Math.max(next - now, 0) * 1000,
        };
      }),

    /** Tells the provider of one document. What it has recorded already is not recorded again. */
    recordTax: ({ id }: { id: string }): Promise<void> => outside(() => tell(deps, id)),

    /** After all tries of one turn have failed. */
    postponeTaxRecord: ({ id, problem }: { id: string; problem: string }): Promise<void> =>
      outside(async () => {
        const record = await findTaxRecord(sql, id);
        if (record?.status === 'pending') await keepTaxRecord(sql, id, { lines: record.lines, ...afterFailure(record), problem });
      }),
  };
}

const summaryOf = ({ kind, invoice, creditNote }: TaxRecord): string => `${kind.replace('_', ' ')} ${creditNote ?? invoice}`;

/** @throws ApplicationFailure if the provider is unavailable */
async function tell({ sql, taxProviders }: Pick<ActivityDependencies, 'sql' | 'taxProviders'>, id: string): Promise<void> {
  const record = await findTaxRecord(sql, id);
  if (record?.status !== 'pending') return;
  const provider = taxProviders[record.provider]?.({ account: record.account, livemode: record.livemode });
  if (!provider) throw failure('tax_provider_unusable', `There is no key for the tax provider ${record.provider}.`);
  const progress = { lines: record.lines };
  try {
    const problem = await recordAll(provider, record, progress);
    await keepTaxRecord(sql, id, { status: problem === null ? 'recorded' : 'failed', problem, nextTryAt: null, ...progress });
  } catch (error) {
    if (!(error instanceof TaxProviderUnavailable)) throw error;
    await keepTaxRecord(sql, id, { status: 'pending', problem: error.message, nextTryAt: record.nextTryAt, ...progress });
    throw failure(error.isPassing ? 'tax_provider_unavailable' : 'tax_provider_unusable', error.message);
  }
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

const TOO_MUCH = 'More is credited than the provider has recorded of the invoice.';

/** On a test clock a record may come from the future: it counts as new. */
function afterFailure({ created }: TaxRecord): Pick<TaxRecord, 'status' | 'nextTryAt'> {
  const waited = Math.max(0, nowSeconds() - created);
  if (waited > GIVE_UP_AFTER) return { status: 'failed', nextTryAt: null };
  return { status: 'pending', nextTryAt: nowSeconds() + Math.min(Math.max(waited, PAUSE.min), PAUSE.max) };
}

/**
 * Makes the calls of a record, and puts what the provider has recorded into `progress`, also if a later call fails.
 *
 * @returns why the provider cannot record it, or null
 */
async function recordAll(
  provider: RemoteTaxProvider,
  record: TaxRecordToTell,
  progress: { lines: RecordedLine[] },
): Promise<string | null> {
  if (record.kind === 'restored' || record.kind === 'refund_restored') return takeBack(provider, record, progress);
  if (record.kind === 'sale' && progress.lines.length === 0) progress.lines = await soldBy(provider, record);
  const before = record.kind === 'sale' ? progress.lines : record.knownLines;
  const reversals = reversalsOf(leftOf(before), creditsOf(record));
  if (reversals === null) return TOO_MUCH;
  const recorded = await inTransactions(
    reversals,
    ({ transaction }) => transaction,
    (transaction, lines) => provider.reverse({ transaction, reference: `${record.id}/${transaction}`, lines }),
  );
  progress.lines = [...progress.lines, ...recorded];
  return null;
}

/** A note was voided, or a refund is none any more: what it took back is sold again, by reversing its reversals. */
async function takeBack(provider: RemoteTaxProvider, record: TaxRecordToTell, progress: { lines: RecordedLine[] }): Promise<null> {
  const again = record.takenLines.map((line) => ({ ...line, amount: -line.amount, tax: -line.tax }));
  progress.lines = await inTransactions(
    again,
    ({ reversal }) => reversal ?? '',
    (reversal) => provider.takeBack({ reversal, reference: `${record.id}/${reversal}` }),
  );
  return null;
}

/** One call for all lines of each transaction, one after the other; the lines, with the id of what was recorded. */
async function inTransactions(
  lines: RecordedLine[],
  transactionOf: (line: RecordedLine) => string,
  call: (transaction: string, lines: RecordedLine[]) => Promise<string>,
): Promise<RecordedLine[]> {
  const recorded: RecordedLine[] = [];
  for (const transaction of new Set(lines.map(transactionOf))) {
    const own = lines.filter((line) => transactionOf(line) === transaction);
    const reversal = await call(transaction, own);
    recorded.push(...own.map((line) => ({ ...line, reversal })));
  }
  return recorded;
}

async function soldBy(provider: RemoteTaxProvider, { id, calculations }: TaxRecordToTell): Promise<RecordedLine[]> {
  const references = calculations.map((calculation, index) => ({ calculation, reference: `${id}/${String(index + 1)}` }));
  return (await Promise.all(references.map((sale) => provider.record(sale)))).flat();
}

/** What is taken back: the note, or the refund; what a sale gives back on the same invoice; of a void invoice, everything that is left. */
function creditsOf({ kind, credited, knownLines, documentLines }: TaxRecordToTell): CreditedAmount[] {
  if (credited !== null) return credited;
  if (kind === 'void') return leftOf(knownLines).map(({ line, amount, tax }) => ({ line, amount, tax }));
  const amounts = documentLines.map((line) => creditedAmount(line.line, line));
  if (kind === 'credit') return amounts;
  return amounts.filter(({ amount }) => amount < 0).map(({ amount, tax }) => ({ line: null, amount: -amount, tax: -tax }));
}
