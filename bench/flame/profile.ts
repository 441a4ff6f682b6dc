/** CPU profiles as V8 writes them, folded by function. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number }; children?: number[] }[];
  /** The node of each sample, and the microseconds since the sample before. */
  samples: number[];
  timeDeltas: number[];
}

export interface Frame {
  /** Function and file. */
  label: string;
  /** Whose code it is: a folder of Dunlin, a package, `node`, or V8's own name of what it did. */
  owner: string;
  /** Microseconds with everything that it called, and without. */
  total: number;
  self: number;
  children: Map<string, Frame>;
}

export interface Folded {
  whole: Frame;
  /** Microseconds in which the thread had nothing to do. */
  idle: number;
}

/** @param root the folder of Dunlin's sources */
export function foldProfile(file: string, root: string): Folded {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const whole = emptyFrame('all', 'all');
  let idle = 0;
  for (const [index, id] of profile.samples.entries()) {
    const micros = profile.timeDeltas[index + 1] ?? 0;
    if (nodes.get(id)?.callFrame.functionName === '(idle)') idle += micros;
    else add(whole, pathTo(id, parents), micros, (node) => nameOf(nodes.get(node)?.callFrame, root));
  }
  return { whole, idle };
}

/** The nodes from the outermost function to this one, without the root. */
function pathTo(id: number, parents: Map<number, number>): number[] {
  const path: number[] = [];
  for (let node: number | undefined = id; node !== undefined; node = parents.get(node)) path.push(node);
  return path.reverse().slice(1);
}

function add(whole: Frame, path: number[], micros: number, name: (node: number) => { label: string; owner: string }): void {
  let frame = whole;
  frame.total += micros;
  for (const node of path) {
    const { label, owner } = name(node);
    const child = frame.children.get(label) ?? emptyFrame(label, owner);
    frame.children.set(label, child);
    frame = child;
    frame.total += micros;
  }
  frame.self += micros;
}

function emptyFrame(label: string, owner: string): Frame {
  return { label, owner, total: 0, self: 0, children: new Map() };
}

function nameOf(frame: CpuProfile['nodes'][number]['callFrame'] | undefined, root: string): { label: string; owner: string } {
  const { functionName = '', url = '', lineNumber = 0 } = frame ?? {};
  if (url === '') return { label: functionName, owner: functionName.startsWith('(') ? functionName : 'node' };
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  const place = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  return { label: `${functionName || 'anonymous'} ${shortened(place)}:${String(lineNumber + 1)}`, owner: ownerOf(place) };
}

function shortened(place: string): string {
  const [, inPackages] = place.split(/.*node_modules\//);
  return (inPackages ?? place).replace(/^workflow-bundle-\w+\.js/, BUNDLE);
}

/** Dunlin's workflows and the SDK's code for them, as one file. */
const BUNDLE = 'workflow bundle';

function ownerOf(place: string): string {
  if (place.startsWith('node:')) return 'node';
  if (place.startsWith('workflow-bundle-')) return BUNDLE;
  // The SDK's way into the sandbox.
  if (place.startsWith('evalmachine.')) return '@temporalio/worker';
  const [, inPackages] = place.split(/.*node_modules\//);
  if (inPackages !== undefined) return packageOf(inPackages);
  return place.includes('/') ? `${place.split('/')[0] ?? ''}/` : place;
}

function packageOf(path: string): string {
  const [scope = '', name = ''] = path.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** The share of each owner in the time, its own code only, largest first. */
export function sharesByOwner(whole: Frame): { owner: string; share: number }[] {
  const sums = new Map<string, number>();
  const visit = (frame: Frame): void => {
    sums.set(frame.owner, (sums.get(frame.owner) ?? 0) + frame.self);
    for (const child of frame.children.values()) visit(child);
  };
  visit(whole);
  return [...sums].map(([owner, self]) => ({ owner, share: self / whole.total })).sort((a, b) => b.share - a.share);
}
