-- When the app was created, so that showing an app asks for its settings alone.
alter table app_settings add column created_at timestamptz;
update app_settings s set created_at = (select a.created_at from app a where a.id = s.app_id);
update app_settings set created_at = now() where created_at is null;
alter table app_settings alter column created_at set default now(), alter column created_at set not null;
