/** The words of the question on the price. */
import type { PriceAnswer } from '../../domain/rows/experiment';
import type { Language } from './languages';

type PriceQuestionWords = Record<PriceAnswer | 'question' | 'thanks', string>;

export const PRICE_QUESTION: Record<Language, PriceQuestionWords> = {
  en: {
    question: 'Was the price clear to you, and is it fair?',
    clear_and_fair: 'Clear and fair',
    clear_not_fair: 'Clear, but not fair',
    not_clear: 'Not clear',
    thanks: 'Thank you for your answer.',
  },
  de: {
    question: 'War der Preis für Sie verständlich, und ist er angemessen?',
    clear_and_fair: 'Verständlich und angemessen',
    clear_not_fair: 'Verständlich, aber nicht angemessen',
    not_clear: 'Nicht verständlich',
    thanks: 'Danke für Ihre Antwort.',
  },
  fr: {
    question: 'Le prix était-il clair pour vous, et est-il juste\u00a0?',
    clear_and_fair: 'Clair et juste',
    clear_not_fair: 'Clair, mais pas juste',
    not_clear: 'Pas clair',
    thanks: 'Merci pour votre réponse.',
  },
  es: {
    question: '¿El precio le resultó claro y le parece justo?',
    clear_and_fair: 'Claro y justo',
    clear_not_fair: 'Claro, pero no justo',
    not_clear: 'No fue claro',
    thanks: 'Gracias por su respuesta.',
  },
  it: {
    question: 'Il prezzo era chiaro, e le sembra giusto?',
    clear_and_fair: 'Chiaro e giusto',
    clear_not_fair: 'Chiaro, ma non giusto',
    not_clear: 'Non chiaro',
    thanks: 'Grazie per la sua risposta.',
  },
  nl: {
    question: 'Was de prijs duidelijk voor u, en is hij eerlijk?',
    clear_and_fair: 'Duidelijk en eerlijk',
    clear_not_fair: 'Duidelijk, maar niet eerlijk',
    not_clear: 'Niet duidelijk',
    thanks: 'Bedankt voor uw antwoord.',
  },
  pl: {
    question: 'Czy cena była zrozumiała i czy jest uczciwa?',
    clear_and_fair: 'Zrozumiała i uczciwa',
    clear_not_fair: 'Zrozumiała, ale nieuczciwa',
    not_clear: 'Niezrozumiała',
    thanks: 'Dziękujemy za odpowiedź.',
  },
  pt: {
    question: 'O preço foi claro para si, e é justo?',
    clear_and_fair: 'Claro e justo',
    clear_not_fair: 'Claro, mas não é justo',
    not_clear: 'Não foi claro',
    thanks: 'Obrigado pela sua resposta.',
  },
  sv: {
    question: 'Var priset tydligt för dig, och är det rimligt?',
    clear_and_fair: 'Tydligt och rimligt',
    clear_not_fair: 'Tydligt, men inte rimligt',
    not_clear: 'Inte tydligt',
    thanks: 'Tack för ditt svar.',
  },
  ja: {
    question: '料金は分かりやすく、妥当だと思いますか？',
    clear_and_fair: '分かりやすく、妥当',
    clear_not_fair: '分かりやすいが、妥当ではない',
    not_clear: '分かりにくい',
    thanks: 'ご回答ありがとうございました。',
  },
};
