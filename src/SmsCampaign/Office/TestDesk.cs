using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What somebody wants to send to a few phones.</summary>
/// <param name="Campaign">Its file, or the id of one that was planned.</param>
/// <param name="Numbers">As they were written.</param>
/// <param name="Lanes">Those alone, by name; empty: all of the campaign.</param>
/// <param name="OutsideHours">Whether it may go outside the campaign's hours.</param>
/// <param name="Reason">On what grounds, for the record; null: nobody is asked for them.</param>
public sealed record TestOrder(
    string Campaign,
    IReadOnlyList<string> Numbers,
    IReadOnlyList<string> Lanes,
    bool OutsideHours,
    string? Reason = null);

/// <summary>What came of looking at a test before it is sent.</summary>
public abstract record TestLook
{
    TestLook()
    {
    }

    /// <param name="Problems">All that keeps it from being sent.</param>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : TestLook;

    public sealed record NoRun(RunSearch Search) : TestLook;

    /// <summary>It may be sent. Nothing is stored yet.</summary>
    public sealed record Ready(TestPlan Plan) : TestLook;
}

/// <summary>What came of having one sent.</summary>
public abstract record TestStart
{
    TestStart()
    {
    }

    /// <summary>The worker sends them.</summary>
    public sealed record ByWorker(IReadOnlyList<RunKey> Tests) : TestStart;

    /// <summary>No worker runs: whoever asks sends them, under the turn it took.</summary>
    public sealed record ByCaller(IReadOnlyList<RunKey> Tests) : TestStart;

    /// <summary>Nothing is sent of those that are not among the others.</summary>
    /// <param name="Why">Of each.</param>
    public sealed record Refused(IReadOnlyList<RunKey> Sent, IReadOnlyList<Wording> Why) : TestStart;

    /// <summary>The worker has not said of some whether it sends them: it may yet, for
    /// <see cref="TestDesk.GoodFor"/> after they were asked.</summary>
    /// <param name="Sent">Those that the worker sends.</param>
    /// <param name="Open">Those of which it is not known.</param>
    /// <param name="Why">Of those, and of what is refused of the others.</param>
    public sealed record Unclear(
        IReadOnlyList<RunKey> Sent, IReadOnlyList<RunKey> Open, IReadOnlyList<Wording> Why) : TestStart;

    /// <summary>Another test of the campaign was written since it was looked at, or is being written: the very same
    /// one, of a button that was pressed twice, or somebody else's. Nothing is sent beside it.</summary>
    public sealed record IsTaken : TestStart;

    /// <summary>Another process sends that takes up no tests, such as <c>send</c>; or none does, and whoever asks does
    /// not either.</summary>
    public sealed record IsBusy : TestStart;
}

/// <summary>
/// Sends the texts of a campaign to a few phones by name. What is sent is written first, in a ledger of its own for
/// each lane and text; the worker sends it where one runs, so that it counts by the accounts' pace, and else whoever
/// asks.
/// </summary>
public sealed partial class TestDesk(DataFolder data, string installationFile, TimeProvider time)
{
    /// <summary>Most phones of one test.</summary>
    public const int MostNumbers = TestPlanning.MostNumbers;

    /// <summary>Most characters of <see cref="TestOrder.Reason"/>.</summary>
    public const int LongestReason = 1_000;

    /// <summary>How long after it was asked the worker begins a test; what it has not begun by then is never
    /// sent: who asked has read that nothing came, and phones ring at no odd hour.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(2);

    /// <summary>How long after it was written something of a test may yet go: it is begun within
    /// <see cref="GoodFor"/> of being asked, which is at once, and tried for a while then.</summary>
    static readonly TimeSpan Lasts = GoodFor + TestSending.LongestUnlessSaid + TimeSpan.FromMinutes(1);

    /// <summary>Kind of the command. Stored: never rename.</summary>
    internal const string Send = "test-send";

    /// <summary>Looks at what would be sent. Stores nothing.</summary>
    public TestLook Look(Who who, TestOrder order)
    {
        if (FindFile(order.Campaign, out var search) is not { } file)
            return new TestLook.NoRun(search!);

        var plan = new TestPlanning(data, time).Plan(
            new TestRequest(file, installationFile, order.Numbers, order.Lanes));
        var problems = plan.Problems.ToList();
        if (!who.IsNamed)
            problems.Insert(0, new Problem(null, new Wording(
                "Cần ghi người gửi thử: --by \"Họ tên\".", "Say who sends the test: --by NAME.")));
        if (order.Reason is { } reason && string.IsNullOrWhiteSpace(reason))
            problems.Insert(0, new Problem(null, new Wording("Cần ghi lý do gửi thử.", "Say why the test is sent.")));
        if (order.Reason?.Length > LongestReason)
            problems.Insert(0, new Problem(null, new Wording(
                $"Lý do gửi thử dài {Figures.Count(order.Reason.Length)} ký tự, nhiều nhất "
                    + $"{Figures.Count(LongestReason)}. Hãy viết gọn lại.",
                $"The reason has {Figures.Counted(order.Reason.Length, "character")}, of "
                    + $"{Figures.Count(LongestReason)} at most. Make it shorter.")));
        var now = time.GetUtcNow();
        if (plan.Campaign is { Schedule.Window: var window }
            && !order.OutsideHours
            && !window.IsOpen(now, window.DayOf(now)))
            problems.Add(new Problem(null, TestSending.OutsideHours(window)));
        return problems.Exists(problem => problem.Severity == Severity.Error)
            ? new TestLook.Refused(problems)
            : new TestLook.Ready(plan);
    }

