-- Messages that are not invoices, mailboxes to which nothing is sent, and what customers are alerted of.
alter table delivery rename column invoice to about;
alter table delivery
    add column kind    text not null default 'INVOICE',
    -- What a letter says, as JSON; empty for invoices, whose text is composed of the invoice. A sign-in link is removed
    -- once it is sent.
    add column letter  text not null default '';

-- Newest row counts: whether a mailbox is left alone, and why.
create table suppression (
    tenant     text        not null,
    id         bigint      generated always as identity,
    recipient  text        not null,
    suppressed boolean     not null,
    reason     text        not null,
    noted_at   timestamptz not null,
    primary key (tenant, id)
);
create index suppression_by_recipient on suppression (tenant, recipient, id);

create table alert_settings (
    tenant     text        not null,
    id         bigint      generated always as identity,
    customer   text        not null,
    body       bytea       not null,
    request_id text        not null,
    set_at     timestamptz not null,
    primary key (tenant, id),
    unique (tenant, request_id)
);
create index alert_settings_by_customer on alert_settings (tenant, customer, id);

-- Each thing is told once: the key says what it is about.
create table alert (
    tenant       text        not null,
    name         text        not null,
    customer     text        not null,
    kind         text        not null,
    period_start date        not null,
    subject      text        not null,
    told         text        not null,
    -- Which of several steps it is of the same subject: the share of the baseline that was reached.
    step         text        not null,
    created_at   timestamptz not null,
    primary key (tenant, name)
);
create index alert_by_age on alert (tenant, created_at desc, name);
create index alert_by_customer on alert (tenant, customer, created_at desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is kept as it was: add a new row instead', tg_table_name;
end $$;
do $$
declare name text;
begin
    foreach name in array array['suppression', 'alert_settings', 'alert'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant_only on %I using (tenant = current_setting(''app.tenant'', true))', name);
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()',
                       name || '_is_final', name);
    end loop;
end $$;
