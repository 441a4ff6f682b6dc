import type { Operation } from '../../http/operation';
import { bounceMailOperation } from './bounce';
import { listMails } from './list';
import { previewMail } from './preview';
import { retrieveMail } from './retrieve';

export const mails: Operation[] = [listMails, retrieveMail, bounceMailOperation, previewMail];
