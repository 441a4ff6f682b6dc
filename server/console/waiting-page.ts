import { csvOf } from '../../objects/csv';
import type { Cell, ListModel } from '../../web/console/model';
import { ask, listed, mayCall, type Desk, type Json } from './ask';
import { cellAt, pageOf, time } from './cells';
import { frameOf } from './frame';
import { keyIn } from './section';
import { sectionOf, WAITS, type Wait } from './waits';

/** Of each kind. Whoever has more waiting sees them in its own place. */
const MOST = 100;
const COLUMNS = ['What', 'About', 'Owner', 'Until', 'Otherwise'];
const NEVER = Number.MAX_SAFE_INTEGER;

/** All kinds that the visitor may see, the nearest deadline first. */
async function waitingRows(desk: Desk): Promise<Cell[][]> {
  const seen = WAITS.filter(({ list }) => mayCall(desk, `GET ${list}`));
  const kinds = await Promise.all(
    seen.map(async (wait) => {
      const { list, parameters, waits = () => true } = wait;
      const { data } = listed(await ask(desk, { call: `GET ${list}`, parameters, limit: MOST }));
      return data.filter(waits).map((object) => rowOf(wait, object));
    }),
  );
  return kinds.flat().sort((one, other) => (one[3]?.sort ?? NEVER) - (other[3]?.sort ?? NEVER));
}

function rowOf({ what, list, about, owner, deadline, otherwise }: Wait, object: Json): Cell[] {
  const section = sectionOf(list);
  const id = section ? keyIn(section, object) : '';
  const href = pageOf(id);
  const subject = cellAt(object, about);
  const at = deadline === null ? null : (cellAt(object, deadline).sort ?? null);
  return [
    { text: what, ...(href === null ? {} : { href }) },
    subject.text === '' ? { text: id } : subject,
    { text: owner === null ? '' : cellAt(object, owner).text },
    at === null ? { text: 'no deadline', sort: NEVER } : { text: time(at), isTime: true, sort: at },
    { text: otherwise(object) },
  ];
}

export async function waitingModel(desk: Desk): Promise<ListModel> {
  const rows = await waitingRows(desk);
  return {
    frame: frameOf(desk, { title: 'Waiting', href: '/console/waiting' }),
    heading: 'Waiting for a person',
    about: 'Everything that a person decides, with its owner, its deadline, and what happens without an answer.',
    filters: [],
    table: {
      caption: 'Waiting',
      columns: COLUMNS.map((label) => ({ label, isNumber: false })),
      rows,
      empty: 'Nothing waits for a person.',
    },
    ...{ isSorted: false, newer: null, older: null, csv: '/console/waiting.csv', actions: [] },
  };
}

export async function waitingCsv(desk: Desk): Promise<string> {
  const rows = await waitingRows(desk);
  return csvOf(
    COLUMNS,
    rows.map((cells) => cells.map(({ text }) => text)),
  );
}
