import type { ReactNode } from 'react';

const MARKS = /(\*\*[^*]+\*\*|\[[^\]]+\]\(https?:\/\/[^\s)]+\))/;

/** A text of the seller's, in which only `**bold**` and `[links](https://…)` are marked. */
export function MarkedText({ children }: { children: string }): ReactNode {
  return children.split(MARKS).map((part, index) => <Part key={index}>{part}</Part>);
}

function Part({ children: part }: { children: string }): ReactNode {
  const [, bold] = /^\*\*(.+)\*\*$/.exec(part) ?? [];
  if (bold !== undefined) return <strong>{bold}</strong>;
  const [, label, url] = /^\[(.+)\]\((https?:.+)\)$/.exec(part) ?? [];
  if (label === undefined) return part;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
}
