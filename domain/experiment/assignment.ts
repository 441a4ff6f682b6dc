/** Who sees which arm. The first sight decides it; later, a customer's arm counts before that of the browser. */
import type { ChangeSet } from '../core/change-set';
import type { ExperimentAssignment } from '../rows/experiment';
import type { Rows } from '../rows/rows';
import { drawArm } from './draw';

/** Who looks. At least one of the two is known. */
export interface Onlooker {
  visitor: string | null;
  customer: string | null;
}

export type Asking = Onlooker & { isSubscriber: boolean };

/**
 * The onlooker's assignment, which is made if there is none and the experiment is running. Null for somebody who is not counted and sees the
 * control: the experiment is not running, or it is a customer who subscribed before it saw anything of the experiment.
 *
 * The facts are the experiment, and the assignments of the visitor and the customer.
 */
export function assign(changes: ChangeSet, id: string, onlooker: Asking): ExperimentAssignment | null {
  const { visitor, customer, isSubscriber } = onlooker;
  const known = assignmentOf(changes.rows, onlooker);
  if (known) return seenAgain(changes, known, onlooker);
  const experiment = changes.rows.get('experiment', id);
  if (experiment.status !== 'running' || (customer !== null && isSubscriber)) return null;
  const arm = drawArm(experiment.arms, id, visitor ?? customer ?? '');
  return put(changes, { experiment: id, visitor, customer, arm, drawn: arm, countedWith: null });
}

/** The one that counts, of those that there are: the customer's before the browser's. */
export function assignmentOf(rows: Rows, { visitor, customer, isSubscriber }: Asking): ExperimentAssignment | undefined {
  const ofCustomer = rows.first('experimentAssignment', (each) => customer !== null && each.customer === customer);
  if (ofCustomer || (customer !== null && isSubscriber)) return ofCustomer;
  return rows.first('experimentAssignment', (each) => visitor !== null && each.visitor === visitor);
}

function seenAgain(changes: ChangeSet, known: ExperimentAssignment, { visitor, customer }: Asking): ExperimentAssignment {
  if (customer === null) return known;
  return known.customer === customer ? withBrowser(changes, known, visitor) : recognize(changes, known, customer);
}

/** The browser shows a known customer that customer's arm, also later, when nobody has said who it is. */
function withBrowser(changes: ChangeSet, known: ExperimentAssignment, visitor: string | null): ExperimentAssignment {
  if (visitor === null || visitor === known.visitor) return known;
  const { experiment, arm, countedWith } = known;
  const ofVisitor = changes.rows.first('experimentAssignment', (each) => each.visitor === visitor && each.experiment === experiment);
  if (!ofVisitor) put(changes, { experiment, visitor, customer: null, arm, drawn: null, countedWith });
  else if (isOfNobody(ofVisitor)) changes.patch('experimentAssignment', ofVisitor.id, { arm, countedWith });
  return known;
}

/**
 * The customer is the one whom this assignment was made for. A second customer at the same browser sees the same arm, and counts as the same
 * person. If the customer has an assignment already, that stays as it is.
 */
export function recognize(changes: ChangeSet, assignment: ExperimentAssignment, customer: string): ExperimentAssignment {
  const { id, experiment, arm, countedWith } = assignment;
  const known = changes.rows.first('experimentAssignment', (each) => each.customer === customer && each.experiment === experiment);
  if (known) return withBrowser(changes, known, assignment.visitor);
  if (isOfNobody(assignment)) return changes.patch('experimentAssignment', id, { customer });
  return put(changes, { experiment, visitor: null, customer, arm, drawn: null, countedWith });
}

const isOfNobody = ({ id, customer, countedWith }: ExperimentAssignment): boolean => customer === null && countedWith === id;

type New = Pick<ExperimentAssignment, 'arm' | 'customer' | 'drawn' | 'experiment' | 'visitor'> & { countedWith: string | null };

function put(changes: ChangeSet, of: New): ExperimentAssignment {
  const resource = changes.resource('expas');
  return changes.put('experimentAssignment', { ...resource, ...of, countedWith: of.countedWith ?? resource.id, answers: {} });
}
