-- What became of an authorization that the seller captures later, of the payment of a complete session.
alter table checkout_sessions add column reservation text;
update checkout_sessions s
set reservation = case when p.amount_received > 0 then 'captured' when p.status = 'requires_capture' then 'held' else 'released' end
from payment_intents p
where p.id = s.payment_intent and s.mode = 'payment' and s.status = 'complete' and p.capture_method = 'manual' and s.async_payment is null
  and p.status in ('requires_capture', 'canceled', 'succeeded');
-- Its workflow has ended, and waits for the capture again.
update workflows w set ended_at = null from checkout_sessions s where s.reservation = 'held' and w.id = 'checkout/' || s.id;
