/** The words of the portal by language. */
import type { Language } from '../languages';
import type { PortalWords } from './words';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { it } from './it';
import { ja } from './ja';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';
import { sv } from './sv';

export const PORTAL: Record<Language, PortalWords> = { en, de, fr, es, it, nl, pl, pt, sv, ja };
