import type { MailWords } from './words';

export const ja: MailWords = {
  kinds: {
    action_required: {
      subject: '{seller} への {amount} のお支払いを承認してください',
      text: '請求書 {number} の {amount} のお支払いについて、カード会社がお客様の承認を求めています。',
      button: 'お支払いを承認する',
    },
    answer_overdue: {
      subject: 'お客様からのお申し出 {number} の回答期限が過ぎました',
      text: 'お客様からのお申し出 {number} の回答期限は{date}でした。まだ回答されていません。',
      button: 'お申し出を開く',
    },
    cancellation: {
      subject: '解約のお申し出を受領しました',
      text: '{seller} は {instant} に、解約のお申し出を受領しました。',
      button: '確認書を見る',
    },
    cancellation_scheduled: {
      subject: '{product} のご契約は{date}に終了します',
      text: '{product} は{date}までご利用いただけます。ご契約は更新されません。',
      button: 'ご契約を管理する',
    },
    card_expiring: {
      subject: '{seller} にご登録のカードの有効期限が近づいています',
      text: 'カード {card} の有効期限は{expiry}末です。お支払いを続けるため、新しいカードをご登録ください。',
      button: 'カードを更新する',
    },
    credit_low: {
      subject: '{seller} のクレジット残高が少なくなっています',
      text: '前払いクレジットの残高が {amount} を下回りました。現在、自動購入は行われません。',
      button: 'クレジットを管理する',
    },
    credit_note: {
      subject: '{seller} からの返還請求書 {number}',
      text: '{seller} は請求書 {invoice} について {amount} の返還請求書を発行しました。',
      button: '返還請求書を確認する',
    },
    dispute: {
      subject: '{amount} のお支払いに異議申し立てがありました',
      text: '{date}の {amount} のお支払いについて、お客様から異議申し立てがあったとカード会社から {seller} に連絡がありました。お心当たりのあるお支払いでしたら、カード会社にその旨をお伝えください。',
      button: 'お支払いを管理する',
    },
    invoice: {
      subject: '{seller} からの請求書 {number}',
      text: '{date}までに {amount} をお支払いください。',
      button: '請求書を確認して支払う',
    },
    invoice_due: {
      subject: '請求書 {number} のお支払期限は{date}です',
      text: '{date}までに {seller} へ {amount} をお支払いください。すでにお支払い済みの場合は、このメールを無視してください。',
      button: '請求書を確認して支払う',
    },
    invoice_overdue: {
      subject: '請求書 {number} のお支払期限が過ぎました',
      text: '請求書 {number} のお支払期限は{date}でした。{amount} のお支払いをまだ確認できていません。すでにお支払い済みの場合は、このメールを無視してください。',
      button: '請求書を確認して支払う',
    },
    license: {
      subject: '{product} のライセンスキー',
      text: '{product} のライセンスキーをお送りします。このメールは大切に保管してください。',
      button: '開く',
    },
    password_reset: {
      subject: '{seller} のコンソールのパスワード再設定',
      text: 'このリンクから新しいパスワードを設定できます。リンクは {minutes} 分間、一度だけ有効で、すべての端末からログアウトされます。お心当たりがない場合は、このメールを無視してください。パスワードは変わりません。',
      button: '新しいパスワードを設定する',
    },
    payment_failed: {
      subject: '{seller} への {amount} のお支払いができませんでした',
      text: '請求書 {number} の {amount} のお支払いは完了していません。',
      button: '今すぐ支払う',
    },
    plan_changed: {
      subject: '{seller} のご契約が変更されました',
      text: '{date}からのご契約内容は {product} です。',
      button: 'ご契約を管理する',
    },
    portal_login: {
      subject: '{seller} へのログイン',
      text: 'このリンクからアカウントにログインできます。リンクは {minutes} 分間、一度だけ有効です。お心当たりがない場合は、このメールを無視してください。',
      button: 'ログインする',
    },
    quote: {
      subject: '{seller} からの見積書 {number}',
      text: '{seller} から {amount} のお見積もりです。有効期限は{date}です。',
      button: '見積書を確認する',
    },
    receipt: {
      subject: '{seller} への {amount} のお支払い',
      text: '{seller} は {amount} のお支払いを受領しました。ありがとうございます。',
      button: '請求書と領収書を確認する',
    },
    refund: {
      subject: '{seller} からの {amount} の返金',
      text: '{seller} は {amount} を返金しました。カード会社での反映まで数日かかることがあります。',
      button: 'お支払いを確認する',
    },
    renewal: {
      subject: '{product} は{date}に更新されます',
      text: '{product} のご契約は{date}に更新され、{amount} が請求されます。更新をご希望でない場合は、それまでに解約してください。',
      button: '管理または解約する',
    },
    request_answered: {
      subject: '{seller} へのお申し出に対する回答',
      text: '{instant} にいただいたお申し出について、{seller} が回答しました。',
      button: '確認書を見る',
    },
    subscription_canceled: {
      subject: '{product} のご契約が終了しました',
      text: '{product} のご契約は{date}に終了しました。更新されません。',
      button: 'アカウントを確認する',
    },
    subscription_started: {
      subject: '{product} のご契約',
      text: '{product} をご契約いただきありがとうございます。解約されるまで自動的に更新され、いつでも解約できます。次の期間は{date}に始まります。',
      button: '管理または解約する',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} からご質問への回答が届きました。',
      button: 'アカウントを確認する',
    },
    trial_ending: {
      subject: '{product} の無料トライアルは{date}に終了します',
      text: '{product} の無料トライアルは{date}に終了し、{amount} が請求されます。継続をご希望でない場合は、それまでに解約してください。',
      button: '管理または解約する',
    },
    withdrawal: {
      subject: '契約撤回のお申し出を受領しました',
      text: '{seller} は {instant} に、契約撤回のお申し出を受領しました。',
      button: '確認書を見る',
    },
  },
  reasons: {
    authentication: 'カード会社がお客様の承認を求めています。',
    card_data: 'カード情報が最新ではありません。別のカードをご利用ください。',
    declined: 'カード会社により承認されませんでした。カード会社にお問い合わせいただくか、別のカードをご利用ください。',
    insufficient_funds: 'カードの口座の残高が不足していました。',
  },
  creditReasons: {
    duplicate: '二重請求',
    fraudulent: '不正',
    order_change: '注文の変更',
    product_unsatisfactory: '商品への不満',
  },
  retry: '{date}に再度お支払いを試みます。',
  labels: {
    amount: '金額',
    balance: '残高への入金',
    card: 'カード',
    date: '日付',
    elsewhere: 'その他の方法で返金',
    key: 'ライセンスキー',
    number: '番号',
    price: '価格',
    product: '商品',
    reason: '理由',
    refunded: '返金',
    takenOff: '請求残高から減額',
  },
  manage: 'アカウント：ご契約、カード、請求書',
  because: '{seller} をご利用のお客様にお送りしています。',
  becauseNamed: '{seller} へのご連絡にこのメールアドレスが記載されていたため、お送りしています。',
  becauseSeller: '{seller} のお客様からのお申し出に回答する担当者にお送りしています。',
  cancel: 'ログインせずに解約する',
};
