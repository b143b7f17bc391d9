-- Billing runs, invoices and their documents. What is issued is never changed or removed.
create table billing_run (
    tenant         text        not null,
    name           text        not null,
    period_start   date        not null,
    period_end     date        not null,
    state          text        not null,
    invoices_total integer     not null,
    invoices_done  integer     not null,
    progress_text  text        not null,
    error          text        not null,
    issue_date     date,
    request_id     text        not null,
    update_time    timestamptz not null default clock_timestamp(),
    primary key (tenant, name)
);

-- `body` is the canonical JSON of the invoice: the record itself; the other columns are for finding it.
create table invoice (
    tenant       text  not null,
    name         text  not null,
    customer     text  not null,
    agreement    text  not null,
    period_start date  not null,
    state        text  not null,
    number       text,
    body         bytea not null,
    primary key (tenant, name),
    unique (tenant, agreement, period_start),
    unique (tenant, number),
    check ((state = 'ISSUED') = (number is not null))
);
create index invoice_by_period on invoice (tenant, period_start, customer, name);

create table document (
    tenant    text  not null,
    invoice   text  not null,
    kind      text  not null,
    file_name text  not null,
    sha256    text  not null,
    content   bytea not null,
    primary key (tenant, invoice, kind),
    foreign key (tenant, invoice) references invoice (tenant, name)
);

-- An issued invoice that has been announced for delivery.
create table publication (
    tenant       text        not null,
    invoice      text        not null,
    published_at timestamptz not null default now(),
    primary key (tenant, invoice),
    foreign key (tenant, invoice) references invoice (tenant, name)
);

-- Last number given out in a series; the row is held until the invoice that took the number is committed.
create table number_series (
    tenant text   not null,
    series text   not null,
    last   bigint not null,
    primary key (tenant, series)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% % is final', tg_table_name, coalesce(to_jsonb(old) ->> 'name', to_jsonb(old) ->> 'invoice', '');
end $$;
create trigger issued_invoice_is_final before update or delete on invoice
    for each row when (old.state = 'ISSUED') execute function refuse_change();
create trigger document_is_final before update or delete on document
    for each row execute function refuse_change();

create trigger invoice_is_not_truncated before truncate on invoice
    for each statement execute function refuse_change();
create trigger document_is_not_truncated before truncate on document
    for each statement execute function refuse_change();

do $$
declare name text;
begin
    foreach name in array array['billing_run', 'invoice', 'document', 'publication', 'number_series'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant_only on %I using (tenant = current_setting(''app.tenant'', true))', name);
    end loop;
end $$;
