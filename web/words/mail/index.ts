import type { Language } from '../languages';
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
import type { MailWords } from './words';

export const MAIL_WORDS: Record<Language, MailWords> = { en, de, fr, es, it, nl, pl, pt, sv, ja };
