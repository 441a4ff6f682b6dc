/** The words of the page at which a customer asks for a link to the portal. */
import type { Language } from './languages';

interface LoginWords {
  title: string;
  /** What the form is for. */
  note: string;
  send: string;
  /** The same, whether there is such a customer or not. `{minutes}`: how long the link works. */
  sent: string;
  open: string;
  expired: string;
  again: string;
}

export const LOGIN: Record<Language, LoginWords> = {
  en: {
    title: 'Log in to your account',
    note: 'Enter the email address that you use here. You get a link by mail.',
    send: 'Send the link',
    sent: 'If this address is known here, a link is on its way. It works once, within {minutes} minutes.',
    open: 'Open your account',
    expired: 'This link was used already, or has expired.',
    again: 'Ask for a new link',
  },
  de: {
    title: 'Anmelden',
    note: 'Geben Sie die E-Mail-Adresse ein, die Sie hier verwenden. Sie erhalten einen Link per E-Mail.',
    send: 'Link senden',
    sent: 'Wenn diese Adresse hier bekannt ist, ist ein Link unterwegs. Er gilt einmal, innerhalb von {minutes} Minuten.',
    open: 'Konto öffnen',
    expired: 'Dieser Link wurde schon verwendet oder ist abgelaufen.',
    again: 'Neuen Link anfordern',
  },
  fr: {
    title: 'Connexion à votre compte',
    note: 'Saisissez l’adresse e-mail que vous utilisez ici. Vous recevrez un lien par e-mail.',
    send: 'Envoyer le lien',
    sent: 'Si cette adresse est connue ici, un lien est en route. Il fonctionne une seule fois, pendant {minutes} minutes.',
    open: 'Ouvrir votre compte',
    expired: 'Ce lien a déjà été utilisé ou a expiré.',
    again: 'Demander un nouveau lien',
  },
  es: {
    title: 'Iniciar sesión en su cuenta',
    note: 'Introduzca la dirección de correo que usa aquí. Recibirá un enlace por correo.',
    send: 'Enviar el enlace',
    sent: 'Si conocemos esta dirección, un enlace está en camino. Funciona una sola vez, durante {minutes} minutos.',
    open: 'Abrir su cuenta',
    expired: 'Este enlace ya se ha usado o ha caducado.',
    again: 'Pedir un enlace nuevo',
  },
  it: {
    title: 'Accedere al suo account',
    note: 'Inserisca l’indirizzo e-mail che usa qui. Riceverà un link via e-mail.',
    send: 'Inviare il link',
    sent: 'Se questo indirizzo è noto, un link è in arrivo. Funziona una sola volta, entro {minutes} minuti.',
    open: 'Aprire l’account',
    expired: 'Questo link è già stato usato o è scaduto.',
    again: 'Richiedere un nuovo link',
  },
  nl: {
    title: 'Inloggen op uw account',
    note: 'Vul het e-mailadres in dat u hier gebruikt. U krijgt een link per e-mail.',
    send: 'Link versturen',
    sent: 'Als dit adres hier bekend is, is er een link onderweg. Hij werkt één keer, binnen {minutes} minuten.',
    open: 'Account openen',
    expired: 'Deze link is al gebruikt of is verlopen.',
    again: 'Nieuwe link aanvragen',
  },
  pl: {
    title: 'Zaloguj się na swoje konto',
    note: 'Podaj adres e-mail, którego tu używasz. Otrzymasz link w wiadomości.',
    send: 'Wyślij link',
    sent: 'Jeśli znamy ten adres, link jest już w drodze. Działa raz, w ciągu {minutes} minut.',
    open: 'Otwórz konto',
    expired: 'Ten link został już użyty lub wygasł.',
    again: 'Poproś o nowy link',
  },
  pt: {
    title: 'Entrar na sua conta',
    note: 'Introduza o endereço de e-mail que usa aqui. Recebe um link por e-mail.',
    send: 'Enviar o link',
    sent: 'Se este endereço for conhecido aqui, um link está a caminho. Funciona uma vez, durante {minutes} minutos.',
    open: 'Abrir a sua conta',
    expired: 'Este link já foi usado ou expirou.',
    again: 'Pedir um novo link',
  },
  sv: {
    title: 'Logga in på ditt konto',
    note: 'Ange e-postadressen som du använder här. Du får en länk via e-post.',
    send: 'Skicka länken',
    sent: 'Om adressen är känd här är en länk på väg. Den fungerar en gång, inom {minutes} minuter.',
    open: 'Öppna ditt konto',
    expired: 'Länken har redan använts eller har gått ut.',
    again: 'Be om en ny länk',
  },
  ja: {
    title: 'アカウントにログイン',
    note: 'ご利用のメールアドレスを入力してください。リンクをメールでお送りします。',
    send: 'リンクを送信する',
    sent: 'このアドレスが登録されている場合、リンクをお送りしました。{minutes} 分間、一度だけ有効です。',
    open: 'アカウントを開く',
    expired: 'このリンクは使用済みか、有効期限が切れています。',
    again: '新しいリンクを請求する',
  },
};
