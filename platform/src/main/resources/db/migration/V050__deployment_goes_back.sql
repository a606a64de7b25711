-- A deployment that is cancelled after the switch goes back to the deployment that was live before it.
alter table deployment add column previous_deployment_id uuid references deployment (id);

update deployment d set previous_deployment_id = (
        select p.id from deployment p
        where p.app_id = d.app_id and p.release_id = d.previous_release_id and p.state = 'DONE'
        order by p.number desc limit 1)
    where d.state not in ('DONE','ROLLED_BACK','CANCELLED') and d.previous_release_id is not null;

alter table deployment drop constraint deployment_state_check;
alter table deployment add constraint deployment_state_check check (state in
    ('PENDING','RELEASING','PLACING','CHECKING','SWITCHING','DRAINING','RETURNING','WITHDRAWING',
     'DONE','ROLLED_BACK','CANCELLED'));

drop index deployment_active;
create unique index deployment_active on deployment (app_id)
    where state in ('RELEASING','PLACING','CHECKING','SWITCHING','DRAINING','RETURNING','WITHDRAWING');
