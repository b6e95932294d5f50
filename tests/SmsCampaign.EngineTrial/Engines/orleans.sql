-- What Orleans.Clustering.AdoNet asks of a database: statements under names that it looks up in OrleansQuery, with the
-- parameters it binds. The packages bring no script; this one is the trial's own, as small as it can be.
create table orleansquery (querykey varchar(64) primary key, querytext text not null);

create table cluster (deploymentid text primary key, version int not null);

create table silo
(
    deploymentid text not null, address text not null, port int not null, generation int not null, siloname text not null,
    hostname text not null, status int not null, proxyport int, suspecttimes text,
    starttime timestamptz(3) not null, iamalivetime timestamptz(3) not null,
    primary key (deploymentid, address, port, generation)
);

insert into orleansquery values
('UpdateIAmAlivetimeKey',
 'update silo set iamalivetime = @IAmAliveTime
  where deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation'),
('InsertMembershipVersionKey',
 'with made as (insert into cluster values (@DeploymentId, 0) on conflict do nothing returning 1)
  select count(*)::int from made'),
('InsertMembershipKey',
 'with moved as (update cluster set version = version + 1 where deploymentid = @DeploymentId and version = @Version returning 1),
       made as (insert into silo (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
                select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
                from moved returning 1)
  select count(*)::int from made'),
('UpdateMembershipKey',
 'with moved as (update cluster set version = version + 1 where deploymentid = @DeploymentId and version = @Version returning 1),
       made as (update silo set status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
                from moved
                where deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation returning 1)
  select count(*)::int from made'),
('MembershipReadRowKey',
 'select c.deploymentid, s.address, s.port, s.generation, s.siloname, s.hostname, s.status, s.proxyport, s.suspecttimes, s.starttime, s.iamalivetime, c.version
  from cluster c left join silo s on s.deploymentid = c.deploymentid and address = @Address and port = @Port and generation = @Generation
  where c.deploymentid = @DeploymentId'),
('MembershipReadAllKey',
 'select c.deploymentid, s.address, s.port, s.generation, s.siloname, s.hostname, s.status, s.proxyport, s.suspecttimes, s.starttime, s.iamalivetime, c.version
  from cluster c left join silo s on s.deploymentid = c.deploymentid
  where c.deploymentid = @DeploymentId'),
('DeleteMembershipTableEntriesKey',
 'delete from silo where deploymentid = @DeploymentId; delete from cluster where deploymentid = @DeploymentId'),
('GatewaysQueryKey',
 'select address, proxyport, generation from silo where deploymentid = @DeploymentId and status = @Status and proxyport > 0'),
('CleanupDefunctSiloEntriesKey',
 'delete from silo where deploymentid = @DeploymentId and iamalivetime < @IAmAliveTime and status <> 3');
