-- What was said beside each invoice, and who wants to be told anything. Rows are added, never changed.
create table decision (
    tenant       text        not null,
    period_start date        not null,
    customer     text        not null,
    -- 1; a decision that carried an offer is followed by 2 if the customer stopped offers before the invoice went out.
    revision     integer     not null,
    name         text        not null,
    treatment    text        not null,
    subject      text        not null,
    body         bytea       not null,
    created_at   timestamptz not null,
    primary key (tenant, period_start, customer, revision),
    unique (tenant, name, revision)
);
create index decision_by_customer on decision (tenant, customer, period_start);

create table preference (
    tenant         text        not null,
    id             bigint      generated always as identity,
    customer       text        not null,
    offers_allowed boolean     not null,
    origin         text        not null,
    request_id     text        not null,
    set_at         timestamptz not null,
    primary key (tenant, id),
    unique (tenant, request_id)
);
create index preference_by_customer on preference (tenant, customer, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is kept as it was: add a new row instead', tg_table_name;
end $$;
create trigger decision_is_final before update or delete on decision
    for each row execute function refuse_change();
create trigger preference_is_final before update or delete on preference
    for each row execute function refuse_change();

do $$
declare name text;
begin
    foreach name in array array['decision', 'preference'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant_only on %I using (tenant = current_setting(''app.tenant'', true))', name);
    end loop;
end $$;
