/** Tells remote tax providers of final invoices and credit notes, each once. Housekeeping runs it. */
import { keepTaxRecord, takeTaxRecord, type DocumentLine, type DueTaxRecord } from '../db/tax-records';
import { sumOf } from '../domain/money/money';
import { amountAfterDiscounts } from '../domain/line/discounts';
import type { RemoteTaxProviderName } from '../domain/rows/tax-calculation';
import type { RecordedLine, TaxRecord } from '../domain/rows/tax-record';
import { leftOf, reversalsOf, type CreditedAmount } from '../domain/tax/provider-records';
import { TaxProviderUnavailable, type RemoteTaxProvider } from '../gateways/tax-provider';
import type { ActivityDependencies } from './dependencies';

type Deps = Pick<ActivityDependencies, 'sql' | 'taxProviders'>;

/** The pause after a try that failed: as long as the record has waited, within these bounds. Seconds. */
const PAUSE = { min: 60, max: 3600 };
/** A calculation can be recorded for 90 days. */
const GIVE_UP_AFTER = 90 * 86_400;

/** Works off what is due. One record that fails delays only its own invoice. */
export async function recordTaxes(deps: Deps, signal?: AbortSignal): Promise<void> {
  const providers = Object.keys(deps.taxProviders) as RemoteTaxProviderName[];
  if (providers.length === 0) return;
  const since = Math.floor(Date.now() / 1000);
  for (
    let record = await takeTaxRecord(deps.sql, providers, since);
    record !== null;
    record = await takeTaxRecord(deps.sql, providers, since)
  ) {
    await tell(deps, record);
    if (signal?.aborted) return;
  }
}

async function tell({ sql, taxProviders }: Deps, record: DueTaxRecord): Promise<void> {
  const provider = taxProviders[record.provider]?.({ account: record.account, livemode: record.livemode });
  const progress = { lines: record.lines };
  try {
    if (!provider) throw new TaxProviderUnavailable(`There is no key for the tax provider ${record.provider}.`, false);
    const problem = await recordAll(provider, record, progress);
    await keepTaxRecord(sql, record.id, { status: problem === null ? 'recorded' : 'failed', problem, nextTryAt: null, ...progress });
  } catch (error) {
    if (!(error instanceof TaxProviderUnavailable)) throw error;
    await keepTaxRecord(sql, record.id, { ...afterFailure(record), problem: error.message, ...progress });
  }
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

const TOO_MUCH = 'More is credited than the provider has recorded of the invoice.';
const NOT_TAKEN_BACK = 'A credit note was voided, and the provider cannot take a reversal back. Correct it there by hand.';

/** On a test clock a record may come from the future: it counts as new. */
function afterFailure({ created }: DueTaxRecord): Pick<TaxRecord, 'status' | 'nextTryAt'> {
  const waited = Math.max(0, nowSeconds() - created);
  if (waited > GIVE_UP_AFTER) return { status: 'failed', nextTryAt: null };
  return { status: 'pending', nextTryAt: nowSeconds() + Math.min(Math.max(waited, PAUSE.min), PAUSE.max) };
}

/**
 * Makes the calls of a record, and puts what the provider has recorded into `progress`, also if a later call fails.
 *
 * @returns why the provider cannot record it, or null
 */
async function recordAll(provider: RemoteTaxProvider, record: DueTaxRecord, progress: { lines: RecordedLine[] }): Promise<string | null> {
  if (record.kind === 'restored') return NOT_TAKEN_BACK;
  if (record.kind === 'sale' && progress.lines.length === 0) progress.lines = await soldBy(provider, record);
  const before = record.kind === 'sale' ? progress.lines : record.knownLines;
  const reversals = reversalsOf(leftOf(before), creditsOf(record));
  if (reversals === null) return TOO_MUCH;
  for (const transaction of new Set(reversals.map((line) => line.transaction))) {
    const lines = reversals.filter((line) => line.transaction === transaction);
    await provider.reverse({ transaction, reference: `${record.id}/${transaction}`, lines });
  }
  progress.lines = [...progress.lines, ...reversals];
  return null;
}

async function soldBy(provider: RemoteTaxProvider, { id, calculations }: DueTaxRecord): Promise<RecordedLine[]> {
  const references = calculations.map((calculation, index) => ({ calculation, reference: `${id}/${String(index + 1)}` }));
  return (await Promise.all(references.map((sale) => provider.record(sale)))).flat();
}

/** What is taken back: the note; what a sale gives back on the same invoice; of a void invoice, everything that is left. */
function creditsOf({ kind, knownLines, documentLines }: DueTaxRecord): CreditedAmount[] {
  if (kind === 'void') return leftOf(knownLines).map(({ line, amount, tax }) => ({ line, amount, tax }));
  const amounts = documentLines.map(amountsOf);
  if (kind === 'credit') return amounts;
  return amounts.filter(({ amount }) => amount < 0).map(({ amount, tax }) => ({ line: null, amount: -amount, tax: -tax }));
}

/** As the calculation had it: after discounts and credits, with inclusive tax and without exclusive tax. */
function amountsOf(line: DocumentLine): CreditedAmount {
  const credits = sumOf(line.creditAmounts.map(({ amount }) => amount));
  return { line: line.line, amount: amountAfterDiscounts(line) - credits, tax: sumOf(line.taxes.map(({ amount }) => amount)) };
}
