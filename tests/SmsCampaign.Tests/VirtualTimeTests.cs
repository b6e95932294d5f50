using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests;

public sealed class VirtualTimeTests
{
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Others use this process's pool.</summary>
    readonly VirtualTime _time = new(Start, poolRests: () => true);

    readonly List<string> _log = [];

    [Fact]
    public void A_day_of_waiting_takes_no_time()
    {
        Drive(_time.Within(async () =>
        {
            await Task.Delay(TimeSpan.FromHours(12), _time);
            Note("noon");
            await Task.Delay(TimeSpan.FromDays(30), _time);
            Note("a month");
        }));

        Assert.Equal(["12:00:00 noon", "732:00:00 a month"], _log);
    }

    [Fact]
    public void Those_who_wait_come_in_the_order_of_their_moments_and_then_of_their_waiting()
    {
        Drive(_time.Within(() => Task.WhenAll(
            After(30, "c"), After(10, "a"), After(20, "b1"), After(20, "b2"), After(20, "b3"))));

        Assert.Equal(["0:00:10 a", "0:00:20 b1", "0:00:20 b2", "0:00:20 b3", "0:00:30 c"], _log);
    }

    [Fact]
    public void Time_stands_still_while_there_is_anything_to_do()
    {
        Drive(_time.Within(async () =>
        {
            var alarm = After(1, "alarm");
            for (var turn = 0; turn < 1_000; turn++)
                await Task.Yield();
            Note("worked");
            await alarm;
        }));

        Assert.Equal(["0:00:00 worked", "0:00:01 alarm"], _log);
    }

    [Fact]
    public void Time_stands_still_while_another_thread_works_for_somebody()
    {
        using var go = new ManualResetEventSlim();
        Drive(_time.Within(async () =>
        {
            var alarm = After(1, "alarm");
            using (VirtualTime.Holding(_time))
            {
                var working = Task.Factory.StartNew(
                    () => go.Wait(Patience.ForAnything),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
                for (var turn = 0; turn < 100; turn++)
                    await Task.Yield();
                go.Set();
                await working;
                Note("worked");
            }

            await alarm;
        }));

        Assert.Equal(["0:00:00 worked", "0:00:01 alarm"], _log);
    }

    [Fact]
    public void Time_stands_still_while_the_pool_works()
    {
        var looks = 0;
        var time = new VirtualTime(Start, poolRests: () => ++looks > 50);

        Assert.True(time.Drive(
            time.Within(() => Task.Delay(TimeSpan.FromSeconds(1), time)), DateTimeOffset.MaxValue));

        Assert.True(looks > 50);
    }

    [Fact]
    public void It_stops_at_a_moment_when_all_that_is_due_then_is_done()
    {
        var day = _time.Within(async () =>
        {
            await After(60, "minute");
            await After(1, "too late");
        });

        Assert.False(_time.Drive(day, Start.AddSeconds(60)));
        Assert.Equal(["0:01:00 minute"], _log);
        Assert.Equal(Start.AddSeconds(60), _time.GetUtcNow());

        Drive(day);
        Assert.Equal(["0:01:00 minute", "0:01:01 too late"], _log);
    }

    [Fact]
    public void It_stops_at_a_moment_that_nobody_waits_for()
    {
        Assert.False(_time.Drive(new TaskCompletionSource().Task, Start.AddHours(3)));

        Assert.Equal(Start.AddHours(3), _time.GetUtcNow());
    }

    [Fact]
    public void Where_nobody_waits_for_a_moment_it_says_so() =>
        Assert.False(_time.Drive(new TaskCompletionSource().Task, DateTimeOffset.MaxValue));

    [Fact]
    public void A_timer_with_a_period_comes_again_until_it_is_taken_back()
    {
        Drive(_time.Within(async () =>
        {
            using (_time.CreateTimer(
                _ => Note("tick"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)))
                await Task.Delay(TimeSpan.FromSeconds(9), _time);
            await Task.Delay(TimeSpan.FromSeconds(9), _time);
        }));

        Assert.Equal(["0:00:02 tick", "0:00:05 tick", "0:00:08 tick"], _log);
    }

    [Fact]
    public void A_timer_that_was_set_anew_comes_once()
    {
        using var timer = _time.CreateTimer(_ => Note("late"), null, TimeSpan.FromSeconds(1), TimeSpan.Zero);
        timer.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        Drive(_time.Within(() => Task.Delay(TimeSpan.FromSeconds(9), _time)));

        Assert.Equal(["0:00:05 late"], _log);
    }

    /// <summary>A lane sets some each turn and takes them back.</summary>
    [Fact]
    public void A_hundred_thousand_waits_that_were_given_up_leave_nothing_behind()
    {
        Drive(_time.Within(async () =>
        {
            for (var wait = 0; wait < 100_000; wait++)
            {
                using var given = new CancellationTokenSource();
                var late = Task.Delay(TimeSpan.FromHours(1), _time, given.Token);
                await Task.Delay(TimeSpan.FromMilliseconds(1), _time);
                given.Cancel();
                await late.Quietly();
            }
        }));

        Assert.Equal(Start.AddSeconds(100), _time.GetUtcNow());
        Assert.InRange(_time.Waiting, 0, 5_000);
    }

    /// <summary>A commit takes all that was asked for at its moment, whoever asked, and no thread.</summary>
    [Fact]
    public void What_is_written_at_one_moment_is_one_commit()
    {
        using var folder = new TempFolder();
        using var db = SqliteDb.Open(folder.File("a.db"));
        db.Execute("create table row (at)");
        var (commits, threads) = (0, new HashSet<int>());
        var writer = new GroupCommit(db, "test", new CommitSteps(Kept: () => commits++), _time);

        Drive(_time.Within(() => Task.WhenAll(Enumerable.Range(0, 10).Select(async at =>
        {
            for (var round = 0; round < 3; round++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time);
                await writer.WriteAsync(() =>
                {
                    threads.Add(Environment.CurrentManagedThreadId);
                    db.Execute($"insert into row values ({at})");
                });
            }
        }))));

        Assert.Equal(30, db.ReadNumber("select count(*) from row"));
        Assert.Equal(3, commits);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    /// <summary>What waits without its turns goes on upon the pool, and one day is not as the other:
    /// <c>Quietly</c>, not <c>ConfigureAwait</c>.</summary>
    [Theory]
    [InlineData("Storage")]
    [InlineData("Dispatch")]
    [InlineData("Receipts")]
    [InlineData("Conduct")]
    public void No_wait_in_what_sends_leaves_its_turns(string room)
    {
        var leaving = Directory
            .EnumerateFiles(Repository.PathOf($"src/SmsCampaign/{room}"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("ConfigureAwait(", StringComparison.Ordinal));

        Assert.Empty(leaving);
    }

    void Drive(Task day)
    {
        Assert.True(_time.Drive(day, DateTimeOffset.MaxValue));
        day.GetAwaiter().GetResult();
    }

    async Task After(int seconds, string what)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), _time);
        Note(what);
    }

    void Note(string what)
    {
        var passed = _time.GetUtcNow() - Start;
        _log.Add($"{(int)passed.TotalHours}:{passed:mm\\:ss} {what}");
    }
}
