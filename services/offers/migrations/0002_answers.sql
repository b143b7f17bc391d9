-- What customers said to offers, who looked at one, what the lessor said of customers. Rows are added, never changed.

-- One answer to an offer at most: whoever clicks twice, replays or races finds the first.
create table answer (
    tenant       text        not null,
    decision     text        not null,
    customer     text        not null,
    period_start date        not null,
    subject      text        not null,
    kind         text        not null check (kind in ('ACCEPTED', 'DECLINED')),
    answered_by  text        not null,
    reason       text        not null,
    answered_at  timestamptz not null,
    primary key (tenant, decision)
);
create index answer_by_customer on answer (tenant, customer, answered_at);
create index answer_by_age on answer (tenant, answered_at desc, decision);

-- That the amendment of an accepted offer is drafted at contracts. An acceptance without such a row is work to be done.
create table drafted (
    tenant     text        not null,
    decision   text        not null,
    amendment  text        not null,
    drafted_at timestamptz not null,
    primary key (tenant, decision),
    foreign key (tenant, decision) references answer (tenant, decision)
);

-- That the page of an offer was opened.
create table opening (
    tenant    text        not null,
    id        bigint      generated always as identity,
    decision  text        not null,
    opened_at timestamptz not null,
    primary key (tenant, id)
);
create index opening_by_decision on opening (tenant, decision);

-- What the lessor's books say of a customer: while any of it holds, nothing is offered. The newest row counts.
create table standing (
    tenant      text        not null,
    id          bigint      generated always as identity,
    customer    text        not null,
    in_dispute  boolean     not null,
    in_arrears  boolean     not null,
    in_hardship boolean     not null,
    origin      text        not null,
    request_id  text        not null,
    set_at      timestamptz not null,
    primary key (tenant, id),
    unique (tenant, request_id)
);
create index standing_by_customer on standing (tenant, customer, id);

alter table decision
    add column campaign         text not null default '',
    add column customer_group   text not null default 'TREATED',
    add column withheld_subject text not null default '';

do $$
declare name text;
begin
    foreach name in array array['answer', 'drafted', 'opening', 'standing'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant_only on %I using (tenant = current_setting(''app.tenant'', true))', name);
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()',
                       name || '_is_final', name);
    end loop;
end $$;
