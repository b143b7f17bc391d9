-- One row a message and recipient; never more than one for the same invoice and mailbox.
create table delivery (
    tenant            text        not null,
    name              text        not null,
    sequence          bigint      generated always as identity,
    invoice           text        not null,
    customer          text        not null,
    recipient         text        not null,
    recipient_name    text        not null,
    subject           text        not null,
    message_id        text        not null,
    state             text        not null,
    attempts          integer     not null default 0,
    last_answer       text        not null default '',
    create_time       timestamptz not null default clock_timestamp(),
    update_time       timestamptz not null default clock_timestamp(),
    next_attempt_time timestamptz,
    primary key (tenant, name),
    unique (tenant, invoice, recipient)
);
create index delivery_in_order on delivery (tenant, sequence);
create index delivery_due on delivery (tenant, next_attempt_time) where next_attempt_time is not null;

alter table delivery enable row level security;
alter table delivery force row level security;
create policy tenant_only on delivery using (tenant = current_setting('app.tenant', true));
