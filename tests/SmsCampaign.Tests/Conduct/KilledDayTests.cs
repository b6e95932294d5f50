using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Conduct;

/// <summary>
/// One run over several evenings, 19:00 to 19:02, whose process is killed (SIGKILL) thirty times, at moments left to
/// chance: before it is due, at the first message, in the middle, between an answer and its record, as a person pauses,
/// resumes, extends and calls off, at closing, in the night, while receipts are waited for and as the report is
/// written. Its ledgers are real files; the next process finds what was on the disk then.
/// </summary>
[Trait("Category", "Slow")]
public sealed class KilledDayTests : IDisposable
{
    /// <summary>Set it to a seed that was printed, to meet the same chances again.</summary>
    const string SeedVariable = "SMS_CAMPAIGN_KILLS_SEED";

    const int Kills = 30;
    const int Each = 400;

    /// <summary>Of each lane.</summary>
    const int MaxInFlight = 32;

    static readonly Who Officer = new("Trần Thị B", "b", "may");
    static readonly Wording Words = new("lãnh đạo gọi", "the leader phoned");

    readonly int _seed = int.TryParse(
        Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();

    readonly DayCase _day = new("30 18:59:30", Each, "19:00", "19:02", leaps: true) { HeedsOrders = true };
    readonly Random _chance;
    readonly List<string> _killed = [];

    /// <summary>What the next process is killed by; each is done with once it has.</summary>
    Action? _atArrival;
    Action? _atDecision;
    int _arrivalsLeft;
    string _decision = "";

    public KilledDayTests(ITestOutputHelper output)
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        _chance = new Random(_seed);
        _day.OfViettel = _day.OfVinaphone = (_, _) => Answer();
        _day.Told.OnDecided = NoteDecided;
    }

    public void Dispose() => _day.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_thirty_times_nobody_gets_it_twice_everybody_is_accounted_for_and_the_report_balances(
        bool isCalledOff)
    {
        _day.Approve();
        await KillAfterAsync("before it is due", 3, Seconds(29));
        await KillAtArrivalAsync("the first message", 1);
        await SendAndKillAsync(6);
        await KillAtDecisionAsync("closing", "closed");
        await KillAfterAsync("in the night", 1, TimeSpan.FromMinutes(2), DateTimeOffset.MaxValue);

        _day.AdvanceTo("31 18:59:50");
        await KillAfterAsync("before it is due", 1, Seconds(9));
        await SendAndKillAsync(5);
        await ExtendAndKillAsync();
        if (isCalledOff)
            await CallOffAndKillAsync();
        else
            await SendOnAsync();

        while (_killed.Count < Kills - 4)
            await KillWhileReceiptsAreAwaitedAsync();
        await KillAtReportAsync("before the report", isBefore: true);
        await KillAtReportAsync("in the middle of the report", isBefore: false, Halve);
        await KillAtReportAsync("after the report", isBefore: false);
        await KillAtDecisionAsync("before its end is written down", "finished");

        await _day.ConductAsync();

        Assert.Equal(Kills, _killed.Count);
        Judge(isCalledOff);
    }

