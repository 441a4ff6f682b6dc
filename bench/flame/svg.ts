/** A flame graph as SVG: each box is a function, as wide as the time that it and what it called took, above the function that called it. */
import type { Frame } from './profile';

const WIDTH = 1200;
const ROW = 15;
const MARGIN = 8;
const TITLE = 22;
/** A box narrower than this is left out, with everything above it. */
const LEAST = 0.6;
const CHARACTER = 6.2;

interface Box {
  frame: Frame;
  x: number;
  width: number;
  depth: number;
}

export function flameGraph(whole: Frame, title: string): string {
  const boxes = boxesOf(whole);
  const depth = Math.max(...boxes.map((box) => box.depth));
  const height = TITLE + (depth + 1) * ROW + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" font-family="monospace" font-size="10">`,
    `<rect width="${String(WIDTH)}" height="${String(height)}" fill="#fff"/>`,
    `<text x="${String(MARGIN)}" y="15" font-size="12">${escaped(title)}</text>`,
    ...boxes.map((box) => drawn(box, { height, whole: whole.total })),
    '</svg>\n',
  ].join('\n');
}

function boxesOf(whole: Frame): Box[] {
  const boxes: Box[] = [];
  const perMicro = (WIDTH - 2 * MARGIN) / whole.total;
  const place = (frame: Frame, x: number, depth: number): void => {
    const width = frame.total * perMicro;
    if (width < LEAST) return;
    boxes.push({ frame, x, width, depth });
    let at = x;
    for (const child of [...frame.children.values()].sort((a, b) => (a.label < b.label ? -1 : 1))) {
      place(child, at, depth + 1);
      at += child.total * perMicro;
    }
  };
  place(whole, MARGIN, 0);
  return boxes;
}

function drawn({ frame, x, width, depth }: Box, { height, whole }: { height: number; whole: number }): string {
  const y = height - MARGIN - (depth + 1) * ROW;
  const share = `${((frame.total / whole) * 100).toFixed(1)} %`;
  const box = `<rect x="${x.toFixed(1)}" y="${String(y)}" width="${width.toFixed(1)}" height="${String(ROW - 1)}" fill="${colorOf(frame.owner)}"/>`;
  const room = Math.floor((width - 4) / CHARACTER);
  const text = room < 3 ? '' : `<text x="${(x + 2).toFixed(1)}" y="${String(y + 10)}">${escaped(frame.label.slice(0, room))}</text>`;
  return `<g><title>${escaped(`${frame.label}: ${share}`)}</title>${box}${text}</g>`;
}

/** Dunlin is orange, packages are blue, Node green, V8's own work grey. */
function colorOf(owner: string): string {
  if (owner.startsWith('(')) return '#ccc';
  if (owner === 'node' || owner === 'all') return '#b7dfa8';
  return owner.endsWith('/') || owner.endsWith('.ts') || owner === 'workflow bundle' ? '#f6b26b' : '#9fc5e8';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
