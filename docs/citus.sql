-- Spreads Clynto over the machines of a Citus cluster (Citus 11 or newer, PostgreSQL 14 or newer).
--
-- When: one PostgreSQL with its replicas is not enough any more; see "Beyond one PostgreSQL" in operations.md.
-- How: let Clynto make its tables in the empty database on the coordinator (`clynto migrate`), stop it, run this file there with
--      psql --single-transaction --file docs/citus.sql
-- and start it again. Clynto's statements need no change: each names the workspace, so that it goes to one shard, or touches only the
-- tables below that are not distributed.
--
-- A test keeps this file true: every table of the schema stands here, and the tenant tables are the distributed ones.

CREATE EXTENSION IF NOT EXISTS citus;

-- Small tables that join with everything are copied to every machine.
SELECT create_reference_table('workspaces');
SELECT create_reference_table('people');
SELECT create_reference_table('members');
SELECT create_reference_table('sessions');
SELECT create_reference_table('sign_ins');
SELECT create_reference_table('invitations');
SELECT create_reference_table('tokens');
SELECT create_reference_table('webhook_keys');
SELECT create_reference_table('connections');
SELECT create_reference_table('notice_channels');

-- Queues and counters change often and belong to all workers: they stay on the coordinator.
SELECT citus_add_local_table_to_metadata('schema_version');
SELECT citus_add_local_table_to_metadata('counters');
SELECT citus_add_local_table_to_metadata('sync_runs');
SELECT citus_add_local_table_to_metadata('webhook_events');
SELECT citus_add_local_table_to_metadata('notices');

-- Everything of a tenant lies together on one shard, by workspace.
SELECT create_distributed_table('accounts', 'workspace_id', shard_count => 64);
SELECT create_distributed_table('account_merges', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('audit_entries', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('agents', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('companies', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('contacts', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('conversations', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('group_agents', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('groups', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('larry_turns', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('match_history', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('match_opinions', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('satisfaction_ratings', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('status_labels', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('sync_events', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('sync_failures', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('sync_phases', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('ticket_bodies', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('ticket_search', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('ticket_tags', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('tickets', 'workspace_id', colocate_with => 'accounts');
SELECT create_distributed_table('webhook_deliveries', 'workspace_id', colocate_with => 'accounts');
