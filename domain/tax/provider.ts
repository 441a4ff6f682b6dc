/** Who calculates automatic tax: the built-in engine, or a remote provider; and what a provider is asked before anything is final. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { settingsOf } from '../rows/account';
import type { Scope } from '../core/steps';
import type { Rows } from '../rows/rows';
import type { CalculatedTax, SaleAnswer, TaxedSale, TaxProblem } from '../rows/tax-calculation';
import type { AutomaticTaxProvider, RemoteTaxProviderName } from '../rows/tax-provider';

/** The provider that the account has chosen for this mode. */
export function taxProviderOf(rows: Rows, scope: Scope): AutomaticTaxProvider {
  const account = rows.find('account', scope.account);
  return account === undefined ? 'dunlin' : settingsOf(account, scope).tax.provider;
}

/** Null if the built-in engine calculates. */
export function remoteTaxProviderOf(rows: Rows, scope: Scope): RemoteTaxProviderName | null {
  const provider = taxProviderOf(rows, scope);
  return provider === 'dunlin' ? null : provider;
}

/**
 * The provider's answer about a sale that is not final. Null if it is not known yet: the plan asks for it, and nothing of the plan is written; or if
 * this change set asks no provider.
 *
 * @throws BillingError customer_tax_location_invalid, taxes_calculation_failed
 */
export function answerAbout(changes: ChangeSet, provider: RemoteTaxProviderName, sale: TaxedSale): Omit<CalculatedTax, 'invoice'> | null {
  const { sales } = changes.context;
  if (!sales || sale.lines.length === 0) return null;
  const digest = JSON.stringify([provider, sale]);
  const answer = sales.find((each) => each.digest === digest);
  if (answer) return calculatedBy(answer);
  if (!changes.saleQuestions.some((each) => each.digest === digest)) changes.saleQuestions.push({ digest, provider, sale });
  return null;
}

/** @throws BillingError customer_tax_location_invalid, taxes_calculation_failed */
export function calculatedBy<Answer extends SaleAnswer>(answer: Answer): Exclude<Answer, Pick<TaxProblem, 'problem'>> {
  if (!('problem' in answer)) return answer as Exclude<Answer, Pick<TaxProblem, 'problem'>>;
  const { kind, message } = answer.problem;
  if (kind === 'refused') throw new BillingError('customer_tax_location_invalid', message);
  throw new BillingError('taxes_calculation_failed', `The tax could not be calculated, so nothing was billed. ${message}`);
}
