/** What the console has a place for, in the order of its navigation. Only data. */
import type { Section } from '../section';
import { CUSTOMERS } from './customers';
import { MONEY } from './money';
import { FRAUD } from './fraud';
import { CATALOG } from './catalog';
import { BOOKS } from './books';
import { PEOPLE } from './people';
import { SUPPORT } from './support';
import { DEVELOPERS } from './developers';
import { MOVING } from './moving';

export const SECTIONS: readonly Section[] = [
  ...CUSTOMERS,
  ...MONEY,
  ...FRAUD,
  ...CATALOG,
  ...BOOKS,
  ...SUPPORT,
  ...DEVELOPERS,
  ...MOVING,
  ...PEOPLE,
];
