-- For reports by SQL: give a role that only reads the right to select from these views, and from nothing else. They have no personal data.
create view insight_mrr_movements as
  select id, account, livemode, test_clock, to_timestamp(created) as at, customer, subscription, currency, type, amount, subscription_mrr, customer_mrr
  from mrr_movements;

create view insight_mrr_months as
  with moved as (
    select account, livemode, test_clock, currency, (date_trunc('month', to_timestamp(created) at time zone 'UTC'))::date as month, type, amount
    from mrr_movements
  ), summed as (
    select account, livemode, test_clock, currency, month,
      coalesce(sum(amount) filter (where type = 'new'), 0)::bigint as new,
      coalesce(sum(amount) filter (where type = 'expansion'), 0)::bigint as expansion,
      coalesce(sum(amount) filter (where type = 'contraction'), 0)::bigint as contraction,
      coalesce(sum(amount) filter (where type = 'churn'), 0)::bigint as churn,
      coalesce(sum(amount) filter (where type = 'reactivation'), 0)::bigint as reactivation,
      sum(amount)::bigint as change
    from moved group by 1, 2, 3, 4, 5
  )
  select account, livemode, test_clock, currency, month,
    (sum(change) over (partition by account, livemode, test_clock, currency order by month) - change)::bigint as opening,
    new, expansion, contraction, churn, reactivation,
    (sum(change) over (partition by account, livemode, test_clock, currency order by month))::bigint as closing
  from summed;

create view insight_subscriptions as
  select id, account, livemode, test_clock, customer, status, currency, mrr, to_timestamp(start_date) as started_at,
    to_timestamp(trial_start) as trial_start, to_timestamp(trial_end) as trial_end, to_timestamp(canceled_at) as canceled_at,
    to_timestamp(ended_at) as ended_at, cancellation_details ->> 'reason' as cancellation_reason, cancellation_details ->> 'feedback' as feedback
  from subscriptions where not hidden;

create view insight_invoices as
  select id, account, livemode, test_clock, customer, subscription, number, status, currency, billing_reason, subtotal, total,
    total - total_excluding_tax as tax, amount_paid, amount_remaining, attempt_count, to_timestamp(created) as created_at,
    to_timestamp(finalized_at) as finalized_at, to_timestamp(paid_at) as paid_at
  from invoices where not hidden and not deleted;

create view insight_charges as
  select id, account, livemode, customer, invoice, status, currency, amount, amount_refunded, disputed, failure_code,
    to_timestamp(created) as created_at
  from charges;
