using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Quartz;
using SmsCampaign.App.Worker;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>Schedulers of several nodes on one database: what is due fires on one of them.</summary>
[Collection(nameof(MachineZone))]
public sealed class SharedSchedulerTests : IDisposable
{
    /// <summary>08:00 in Vietnam on 30/7/2025.</summary>
    static readonly DateTimeOffset Opening = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    /// <summary>By which clocks are moved: nodes do not lose each other while the database is asked.</summary>
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    readonly PostgresAddress _address = new(PostgresServer.Shared.CreateDatabase());
    readonly TempFolder _folder = new();
    readonly ConcurrentQueue<(string Node, string Trigger)> _fired = [];

    public void Dispose()
    {
        PostgresPlace.Of(_address).Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_two_nodes_put_there_fires_once()
    {
        var time = new FakeTimeProvider(Opening);
        using var one = NewNode("one", time);
        using var two = NewNode("two", time);
        await Task.WhenAll(one.StartAsync(), two.StartAsync()); // whoever is first makes the tables
        var names = Enumerable.Range(1, 30).Select(number => FormattableString.Invariant($"lượt {number:00}")).ToList();
        foreach (var (number, name) in names.Index())
        {
            await ScheduleAsync(one, name, Opening.AddSeconds(2 + number % 5));
            await ScheduleAsync(two, name, Opening.AddSeconds(2 + number % 5));
        }

        await PassUntilAsync(() => _fired.Count >= names.Count, time);
        await PassUntilAsync(() => time.GetUtcNow() > Opening.AddMinutes(1), time);
        await Task.WhenAll(one.StopAsync(), two.StopAsync());

        Assert.Equal(names, _fired.Select(fired => fired.Trigger).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_node_that_is_gone_was_to_fire_another_does_and_it_does_not_once_it_is_back()
    {
        var (stands, goes) = (new FakeTimeProvider(Opening), new FakeTimeProvider(Opening));
        using var gone = NewNode("gone", stands);
        await gone.StartAsync();
        await ScheduleAsync(gone, "lượt", Opening.AddSeconds(10));
        await PassUntilAsync(async () => await CountAsync("qrtz_fired_triggers") == 1); // taken, and it stands still
        using var other = NewNode("other", goes);
        await other.StartAsync();

        await PassUntilAsync(() => !_fired.IsEmpty, goes);
        Assert.Equal(("other", "lượt"), Assert.Single(_fired));
        Assert.True(goes.GetUtcNow() < Opening.AddMinutes(1), $"{goes.GetUtcNow()}");

        await PassUntilAsync(() => stands.GetUtcNow() > Opening.AddMinutes(2), stands, goes);
        await PassUntilAsync(async () => await CountAsync("qrtz_scheduler_state") == 2, stands, goes);
        await Task.WhenAll(gone.StopAsync(), other.StopAsync());

        Assert.Single(_fired);
        Assert.Equal(0, await CountAsync("qrtz_triggers"));
    }

    [Fact]
    public async Task What_a_node_that_was_stopped_has_put_there_another_fires()
    {
        var time = new FakeTimeProvider(Opening);
        using var stopped = NewNode("stopped", time);
        using var other = NewNode("other", time);
        await stopped.StartAsync();
        await other.StartAsync();
        await ScheduleAsync(stopped, "lượt", Opening.AddMinutes(2));
        await stopped.StopAsync();

        await PassUntilAsync(() => !_fired.IsEmpty, time);
        await other.StopAsync();

        Assert.Equal(("other", "lượt"), Assert.Single(_fired));
    }

    /// <summary>Whatever the file would be like, nobody looks at it.</summary>
    [Fact]
    public async Task The_worker_opens_at_the_opening_and_the_folder_has_no_store()
    {
        using var run = new WorkerCase(WorkerCase.Definition(), Opening.AddSeconds(-20), _address);
        Directory.CreateDirectory(run.Data.Scheduler);
        Assert.Null(SchedulerFile.Mend(run.Data));
        run.Approve();
        using (var before = await run.StartAsync())
            await before.StopAsync();
        using var host = await run.StartAsync();

        await PassUntilAsync(() => run.Time.GetUtcNow() >= Opening, run.Time);
        await PassUntilAsync(() => run.Sent.Count > 0); // no look of its own: the clock stands still
        await host.StopAsync();

        Assert.Equal(Opening, Assert.Single(run.Sent).At);
        Assert.Empty(Directory.EnumerateFileSystemEntries(run.Data.Scheduler));
    }

    [Fact]
    public async Task A_node_that_is_stopped_as_it_starts_stops()
    {
        using var node = NewNode("one", new FakeTimeProvider(Opening));

        await node.StartAsync();
        await node.StopAsync();

        Assert.Empty(_fired);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_by_its_place()
    {
        var data = new DataFolder(_folder.Path)
        {
            Postgres = new PostgresAddress("Host=127.0.0.1;Port=1;Database=sms;Username=a;Password=geheim;Timeout=2"),
        };
        using var node = NewNode("one", new FakeTimeProvider(Opening), data);

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => node.StartAsync());

        var named = WorkerHost.NameFile(thrown, data) ?? LedgerIn(thrown);
        Assert.Equal(StorageFault.Unreachable, StorageFaults.KindOf(named));
        Assert.Contains(
            "Không kết nối được tới PostgreSQL 127.0.0.1:1/sms/sms_campaign_scheduler",
            StorageFaults.Describe(named, data)!.Value.Vi,
            StringComparison.Ordinal);
        PostgresPlace.Of(data.Postgres).Dispose();

        static LedgerException LedgerIn(Exception thrown) =>
            thrown as LedgerException ?? LedgerIn(thrown.InnerException!);
    }

    IHost NewNode(string name, TimeProvider time, DataFolder? data = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(new Node(name, _fired));
        WorkerHost.AddScheduler(
            builder.Services, data ?? new DataFolder(_folder.File(name)) { Postgres = _address });
        return builder.Build();
    }

    static async Task ScheduleAsync(IHost node, string name, DateTimeOffset at)
    {
        var scheduler = await node.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var job = JobBuilder.Create<CountingJob>().WithIdentity("count").StoreDurably().Build();
        await scheduler.AddJob(job, AddJobOptions.Replacing);
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider)
            .WithIdentity(name)
            .ForJob(job.Key)
            .StartAt(at)
            .Build();
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing);
    }

    async Task<long> CountAsync(string table)
    {
        var schema = PostgresPlace.Of(_address).Package("scheduler");
        await using var command = schema.Source.CreateCommand($"select count(*) from {schema.Quoted}.{table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static Task PassUntilAsync(Func<bool> isSo, params FakeTimeProvider[] clocks) =>
        PassUntilAsync(() => Task.FromResult(isSo()), clocks);

    static async Task PassUntilAsync(Func<Task<bool>> isSo, params FakeTimeProvider[] clocks)
    {
        using var patience = new CancellationTokenSource(Patience.ForAnything);
        while (!await isSo())
        {
            foreach (var clock in clocks)
                clock.Advance(Step);
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, patience.Token);
        }
    }

    public sealed record Node(string Name, ConcurrentQueue<(string Node, string Trigger)> Fired);

    public sealed class CountingJob(Node node) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            node.Fired.Enqueue((node.Name, context.Trigger.Key.Name));
            return ValueTask.CompletedTask;
        }
    }
}