    /// <summary>Writes what is to be sent, and has it sent.</summary>
    /// <param name="ready">As it was looked at.</param>
    /// <param name="turn">Is taken where no worker runs; null: whoever asks sends nothing itself, the worker alone
    /// does.</param>
    /// <param name="cancellationToken">Ends the waiting for the worker; what was asked stands.</param>
    public async Task<TestStart> StartAsync(
        Who who, TestOrder order, TestLook.Ready ready, SendingTurn? turn, CancellationToken cancellationToken)
    {
        // Taken before anything is written: which of the two it is must not change in between.
        var isCaller = turn?.TryTake() == true;
        var worker = WorkerSight.Read(data, time.GetUtcNow());
        if (!isCaller && worker is not { State: WorkerState.Runs, Sign.Verb: "worker" })
            return new TestStart.IsBusy();

        var registry = Ledgers.OpenRegistry(data);
        var numbers = string.Join(", ", ready.Plan.Numbers.Select(number => number.Masked));
        var why = order.Reason is { } reason ? $". {NumberMask.In(reason.Trim())}" : "";

        // Said before it is done: cut off in between, the chain says more than was done, never less.
        foreach (var test in ready.Plan.Tests)
            registry.RecordEvent(
                who,
                Send,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{test.Key}: lane {test.Lane}, message {test.Message}, {numbers}{why}"),
                time.GetUtcNow());
        if (!new TestPlanning(data, time).TryWrite(ready.Plan))
            return new TestStart.IsTaken();
        IReadOnlyList<RunKey> keys = [.. ready.Plan.Tests.Select(test => test.Key)];
        return isCaller ? new TestStart.ByCaller(keys) : await AskAsync(who, order, keys, cancellationToken);
    }

    /// <summary>Begins to send tests in this process, which holds the turn to send.</summary>
    /// <returns>Why not; none where they are being sent.</returns>
    public IReadOnlyList<Wording> Begin(Station station, TestOrder order, IReadOnlyList<RunKey> tests)
    {
        var sending = new TestSending(station, installationFile);
        var runs = tests
            .Select(key => station.Registry.Find(key)!)
            .Where(run => !station.Tests.Has(run.Key))
            .ToList();
        IReadOnlyList<Wording> refused =
            [.. runs.Select(run => sending.FindRefusal(run, order.OutsideHours)).OfType<Wording>().Distinct()];
        foreach (var run in refused.Count == 0 ? runs : [])
            station.Tests.Begin(run.Key, stopping => sending.SendAsync(run, order.OutsideHours, stopping));
        return refused;
    }

    /// <summary>Where each message of some tests stands now.</summary>
    public IReadOnlyList<TestMessage> Read(IReadOnlyList<RunKey> tests)
    {
        var registry = Ledgers.OpenRegistry(data);
        return [.. tests
            .Select(registry.Find)
            .OfType<RunRecord>()
            .Select(run => run.AddressIn(data))
            .SelectMany(address => ReadAll(address, StoredRun.Read(address)))];
    }

    /// <summary>The tests of a campaign and a day, the latest first.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public IReadOnlyList<RunKey> Find(string campaign, DateOnly date) =>
    [
        .. (Ledgers.FindRegistry(data)?.ReadRuns() ?? [])
            .Select(run => run.FindKey())
            .OfType<RunKey>()
            .Where(key => key.IsTest && key.Tested == campaign && key.Date == date)
            .OrderByDescending(key => key.TestNumber),
    ];

    /// <summary>A test as it stands now, be its ledger broken.</summary>
    public SentTest Read(RunKey test)
    {
        try
        {
            var address = data.AddressOf(test);
            var stored = StoredRun.Read(address);
            return new SentTest(test, stored.Origin.Audience.Segments[0].Message, ReadAll(address, stored), null);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException) // a damaged file can break whatever reads it
        {
            return new SentTest(test, "", [], StorageFaults.Describe(broken, data) ?? FaultWords.Of(broken));
        }
    }

    /// <summary>As they stand. What is planned and can go no more is left over, although nobody has settled it: no
    /// worker took it up, or one was cut off.</summary>
    IReadOnlyList<TestMessage> ReadAll(RunAddress address, StoredRun stored)
    {
        var messages = TestMessage.ReadAll(address);
        return stored.Description.CreatedAt is { } written && time.GetUtcNow() - written > Lasts
            ? [.. messages.Select(message => message.Status == MessageStatus.Planned
                ? message with { Status = MessageStatus.Leftover }
                : message)]
            : messages;
    }

