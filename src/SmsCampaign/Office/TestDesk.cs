using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmsCampaign.Conduct;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What somebody wants to send to a few phones.</summary>
/// <param name="Campaign">Its file, or the id of one that was planned.</param>
/// <param name="Numbers">As they were written.</param>
/// <param name="Lanes">Those alone, by name; empty: all of the campaign.</param>
/// <param name="OutsideHours">Whether it may go outside the campaign's hours.</param>
public sealed record TestOrder(
    string Campaign, IReadOnlyList<string> Numbers, IReadOnlyList<string> Lanes, bool OutsideHours);

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

    /// <summary>Another process sends that takes up no tests, such as <c>send</c>.</summary>
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
    /// <param name="turn">Is taken where no worker runs.</param>
    /// <param name="cancellationToken">Ends the waiting for the worker; what was asked stands.</param>
    public async Task<TestStart> StartAsync(
        Who who, TestOrder order, TestLook.Ready ready, SendingTurn turn, CancellationToken cancellationToken)
    {
        // Taken before anything is written: which of the two it is must not change in between.
        var isCaller = turn.TryTake();
        var worker = WorkerSight.Read(data, time.GetUtcNow());
        if (!isCaller && worker is not { State: WorkerState.Runs, Sign.Verb: "worker" })
            return new TestStart.IsBusy();

        var registry = Ledgers.OpenRegistry(data);
        var numbers = string.Join(", ", ready.Plan.Numbers.Select(number => number.Masked));

        // Said before it is done: cut off in between, the chain says more than was done, never less.
        foreach (var test in ready.Plan.Tests)
            registry.RecordEvent(
                who,
                Send,
                string.Create(
                    CultureInfo.InvariantCulture, $"{test.Key}: lane {test.Lane}, message {test.Message}, {numbers}"),
                time.GetUtcNow());
        if (!new TestPlanning(data, time).TryWrite(ready.Plan))
            return new TestStart.Refused([], [new Wording(
                "Lúc này có người khác cũng đang gửi thử chiến dịch này. Chưa gửi gì; hãy chạy lại.",
                "Somebody else is testing this campaign at this very moment. Nothing was sent; run it again.")]);
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
            .SelectMany(run => TestMessage.ReadAll(run.AddressIn(data)))];
    }

    /// <summary>Does what <see cref="StartAsync"/> asks for, in the worker: begins, and does not wait for the end.
    /// What has begun before is not begun again.</summary>
    internal static CommandAnswer Begin(AskedCommand command, Station station)
    {
        var asked = JsonSerializer.Deserialize(command.Arguments, TestJson.Default.AskedTest)!;
        var sending = new TestSending(station, asked.Installation);
        if (command.Run is not { } name || station.Registry.Find(RunKey.ParseStored(name, "command")) is not { } run)
            return new CommandAnswer(CommandOutcome.Refused, new Wording(
                "Không có lượt gửi thử này.", "There is no such test."));

        // One that this process has begun is no reason to refuse it: whoever asks again is told the same.
        if (!station.Tests.Has(run.Key) && sending.FindRefusal(run, asked.OutsideHours) is { } why)
            return new CommandAnswer(CommandOutcome.Refused, why);

        station.Tests.Begin(run.Key, stopping => sending.SendAsync(run, asked.OutsideHours, stopping));
        return new CommandAnswer(CommandOutcome.Done, new Wording(
            "Dịch vụ gửi đã nhận và đang gửi thử.", "The worker has taken it up and sends the test."));
    }

    async Task<TestStart> AskAsync(
        Who who, TestOrder order, IReadOnlyList<RunKey> tests, CancellationToken cancellationToken)
    {
        var desk = new CommandDesk(data, time);
        var arguments = JsonSerializer.Serialize(
            new AskedTest(Path.GetFullPath(installationFile), order.OutsideHours), TestJson.Default.AskedTest);
        var (sent, refused) = (new List<RunKey>(), new List<Wording>());
        foreach (var test in tests)
        {
            switch (await desk.AskAsync(
                new CommandOrder(Send, test, arguments, "{}", who), CommandDesk.Patience, cancellationToken))
            {
                case CommandResult.Answered({ Outcome: CommandOutcome.Done }):
                    sent.Add(test);
                    break;
                case CommandResult.Answered({ Words: var words }):
                    refused.Add(words);
                    break;
                case CommandResult.Unanswered late:
                    sent.Add(test); // it may yet
                    refused.Add(late.ToWords());
                    break;
                default:
                    refused.Add(new Wording(
                        "Dịch vụ gửi vừa dừng; chưa gửi tin nào của phần này. Hãy chạy lại lệnh.",
                        "The worker has just ended; nothing of this part was sent. Run this again."));
                    break;
            }
        }

        return refused.Count == 0 ? new TestStart.ByWorker(sent) : new TestStart.Refused(sent, refused);
    }

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
    internal sealed record AskedTest(string Installation, bool OutsideHours);
}

[JsonSerializable(typeof(TestDesk.AskedTest))]
sealed partial class TestJson : JsonSerializerContext;
