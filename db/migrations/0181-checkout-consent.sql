-- When the buyer asked for the service to begin at once, which the law of some countries asks a seller to prove.
alter table checkout_sessions add column withdrawal_consent_at bigint, add column renewal_consent_at bigint;
