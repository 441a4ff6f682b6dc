/** A mail server, behind one port. */

/** One mail, ready to be sent. */
export interface OutgoingMail {
  /** The same for every try, so that a mail that is sent twice is known as one. */
  messageId: string;
  from: { name: string; address: string };
  replyTo: string | null;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

export interface MailServer {
  /** How many mails it is handed at once. */
  atOnce: number;
  /**
   * Returns when the server has taken the mail. Ends within DEADLINES.mailDialog: nothing is sent after that.
   *
   * @throws MailRefused, MailServerUnavailable
   */
  send: (mail: OutgoingMail) => Promise<void>;
  close: () => void;
}

/** The server will not take this mail: a wrong address, a text that it does not accept. Another try would not help. */
export class MailRefused extends Error {}

/** The server does not answer, or asks to come again later. */
export class MailServerUnavailable extends Error {}
