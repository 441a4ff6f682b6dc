/** Forms of the console: what they show, and the request of the API that a sent one becomes. */
import { randomUUID } from 'node:crypto';
import type { ActionModel, Choice, FieldModel } from '../../web/console/model';
import type { RawParameters } from '../http/validation';
import { parseForm } from '../http/wire';
import { mayCall, type Desk, type Json } from './ask';
import { areFew, NOTHING_OFFERED, offeredIn, type Offered } from './offers';
import { hasValues, type Action, type FieldOf } from './section';

/** Before the names of the API's parameters, so that a form's own entries are told from them. */
const PARAMETER = 'p.';

export function fieldModel(
  { name, label, type, options, isRequired = false, offers }: FieldOf,
  entries: Entries,
  offered: Offered = NOTHING_OFFERED,
): FieldModel {
  const value = entries[`${PARAMETER}${name}`] ?? '';
  const of = { name: `${PARAMETER}${name}`, label, type, value, isRequired };
  if (options) return { ...of, options: options.map((each) => (typeof each === 'string' ? inWords(each) : each)) };
  return { ...of, ...choiceFor(offers, { value, isRequired }, offered) };
}

const inWords = (value: string): Choice => ({ value, label: value === '' ? '–' : value.replaceAll('_', ' ') });

/** Few are chosen from, many are suggested to who types. What is there already stays a choice. */
export function choiceFor(
  offers: FieldOf['offers'],
  { value, isRequired }: { value: string; isRequired: boolean },
  offered: Offered,
): Partial<Pick<FieldModel, 'options' | 'suggestions' | 'type'>> {
  const choices = offers === undefined ? [] : (offered.get(offers) ?? []);
  if (offers === undefined || choices.length === 0) return {};
  if (!areFew(offers)) return { suggestions: [...choices] };
  const others = choices.some((each) => each.value === value) || value === '' ? [] : [{ value, label: value }];
  return { type: 'select', options: [...(isRequired ? [] : [{ value: '', label: '–' }]), ...others, ...choices] };
}

/** What the fields of all these forms offer. */
export const offeredBy = (desk: Desk, actions: readonly Action[]): Promise<Offered> =>
  offeredIn(
    desk,
    actions.filter(({ call }) => mayCall(desk, call)).flatMap(({ fields }) => fields.map(({ offers }) => offers)),
  );

export type Entries = Readonly<Record<string, string>>;

/** What the visitor may do with this object, in its present state. After a refusal the form has what was entered. */
export function actionsFor(
  desk: Desk,
  actions: readonly Action[],
  of: { object: Json; href: string; entries: Entries; offered?: Offered },
): ActionModel[] {
  return actions
    .filter((action) => hasValues(of.object, action.when) && mayCall(desk, action.call))
    .map((action) => actionModel(action, `${of.href}/${action.name}`, of));
}

function actionModel(
  { name, label, help, isDangerous = false, fields }: Action,
  href: string,
  { entries, offered }: { entries: Entries; offered?: Offered },
): ActionModel {
  const isOpen = entries['action'] === name;
  const shown = fields.map((field) => fieldModel(field, isOpen ? entries : {}, offered));
  return { name, label, help, isDangerous, fields: shown, submission: randomUUID(), href, isOpen };
}

/** The parameters of the API: what was entered, without what was left empty, and what the action always sends. */
export function parametersOf({ fields, fixed = {}, as, inPath }: Action, entries: Entries, id: string | null): RawParameters {
  const query = new URLSearchParams(fixed);
  for (const field of fields.filter(({ name }) => name !== inPath)) {
    const value = valueOf(field, entries[`${PARAMETER}${field.name}`] ?? '');
    if (value === '') continue;
    for (const [name, sent] of Object.entries(field.sends?.(value) ?? { [field.name]: value })) query.set(name, sent);
  }
  if (as !== undefined && id !== null) query.set(as, id);
  return parseForm(query.toString());
}

/** The value of the path's parameter, where a form of a list asks for it. */
export const idEntered = ({ inPath }: Action, entries: Entries): string | null =>
  inPath === undefined ? null : (entries[`${PARAMETER}${inPath}`] ?? '').trim();

function valueOf({ type }: FieldOf, entered: string): string {
  const text = entered.trim();
  if (type === 'checkbox') return text === 'on' ? 'true' : '';
  return type === 'date' ? secondsOf(text) : text;
}

/** A date is the beginning of its day in UTC. What is no date is refused by the API. */
export function secondsOf(text: string): string {
  if (text === '') return text;
  const at = Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`);
  // `-1` and 31 February are read as other days.
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(text) ? text : String(at / 1000);
}
