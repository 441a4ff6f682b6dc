-- Where the buyer was when the page was confirmed. Null: nobody has confirmed it on its page.
alter table checkout_sessions add column buyer_ip text;
