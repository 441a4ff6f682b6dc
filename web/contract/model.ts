/** What the public pages show on which contracts are ended. */
import type { Branding } from '../../domain/rows/branding-settings';
import type { CustomerRequest, CustomerRequestType, Declaration } from '../../domain/rows/customer-request';
import type { Locale } from '../words/languages';

export interface ContractFrame {
  locale: Locale;
  branding: Branding;
  isTest: boolean;
  /** Sent back by the form, so that it counts once. */
  submission: string;
  type: CustomerRequestType;
}

export type ContractView =
  | { name: 'form'; entries: Readonly<Record<string, string>>; isWrong: boolean }
  | { name: 'review'; declaration: Declaration }
  | { name: 'confirmed'; request: CustomerRequest };
