/** Words of the pages on which a contract is ended without a login, and of their confirmation, by language. */
import type { Language } from '../languages';
import type { ContractWords } from './words';
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

export const CONTRACT: Record<Language, ContractWords> = { en, de, fr, es, it, nl, pl, pt, sv, ja };
