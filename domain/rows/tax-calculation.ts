import type { Customer } from './customer';
import type { Address } from './resource';
import type { TaxAmount } from './invoice';
import type { TaxId } from './tax-id';
import type { TaxRate } from './tax-rate';
import type { TaxProviderName, RemoteTaxProviderName } from './tax-provider';
import type { TaxRegistration } from './tax-registration';

/** The tax on an invoice's lines, as a provider calculated it before the invoice was finalized. */
export interface TaxCalculation extends Omit<CalculatedTax, 'rates' | 'calculations'> {
  account: string;
  livemode: boolean;
  /** The time of the calculation: epoch seconds; on a test clock the clock's time. */
  created: number;
  currency: string;
  /** The provider's own ids of the calculation; none if it keeps none. */
  providerCalculations: string[];
}

/**
 * The input of a tax calculation: an invoice's lines after discounts and credits, with the terms of their rates and the customer's tax
 * exemption. It is recorded in workflow histories, so it holds ids and amounts, and no personal data.
 */
export interface TaxInput {
  currency: string;
  lines: TaxableLine[];
  /** With automatic tax: who sells where to whom. Absent: the lines' rates decide. */
  automatic?: AutomaticTaxTerms;
}

/** The facts that decide an automatic tax, besides the lines. Places and registrations, and of tax ids only their kind and country. */
export interface AutomaticTaxTerms {
  /** The account and mode: rates that the engine makes are the account's. */
  owner: string;
  /** The instant whose rates apply, epoch seconds. */
  instant: number;
  seller: { home: Place; registrations: RegistrationInForce[] };
  buyer: { place: Place; taxExempt: Customer['taxExempt']; taxIds: GivenTaxId[] };
  /** Absent if the built-in engine calculates. */
  remote?: RemoteTaxTerms;
}

/** What a remote provider is asked about. Address and tax ids are not in the history; the provider's activity reads them. */
export interface RemoteTaxTerms {
  provider: RemoteTaxProviderName;
  customer: string;
  /** The payment method whose billing details may show the customer's place. */
  paymentMethod: string | null;
  /** A hash of the address and the tax ids: an answer for another address is not used. */
  buyer: string;
}

/** A place whose tax law applies. `id` is that of the tax table. */
export interface Place {
  id: string;
  /** ISO 3166-1, as the address has it. */
  country: string;
  /** The state, province or region, if it decides the tax. */
  state: string | null;
  /** The member state of the European Union whose tax it is, or null. */
  member: string | null;
  /** Whether sales to the place belong into the Union's One Stop Shop. */
  isInUnion: boolean;
}

export type RegistrationInForce = Pick<TaxRegistration, 'country' | 'type' | 'scheme' | 'state' | 'activeFrom' | 'expiresAt' | 'created'>;

/** `country` is the one that issued the tax id; null if none did. */
export interface GivenTaxId {
  type: TaxId['type'];
  country: string | null;
}

export interface TaxableLine {
  line: string;
  /** Signed minor units after discounts and credits; includes inclusive tax. */
  amount: number;
  rates: TaxTerms[];
  taxExempt: Customer['taxExempt'];
  /** With automatic tax: what the line sells. Absent on a credit, which is taxed by `rates` as its charge was. */
  supply?: { taxCode: string; behavior: 'inclusive' | 'exclusive' };
}

/** The part of a tax rate that decides the tax. */
export type TaxTerms = Pick<TaxRate, 'id' | 'percentage' | 'basis' | 'inclusive'>;

/** A line that a remote provider is asked about. */
export type SoldLine = Pick<TaxableLine, 'line' | 'amount'> & NonNullable<TaxableLine['supply']>;

/** A sale as a remote provider sees it. It has the buyer's address, so it is in no history. */
export interface TaxedSale {
  /** The account and mode, which own the rates that the provider makes. */
  owner: string;
  currency: string;
  /** The instant whose rates apply, epoch seconds; on a test clock, the clock's time. */
  instant: number;
  buyer: { address: Address | null; isShipping: boolean; taxExempt: Customer['taxExempt']; taxIds: Pick<TaxId, 'type' | 'value'>[] };
  /** Signed minor units after discounts and credits; an inclusive amount contains the tax. */
  lines: SoldLine[];
}

/** What a remote provider is asked about a sale that is not final: a preview, a quote, a calculation that a caller wants. */
export interface SaleQuestion {
  /** Identifies the sale. */
  digest: string;
  provider: RemoteTaxProviderName;
  sale: TaxedSale;
}

/** The answer to the question with this digest. */
export type SaleAnswer = Omit<CalculatedTax, 'invoice'> | Omit<TaxProblem, 'invoice'>;

/** What a provider is asked about one invoice before a commit finalizes it. */
export interface TaxQuestion {
  invoice: string;
  /** Identifies the input: if the draft changes, its digest changes. */
  digest: string;
  input: TaxInput;
  /** The provider was unavailable for this draft before: it is asked once, and the draft's next try comes later anyway. */
  isRepeated?: boolean;
}

/** The answer to the question with this digest. */
export type TaxAnswer = CalculatedTax | TaxProblem;

export interface CalculatedTax {
  invoice: string;
  digest: string;
  provider: TaxProviderName;
  lines: TaxedLine[];
  /** The rates that the lines name and that the provider has made. */
  rates?: AppliedRate[];
  /** The provider's own ids of the calculation. */
  calculations?: string[];
  /** Which kind of jurisdiction has each rate, by the rate's id. */
  levels?: Record<string, JurisdictionLevel>;
}

export type JurisdictionLevel = 'city' | 'country' | 'county' | 'district' | 'state';

/** A provider has calculated nothing. */
export interface TaxProblem {
  invoice: string;
  digest: string;
  provider: RemoteTaxProviderName;
  problem: {
    /** `refused`: it does not accept the customer's place, and never will. `unavailable`: it may answer later. */
    kind: 'refused' | 'unavailable';
    /** Without personal data. */
    message: string;
  };
}

/** A rate that a provider applied. The commit stores it as an inactive tax rate, once for each. */
export type AppliedRate = Pick<
  TaxRate,
  'id' | 'displayName' | 'percentage' | 'basis' | 'inclusive' | 'country' | 'state' | 'jurisdiction' | 'taxType'
>;

/** `line` is the invoice line item; amounts are minor units, one for each rate of the line, in their order. */
export interface TaxedLine {
  line: string;
  taxes: TaxAmount[];
}
