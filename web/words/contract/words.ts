/** The words of the pages that end contracts. One file for each language; a text that is missing does not compile. */
import type { CustomerRequestType, Declaration } from '../../../domain/rows/customer-request';

type By<Key extends string> = Record<Key, string>;

export interface ContractWords {
  titles: By<CustomerRequestType>;
  hints: By<CustomerRequestType>;
  buttons: By<CustomerRequestType>;
  declares: By<CustomerRequestType>;
  received: By<CustomerRequestType>;
  kinds: By<Declaration['kind']>;
  toSeller: (seller: string) => string;
  what: string;
  name: string;
  email: string;
  contract: string;
  contractHint: string;
  kind: string;
  when: string;
  dateHint: string;
  soonest: string;
  statement: string;
  wrong: string;
  confirmWithdrawal: string;
  correct: string;
  receivedAt: string;
  reference: string;
  download: string;
  endsOn: (date: string) => string;
  refund: (amount: string, date: string) => string;
  answeredBy: (date: string) => string;
  refused: string;
  done: string;
}