    /// <summary>Does what <see cref="StartAsync"/> asks for, in the worker: begins, and does not wait for the end.
    /// What has begun before is not begun again, and what was asked longer than <see cref="GoodFor"/> ago, or on
    /// another day, not at all.</summary>
    internal static CommandAnswer Begin(AskedCommand command, Station station)
    {
        var asked = JsonSerializer.Deserialize(command.Arguments, TestJson.Default.AskedTest)!;
        var sending = new TestSending(station, asked.Installation);
        if (command.Run is not { } name || station.Registry.Find(RunKey.ParseStored(name, "command")) is not { } run)
            return new CommandAnswer(CommandOutcome.Refused, new Wording(
                "Không có lượt gửi thử này.", "There is no such test."));

        // One that this process has begun is no reason to refuse it: whoever asks again is told the same.
        var now = station.Clock.Time.GetUtcNow();
        if (!station.Tests.Has(run.Key)
            && (FindLate(asked.At, now) ?? sending.FindRefusal(run, asked.OutsideHours, now)) is { } why)
            return new CommandAnswer(CommandOutcome.Refused, why);

        station.Tests.Begin(run.Key, stopping => sending.SendAsync(run, asked.OutsideHours, stopping));
        return new CommandAnswer(CommandOutcome.Done, new Wording(
            "Dịch vụ gửi đã nhận và đang gửi thử.", "The worker has taken it up and sends the test."));
    }

    /// <summary>Whether a test was asked too long ago to be begun; null where it was not. A clock that was put back
    /// since counts as well.</summary>
    static Wording? FindLate(DateTimeOffset asked, DateTimeOffset now)
    {
        if ((now - asked).Duration() <= GoodFor && VietnamTime.DateOf(asked) == VietnamTime.DateOf(now))
            return null;

        var at = VietnamTime.Moment(asked);
        return new Wording(
            $"Lần gửi thử này được yêu cầu lúc {at}; dịch vụ gửi không nhận trong {Minutes} phút nên KHÔNG gửi nữa. "
                + $"Hãy gửi thử lần mới.",
            $"This test was asked at {at}, and the worker did not take it up within {Minutes}: it is NOT sent any "
                + $"more. Make another.");
    }

    async Task<TestStart> AskAsync(
        Who who, TestOrder order, IReadOnlyList<RunKey> tests, CancellationToken cancellationToken)
    {
        var desk = new CommandDesk(data, time);
        var arguments = JsonSerializer.Serialize(
            new AskedTest(Path.GetFullPath(installationFile), order.OutsideHours, time.GetUtcNow()),
            TestJson.Default.AskedTest);

        // All are asked before any answer is waited for: a worker that hangs is waited for once.
        var asked = tests
            .Select(test => desk.AskAsync(
                new CommandOrder(Send, test, arguments, "{}", who), CommandDesk.Patience, cancellationToken))
            .ToList();
        var (sent, open, why) = (new List<RunKey>(), new List<RunKey>(), new List<Wording>());
        foreach (var (test, result) in tests.Zip(await Task.WhenAll(asked)))
        {
            switch (result)
            {
                case CommandResult.Answered({ Outcome: CommandOutcome.Done }):
                    sent.Add(test);
                    break;
                case CommandResult.Answered({ Words: var words }):
                    why.Add(words);
                    break;
                case CommandResult.Unanswered late:
                    open.Add(test);
                    why.Add(late.ToWords(MayYet));
                    break;
                default:
                    why.Add(new Wording(
                        "Dịch vụ gửi vừa dừng; chưa gửi tin nào của phần này. Hãy chạy lại lệnh.",
                        "The worker has just ended; nothing of this part was sent. Run this again."));
                    break;
            }
        }

        return open.Count > 0 ? new TestStart.Unclear(sent, open, why)
            : why.Count > 0 ? new TestStart.Refused(sent, why)
            : new TestStart.ByWorker(sent);
    }

    static Wording Minutes { get; } = Figures.Counted((int)GoodFor.TotalMinutes, "minute");

    /// <summary>What becomes of a test that the worker has not answered.</summary>
    static Wording MayYet { get; } = new(
        $"phần này CÒN CÓ THỂ được gửi trong {Minutes} phút kể từ lúc yêu cầu, sau đó thì không",
        $"this part MAY YET be sent within {Minutes} of being asked, and not later");

    /// <param name="search">What there is instead; set where it is neither a file nor a run's.</param>
    string? FindFile(string campaign, out RunSearch? search)
    {
        search = null;
        if (File.Exists(campaign))
            return campaign;

        search = KnownRuns.Find(data, new WantedRun(campaign, null, Simulated: false));
        return search is RunSearch.Found { Run: var run } ? run.CampaignFile : null;
    }

    /// <param name="Installation">Full path of the installation file that the test was planned by.</param>
    /// <param name="At">When it was asked: what is written without it was asked too long ago.</param>
    internal sealed record AskedTest(string Installation, bool OutsideHours, DateTimeOffset At);
}

[JsonSerializable(typeof(TestDesk.AskedTest))]
sealed partial class TestJson : JsonSerializerContext;
