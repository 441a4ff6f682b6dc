import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** A page as HTML. */
export const renderPage = (page: ReactNode): string => `<!doctype html>${renderToStaticMarkup(page)}`;