    void Judge(bool isCalledOff)
    {
        var run = _day.Registry.Find(DayCase.Key)!;
        Assert.Equal(isCalledOff ? RunState.Cancelled : RunState.Finished, run.State);

        var (messages, received) = (_day.ReadMessages(), _day.Received);
        Assert.Equal(2 * Each, messages.Select(message => message.Phone).Distinct().Count());
        Say(received.Where(phone => phone.Value != 1).Select(phone => $"{phone.Key} got it {phone.Value} times"));
        Say(messages
            .Where(message => message.Status switch
            {
                MessageStatus.Accepted => !received.ContainsKey(message.Phone),
                MessageStatus.Leftover => received.ContainsKey(message.Phone) || !isCalledOff,
                MessageStatus.Uncertain => false,
                _ => true,
            })
            .Select(message => $"{message} got it {received.GetValueOrDefault(message.Phone)} times"));
        Assert.InRange(
            messages.Count(message => message.Status == MessageStatus.Uncertain), 1, Kills * 2 * MaxInFlight);
        if (isCalledOff)
            Assert.Contains("\r\nChưa gửi vì: đã hủy theo quyết định,", _day.ReadSummary(), StringComparison.Ordinal);

        Say(_day.ReadHandOvers()
            .Where(at => at.TimeOfDay < TimeSpan.FromHours(12) || at.TimeOfDay >= LatestOf(at))
            .Select(at => $"handed over at {at}"));
        Assert.Contains("\r\nCân đối,đúng,", _day.ReadSummary(), StringComparison.Ordinal);
        Assert.Equal(15, Directory.GetFiles(RunReport.FolderOf(_day.Data, DayCase.Key)).Length);
        Assert.Empty(RunVerification.Find(_day.Data, run, run.ApprovedHash, CancellationToken.None));
        Assert.Empty(_day.Registry.Audit.Verify(ledgers: true).Findings.Select(finding => finding.En));

        void Say(IEnumerable<string> faults)
        {
            var all = faults.ToList();
            Assert.True(
                all.Count == 0,
                $"{SeedVariable}={_seed}: {string.Join("; ", all)} ({string.Join(", ", _killed)})");
        }

        // In UTC; the second evening was extended by a minute.
        static TimeSpan LatestOf(DateTimeOffset at) => new TimeSpan(
            0, 12, at.Day == 31 ? 3 : 2, 0, milliseconds: 2);
    }

    NightAnswer Answer()
    {
        if (_atArrival is { } kill && --_arrivalsLeft <= 0)
        {
            _atArrival = null;
            kill();
        }

        return _chance.Next(30) switch
        {
            0 => NightAnswer.Broken(taken: true),
            1 => NightAnswer.Broken(taken: false),
            2 => new NightAnswer(false, SendResult.Busy("HTTP 503")),
            < 10 => NightAnswer.Accepted with { After = Seconds(3) },

            // One that was killed as it arrived: taken or not, nobody learns.
            _ when _day.IsKilled && _chance.Next(2) == 0 => NightAnswer.Broken(taken: false),
            _ => NightAnswer.Accepted,
        };
    }

    void NoteDecided()
    {
        if (_atDecision is { } kill && !_day.IsKilled && _day.Told.Words.Last() == _decision)
        {
            _atDecision = null;
            kill();
        }
    }

    void Kill(string when)
    {
        if (_day.IsKilled)
            return;

        _killed.Add(when);
        _day.Kill();
    }

    /// <summary>Kills the process that lives now, and no other.</summary>
    async Task KillLaterAsync(string when, TimeSpan after)
    {
        var before = _killed.Count;
        await Task.Delay(after, _day.Time);
        if (_killed.Count == before)
            Kill(when);
    }

    async Task KillAfterAsync(string when, int times, TimeSpan longest, DateTimeOffset? livesUntil = null)
    {
        for (var time = 0; time < times; time++)
        {
            _day.Beside = (_, _) =>
            {
                _ = KillLaterAsync(when, longest * _chance.NextDouble() / times);
                return Task.CompletedTask;
            };
            await ConductKilledAsync(livesUntil);
        }

        _day.Beside = null;
    }

    async Task KillAtArrivalAsync(string when, int arrival, Action? order = null, TimeSpan after = default)
    {
        _arrivalsLeft = arrival;
        _atArrival = () =>
        {
            order?.Invoke();
            if (after == default)
                Kill(when);
            else
                _ = KillLaterAsync(when, after);
        };
        await ConductKilledAsync();
    }

    async Task KillAtDecisionAsync(string when, string decision)
    {
        (_decision, _atDecision) = (decision, () => Kill(when));
        await ConductKilledAsync();
    }

    async Task KillAtReportAsync(string when, bool isBefore, Action? to = null)
    {
        _day.Change = stages => stages with
        {
            WriteReport = (run, receipts) =>
            {
                if (isBefore)
                    Kill(when);
                var report = stages.WriteReport(run, receipts);
                if (!_day.IsKilled)
                {
                    to?.Invoke();
                    Kill(when);
                }

                return report;
            },
        };
        await ConductKilledAsync();
        _day.Change = stages => stages;
    }

    /// <summary>As it is where half of the files are in their places.</summary>
    void Halve()
    {
        foreach (var file in Directory.GetFiles(RunReport.FolderOf(_day.Data, DayCase.Key)).Order().Skip(5))
            File.Delete(file);
    }

