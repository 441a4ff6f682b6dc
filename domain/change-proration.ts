import type { LineContent } from './invoice';

/** The proration of a change, as opposed to a first or a last period that is short, which is billed like any other. */
export const isChange = ({ prorationDetails }: Pick<LineContent, 'prorationDetails'>): boolean => prorationDetails !== null;
