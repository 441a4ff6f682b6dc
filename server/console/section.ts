/** How a section of the console is described: by operations of the API, of which it is a client. */
import type { Choice } from '../../web/console/model';

export interface Column {
  label: string;
  /** Where the value is in the object: `items.data.0.price.id`. */
  path: string;
  /** A share that is also drawn: as a bar beside it, or as the warmth of its place. */
  as?: 'bar' | 'heat';
  /** Where the whole is; by default it is 100. A bar that reaches it is full. */
  whole?: string;
}

/** What fields offer to choose from, by the name that parameters of the API have for it. */
export type OfferName =
  | 'charge'
  | 'customer'
  | 'invoice'
  | 'meter'
  | 'price'
  | 'product'
  | 'repair'
  | 'subscription'
  | 'tax_rate'
  | 'test_clock'
  | 'webhook_endpoint';

export interface FieldOf {
  /** The parameter of the API. */
  name: string;
  label: string;
  type: 'text' | 'number' | 'date' | 'textarea' | 'select' | 'checkbox';
  options?: readonly (string | Choice)[];
  isRequired?: boolean;
  /** Whose ids it takes: they are offered by name. */
  offers?: OfferName;
  /** The parameters that an entry stands for, where it is not the one of this name. */
  sends?: (entered: string) => Readonly<Record<string, string>>;
}

type Values = Readonly<Record<string, readonly (string | boolean | null)[]>>;

export interface Action {
  name: string;
  label: string;
  /** `POST /v1/invoices/:invoice/void` */
  call: string;
  help: string;
  fields: readonly FieldOf[];
  /** Sent with the fields. */
  fixed?: Readonly<Record<string, string>>;
  /** The parameter that names the object, where the path does not. */
  as?: string;
  /** The field whose entry is the path's parameter, where the form is of no object. */
  inPath?: string;
  isDangerous?: boolean;
  /** A property of the answer that is never shown again. */
  reveals?: { label: string; property: string };
  /** Where in the answer the id of the object is that is shown then; by default it is the object itself, or the one that was made. */
  leadsTo?: string;
  /** What the page says of the answer; by default only that it is done. */
  tells?: (answer: Readonly<Record<string, unknown>>) => string;
  /** The values that the object must have; by default any. */
  when?: Values;
}

export interface InnerTable {
  heading: string;
  /** Where its rows are, or its only one. */
  path: string;
  columns: readonly Column[];
  /** Without rows there is no table. */
  hidesEmpty?: boolean;
}

/** Another list, of what belongs to the object. */
export interface Related {
  title: string;
  section: string;
  /** The parameter of that list that names the object. */
  by: string;
  with?: Readonly<Record<string, string>>;
}

export interface Section {
  /** In the address: `/console/credit-notes`. */
  name: string;
  title: string;
  group: string;
  /** Of the ids of its objects, which lead to it from everywhere. */
  prefixes: readonly string[];
  /** The path of the list. That of one object has one part more. */
  list: string;
  /** The property that its objects are known by; by default `id`. */
  key?: string;
  /** Null: its objects have no page. */
  item?: null;
  /** Parameters of the list that are always sent, unless a filter says otherwise. */
  always?: Readonly<Record<string, string>>;
  /** Properties of its objects that are shown whole, so that a customer has a name. */
  expand?: readonly string[];
  about: string;
  /** What the table says while there is nothing. */
  empty: string;
  columns: readonly Column[];
  /** Parameters of the list. */
  filters?: readonly string[];
  /** What the page of an object says besides the columns. */
  facts?: readonly Column[];
  links?: readonly Column[];
  /** A table is missing where the object has null instead of its list. */
  tables?: readonly InnerTable[];
  subTable?: {
    heading: string;
    list: string;
    /** Where its rows are, if the answer is no list. */
    path?: string;
    columns: readonly Column[];
    /** So many rows are shown; by default ten. A file has more. */
    most?: number;
    /** Which rows are shown; by default all. */
    shows?: (row: Readonly<Record<string, unknown>>) => boolean;
    /** Other tables of the same answer, above. */
    sums?: readonly InnerTable[];
    empty?: string;
  };
  related?: readonly Related[];
  hasTimeline?: boolean;
  /** Its page has a chart of its months. */
  isForecast?: boolean;
  createAction?: Action;
  /** What else is done on the page of the list. */
  listActions?: readonly Action[];
  /** What is done with one object. */
  actions: readonly Action[];
  /** How far the object has come: where its page has the number of all, and by status that of those which are left. */
  progress?: { of: string; open: Readonly<Record<string, string>> };
  /** While the object has these values, its page looks again by itself. */
  underWay?: Values;
}

/** The forms on the page of the list. */
export const actionsOfList = ({ createAction, listActions = [] }: Pick<Section, 'createAction' | 'listActions'>): readonly Action[] => [
  ...(createAction ? [createAction] : []),
  ...listActions,
];

/** Whether an object has the values. */
export function hasValues(object: Record<string, unknown>, values: Values | undefined): boolean {
  return Object.entries(values ?? {}).every(([name, allowed]) => allowed.includes(object[name] as never));
}

/** What an object is known by, in its address. */
export function keyIn({ key = 'id' }: Pick<Section, 'key'>, object: Record<string, unknown> | undefined): string {
  const value = object?.[key];
  return typeof value === 'string' ? value : '';
}