    /// <summary>In the middle of sending; with a person who pauses and lets it go on in between.</summary>
    async Task SendAndKillAsync(int times)
    {
        var pause = _chance.Next(times - 1);
        for (var time = 0; time < times; time++)
        {
            var arrival = _chance.Next(1, 8);
            if (time == pause)
            {
                await KillAtArrivalAsync("as a person pauses it", arrival, Pause, SomeTime());
                await ResumeAndKillAsync();
                time++;
            }
            else if (_chance.Next(2) == 0)
            {
                await KillAtArrivalAsync("between an answer and its record", arrival);
            }
            else
            {
                await KillAtArrivalAsync("while it sends", arrival, null, Seconds(3 * _chance.NextDouble()));
            }
        }
    }

    /// <summary>Nothing has left since it began, although it is sent again from now on.</summary>
    async Task ResumeAndKillAsync()
    {
        var arrived = CountArrived();
        _day.Beside = async (_, over) =>
        {
            await Task.Delay(Seconds(4), _day.Time, over).Quietly();
            Assert.Equal(arrived, CountArrived());
            Resume();
            await KillLaterAsync("as a person lets it go on", SomeTime());
        };
        await ConductKilledAsync();
        _day.Beside = null;
    }

    Task ExtendAndKillAsync() => KillAtArrivalAsync("as a person extends the window", 1, Extend, SomeTime());

    async Task CallOffAndKillAsync()
    {
        await KillAtArrivalAsync("as a person calls it off", 2, () => Give(OrderKind.Cancel), SomeTime());
        _day.Change = stages => stages with
        {
            LeaveAsync = async (run, why, lane, at) =>
            {
                await stages.LeaveAsync(run, why, lane, at);
                Kill("as what is left is left over");
            },
        };
        await ConductKilledAsync();
        _day.Change = stages => stages;
    }

    /// <summary>The rest of the second evening, and the third.</summary>
    async Task SendOnAsync()
    {
        await KillAtDecisionAsync("closing", "closed");
        await SendAndKillAsync(3);
    }

    async Task KillWhileReceiptsAreAwaitedAsync()
    {
        _day.Change = stages => stages with
        {
            AwaitReceiptsAsync = (run, stopping) =>
            {
                _ = KillLaterAsync("while receipts are waited for", Seconds(_chance.NextDouble()));
                return stages.AwaitReceiptsAsync(run, stopping);
            },
        };
        await ConductKilledAsync();
        _day.Change = stages => stages;
    }

    /// <summary>No process, or a process that has noticed, or one that has not.</summary>
    TimeSpan SomeTime() => _chance.Next(3) switch { 0 => default, 1 => Seconds(0.1), _ => Seconds(0.7) };

    /// <param name="livesUntil">Null: a process that has nothing to do for hours ends.</param>
    async Task ConductKilledAsync(DateTimeOffset? livesUntil = null)
    {
        var before = _killed.Count;
        await (livesUntil is { } until ? _day.WorkAsync(DayCase.Key, until) : _day.ConductAsync());
        Assert.True(
            _killed.Count == before + 1,
            $"{SeedVariable}={_seed}: a process lived on, or was not killed ({string.Join(", ", _killed)})");
    }

    void Pause() => Give(OrderKind.Pause);

    void Give(OrderKind kind) => _day.Registry.Orders.Give(
        new NewOrder(kind, new OrderScope(DayCase.Key, null), Officer, "lãnh đạo gọi"), Words, _day.Time.GetUtcNow());

    void Resume()
    {
        var pause = _day.Registry.Orders.Read().Single(order => order.Kind == OrderKind.Pause);
        Assert.True(_day.Registry.Orders.Lift(pause, Officer, "xong", Words, _day.Time.GetUtcNow()));
    }

    void Extend()
    {
        var now = _day.Time.GetUtcNow();
        _day.Registry.Extend(
            DayCase.Key,
            WindowExtension.Of(new DateOnly(2025, 7, 31), new TimeOnly(19, 3), Officer, "lãnh đạo gọi"),
            new Decision(DayCase.Key, DayCase.Local("31 19:03:00"), now, DecisionKind.Extended, Words));
    }

    int CountArrived() => _day.Viettel.Arrived.Count + _day.Vinaphone.Arrived.Count;

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
