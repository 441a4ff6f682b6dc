import type { ChecklistModel } from '../../web/console/model';
import { ask, mayCall, type Answered, type Desk } from './ask';
import { CHECKLIST } from './checklist';
import { frameOf } from './frame';

/** Points that the visitor may not look up are left out. Each call is made once. */
export async function checklistModel(desk: Desk): Promise<ChecklistModel> {
  const frame = frameOf(desk, { title: 'Go live', href: '/console/go-live' });
  const answers = new Map<string, Promise<Answered>>();
  const groups = await Promise.all(
    CHECKLIST.map(async ({ group, points }) => {
      const seen = points.filter(({ call }) => mayCall(desk, call));
      const items = seen.map(async ({ title, help, href, call, parameters = {}, isDone }) => {
        const key = `${call} ${JSON.stringify(parameters)}`;
        const asked = answers.get(key) ?? ask(desk, { call, parameters });
        answers.set(key, asked);
        const { status, body } = await asked;
        return { title, help, href, isDone: status === 200 && isDone(body) };
      });
      return { title: group, items: await Promise.all(items) };
    }),
  );
  const all = groups.flatMap(({ items }) => items);
  return { frame, groups, done: all.filter(({ isDone }) => isDone).length, of: all.length };
}
