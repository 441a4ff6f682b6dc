/** What every page of the console has around it. */
import type { Frame, Notice } from '../../web/console/model';
import { mayCall, type Desk } from './ask';
import { REPORTS } from './reports';
import { SERIES } from './series';
import { SECTIONS } from './sections';

const OWN = [
  { title: 'Overview', href: '/console' },
  { title: 'Waiting', href: '/console/waiting' },
  { title: 'Go live', href: '/console/go-live' },
];

export interface Place {
  title: string;
  /** The page's address, without its query. */
  href: string;
  notice?: Notice | null;
  query?: string;
}

/** The navigation leaves out what the visitor's role may not see. */
export function frameOf(desk: Desk, { title, href, notice = null, query = '' }: Place): Frame {
  const { user, seller, livemode, csrf } = desk.visit;
  const seen = [
    ...SECTIONS.filter(({ list }) => mayCall(desk, `GET ${list}`)).map((each) => ({ ...each, href: `/console/${each.name}` })),
    ...[...REPORTS, ...SERIES]
      .filter(({ call }) => mayCall(desk, call))
      .map((each) => ({ ...each, href: `/console/reports/${each.name}` })),
  ];
  const groups = [...new Set(seen.map(({ group }) => group))].map((group) => ({
    title: group,
    items: seen
      .filter((each) => each.group === group)
      .map((each) => ({ title: each.title, href: each.href, isCurrent: href === each.href || href.startsWith(`${each.href}/`) })),
  }));
  const home = { title: '', items: OWN.map((each) => ({ ...each, isCurrent: href === each.href })) };
  const name = user.name ?? user.email;
  return { title, seller, user: name, role: user.role, livemode, csrf, groups: [home, ...groups], query, notice };
}
