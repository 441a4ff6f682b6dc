/** What pages of the console show. Plain data: the server makes it from answers of the API. */

export type Tone = 'good' | 'bad' | 'waiting' | 'quiet';

/** One value, ready to be read. */
export interface Cell {
  text: string;
  /** Where it leads, within the console or to a document. */
  href?: string;
  /** A state: shown with a word and a color. */
  tone?: Tone;
  isNumber?: boolean;
  isTime?: boolean;
  /** An id or a code: in letters of equal width. */
  isCode?: boolean;
  /** Percent of a whole that a bar beside the value fills. */
  bar?: { percent: number; isFull: boolean };
  /** How much of a whole it is, in fifths: the background of its place. */
  heat?: number;
  /** By what a table is sorted, where that is not the text. */
  sort?: number;
}

export interface Notice {
  kind: 'done' | 'problem';
  text: string;
  /** A page that only the test data has, and what it is called. */
  inTestData?: { href: string; label: string };
}

export interface Frame {
  title: string;
  seller: string;
  user: string;
  role: string;
  livemode: boolean;
  csrf: string;
  groups: { title: string; items: { title: string; href: string; isCurrent: boolean }[] }[];
  query: string;
  notice: Notice | null;
}

/** What a column is called. */
export interface Heading {
  label: string;
  isNumber: boolean;
  /** Where the whole list is, sorted by this column; and how it is sorted by it now. */
  sorts?: { href: string; now: 'ascending' | 'descending' | null };
}

export interface Table {
  /** What the table is about, for those who cannot see it. */
  caption: string;
  columns: Heading[];
  rows: Cell[][];
  empty: string;
  /** There are more rows than are shown: those that are shown are not sorted by themselves. */
  isPart?: boolean;
}

/** A value, and what it is called. */
export interface Choice {
  value: string;
  label: string;
}

export interface FieldModel {
  name: string;
  label: string;
  type: 'text' | 'number' | 'date' | 'textarea' | 'select' | 'checkbox';
  value: string;
  options?: Choice[];
  /** Of a text: values that are offered while somebody types. */
  suggestions?: Choice[];
  isRequired?: boolean;
}

/** A form that makes one request of the API. */
export interface ActionModel {
  name: string;
  label: string;
  help: string;
  isDangerous: boolean;
  fields: FieldModel[];
  /** Unique for each time that the form is shown, so that it is carried out once. */
  submission: string;
  href: string;
  isOpen: boolean;
}

export interface Filter {
  name: string;
  label: string;
  value: string;
  type: 'text' | 'date';
  options: Choice[] | null;
  /** Offered while somebody types. */
  suggestions: Choice[];
}

export interface ListModel {
  frame: Frame;
  heading: string;
  about: string;
  filters: Filter[];
  table: Table;
  /** The other pages; newest first, unless it is sorted. */
  isSorted: boolean;
  newer: string | null;
  older: string | null;
  csv: string;
  actions: ActionModel[];
}

export interface Step {
  at: string;
  text: string;
  isPlanned: boolean;
  workflow: Cell | null;
}

export interface Progress {
  done: number;
  of: number;
}

export interface ObjectModel {
  frame: Frame;
  heading: string;
  parent: { title: string; href: string };
  id: string;
  state: Cell | null;
  /** How far it has come; null: nothing is under way. */
  progress: Progress | null;
  facts: { label: string; cell: Cell }[];
  links: { label: string; href: string }[];
  actions: ActionModel[];
  chart: Chart | null;
  /** `more` leads to the whole list, `csv` to a file of a table that is no list. */
  tables: { heading: string; table: Table; more: string | null; csv: string | null }[];
  timeline: Step[] | null;
  fields: { label: string; depth: number; cell: Cell | null }[];
  json: string;
  /** The page looks again by itself, because something is under way. */
  isUnderWay: boolean;
}

export interface Tile {
  label: string;
  value: string;
  note: string;
  href: string;
}

export interface Bar {
  label: string;
  /** Parts from the axis up and down, in the order in which they are stacked. */
  parts: { name: string; value: number; text: string; as?: 'down' | 'rest' }[];
  line: { value: number; text: string };
}

export interface Chart {
  title: string;
  /** What the line is, and the bars of each color. */
  key: readonly { as: 'down' | 'line' | 'rest' | 'up'; label: string }[];
  /** Lines across, from the top of the scale to its end. */
  ticks: { value: number; text: string }[];
  bars: Bar[];
}

interface Tab {
  label: string;
  href: string;
  isCurrent: boolean;
}

export interface HomeModel {
  frame: Frame;
  /** Whose figures are shown: of customers on no clock, or of those on one. Empty in live mode. */
  clocks: Tab[];
  /** The currencies in which there is recurring revenue; the figures are in one of them. */
  currencies: Tab[];
  /** What begins in an empty sandbox; null: something is there. */
  firstRun: ActionModel[] | null;
  tiles: Tile[];
  chart: Chart | null;
  waiting: { label: string; count: string; help: string; href: string; tone: Tone }[];
}

export interface ReportModel {
  frame: Frame;
  heading: string;
  about: string;
  fields: FieldModel[];
  problem: string | null;
  /** What is to be done before anything is shown. */
  hint: string | null;
  chart: Chart | null;
  tables: { heading: string; table: Table }[];
  csv: string | null;
}

export interface ChecklistModel {
  frame: Frame;
  groups: { title: string; items: { title: string; help: string; href: string; isDone: boolean }[] }[];
  done: number;
  of: number;
}

export interface SearchModel {
  frame: Frame;
  query: string;
  results: { group: string; items: { title: string; note: string; href: string }[] }[];
}

/** The own access of whoever looks. */
export interface OwnModel {
  frame: Frame;
  email: string;
  passkeys: { id: string; name: string; created: string; lastUsed: string; kind: string }[];
  /** Whether one can be added now, or why not. */
  newPasskey: 'possible' | 'logInAgain' | 'noHost' | 'tooMany';
  password: 'change' | 'set' | 'logInAgain';
  sessions: { id: string; browser: string; ip: string; method: string; began: string; lastSeen: string; isThis: boolean }[];
}
