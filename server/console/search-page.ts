import type { SearchModel } from '../../web/console/model';
import { ask, listed, mayCall, type Desk, type Json } from './ask';
import { cellAt, pageOf } from './cells';
import { frameOf } from './frame';
import { REPORTS } from './reports';
import { SERIES } from './series';
import { SECTIONS } from './sections';

const MOST = 8;

interface Source {
  section: string;
  call: string;
  /** In the API's search syntax. */
  query: (text: string) => string;
  title: string;
  note: string;
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const SOURCES: readonly Source[] = [
  {
    section: 'customers',
    call: 'GET /v1/customers/search',
    query: (text) => `name~${quoted(text)} OR email~${quoted(text)}`,
    title: 'name',
    note: 'email',
  },
  { section: 'invoices', call: 'GET /v1/invoices/search', query: (text) => `number:${quoted(text)}`, title: 'number', note: 'total' },
  { section: 'products', call: 'GET /v1/products/search', query: (text) => `name~${quoted(text)}`, title: 'name', note: 'description' },
];

/** The search's syntax takes three letters or more where it looks within a text. */
const SHORTEST = 3;

/** Places whose name has the text, and objects that are found by it. */
export async function searchModel(desk: Desk, query: string): Promise<SearchModel> {
  const found = query.length < SHORTEST ? [] : await Promise.all(SOURCES.map((source) => from(desk, source, query)));
  const direct = pageOf(query);
  return {
    frame: frameOf(desk, { title: 'Search', href: '/console/search', query }),
    query,
    results: [
      ...(direct === null ? [] : [{ group: 'This id', items: [{ title: query, note: 'Open', href: direct }] }]),
      { group: 'Places', items: placesOf(desk, query) },
      ...found,
    ].filter(({ items }) => items.length > 0),
  };
}

function placesOf(desk: Desk, query: string): SearchModel['results'][number]['items'] {
  const text = query.toLowerCase();
  const all = [
    ...SECTIONS.map(({ title, name, about, list }) => ({ title, note: about, href: `/console/${name}`, call: `GET ${list}` })),
    ...[...REPORTS, ...SERIES].map(({ title, name, about, call }) => ({ title, note: about, href: `/console/reports/${name}`, call })),
  ];
  return all
    .filter(({ title, call }) => (text === '' || title.toLowerCase().includes(text)) && mayCall(desk, call))
    .map(({ title, note, href }) => ({ title, note, href }));
}

async function from(desk: Desk, { section, call, query, title, note }: Source, text: string): Promise<SearchModel['results'][number]> {
  const place = SECTIONS.find(({ name }) => name === section);
  const answered = mayCall(desk, call) ? await ask(desk, { call, parameters: { query: query(text), limit: String(MOST) } }) : null;
  const objects: Json[] = answered === null ? [] : listed(answered).data;
  return {
    group: place?.title ?? '',
    items: objects.map((object) => {
      const id = String(object['id']);
      const shown = cellAt(object, title).text;
      return { title: shown === '' ? id : shown, note: cellAt(object, note).text, href: `/console/${section}/${encodeURIComponent(id)}` };
    }),
  };
}
