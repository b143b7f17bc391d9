-- Changes of agreements on their way from an accepted offer to terms in force. Rows are added, never changed.
create table amendment (
    tenant     text        not null,
    name       text        not null,
    agreement  text        not null,
    customer   text        not null,
    body       bytea       not null,
    created_at timestamptz not null,
    primary key (tenant, name)
);
create index amendment_by_age on amendment (tenant, created_at desc, name);

-- What the lessor said to an amendment; once.
create table amendment_verdict (
    tenant         text        not null,
    amendment      text        not null,
    approved       boolean     not null,
    decided_by     text        not null,
    reason         text        not null,
    -- First day of the new terms; null if rejected.
    effective_date date,
    decided_at     timestamptz not null,
    primary key (tenant, amendment),
    foreign key (tenant, amendment) references amendment (tenant, name),
    check (approved = (effective_date is not null))
);

create trigger amendment_is_final before update or delete on amendment
    for each row execute function refuse_change();
create trigger amendment_verdict_is_final before update or delete on amendment_verdict
    for each row execute function refuse_change();

do $$
declare name text;
begin
    foreach name in array array['amendment', 'amendment_verdict'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant_only on %I using (tenant = current_setting(''app.tenant'', true))', name);
    end loop;
end $$;
