using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Planning;

/// <summary>A campaign's texts to be sent to a few phones by name.</summary>
/// <param name="CampaignFile">As the person gave it; problems repeat it so.</param>
/// <param name="Numbers">As the person wrote them.</param>
/// <param name="Lanes">Those alone, by name; empty: all of the campaign.</param>
public sealed record TestRequest(
    string CampaignFile, string InstallationFile, IReadOnlyList<string> Numbers, IReadOnlyList<string> Lanes);

/// <summary>What is sent as a test through one lane: one text to each phone. It has a ledger of its own.</summary>
/// <param name="Planned">Under the test's own key, of which no other run of the campaign knows.</param>
public sealed record PlannedTest(PlannedCampaign Planned, string Lane, string Message)
{
    public RunKey Key => Planned.Key;

    /// <summary>VND before tax.</summary>
    public decimal CostVnd => Planned.Forecast.CostVnd;
}

/// <summary>What came of planning a test.</summary>
/// <param name="Campaign">As its file says; null where it cannot be read.</param>
/// <param name="Numbers">In the order given.</param>
/// <param name="Problems">All of them, warnings too.</param>
public sealed record TestPlan(
    Campaign? Campaign,
    IReadOnlyList<PlannedTest> Tests,
    IReadOnlyList<PhoneNumber> Numbers,
    IReadOnlyList<Problem> Problems)
{
    public bool HasErrors => Problems.Any(problem => problem.Severity == Severity.Error);

    public long Messages => Tests.Sum(test => test.Planned.Audience.RecipientTotal);

    /// <summary>VND before tax.</summary>
    public decimal CostVnd => Tests.Sum(test => test.CostVnd);

    /// <summary>Tells it from every other: what is sent, to whom, through what and as which of the day's tests.
    /// </summary>
    public string Mark
    {
        get
        {
            IEnumerable<string> all =
            [
                .. Tests.Select(test => $"{test.Key} {test.Lane} {test.Planned.Seal.ToText()}"),
                .. Numbers.Select(number => number.Msisdn.ToString(CultureInfo.InvariantCulture)),
                CostVnd.ToString(CultureInfo.InvariantCulture),
            ];
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))));
        }
    }
}

/// <summary>
/// Plans tests: the campaign's own texts, under its own sender, through its own lanes, to a few phones. Each lane and
/// text is a run of its own beside the campaign's, with a ledger of its own, so that its intents, its rate and its
/// receipts are kept as any run's; under a key that is no campaign's, so that it never counts as one of the campaign's
/// messages, nor keeps a phone from getting that.
/// </summary>
public sealed class TestPlanning(DataFolder data, TimeProvider time)
{
    /// <summary>Most phones of one test.</summary>
    public const int MostNumbers = 10;

    /// <summary>Most ledgers of tests of a campaign and a day: a test is no way to send a campaign.</summary>
    public const int MostADay = 50;

    /// <summary>Reads the files and works out what would be sent. Stores nothing.</summary>
    public TestPlan Plan(TestRequest request)
    {
        var problems = new List<Problem>();
        var now = time.GetUtcNow();
        var files = CampaignFiles.Read(
            new PreparationRequest(request.CampaignFile, request.InstallationFile), null, now, problems,
            filesMayBeGone: true);
        if (files?.ReadTables(problems) is not { } tables)
            return new TestPlan(null, [], [], problems);

        var numbers = ReadNumbers(request.Numbers, new NumberReader(tables.Prefixes), problems);
        var lanes = ChooseLanes(request, files, problems);
        var date = files.Campaign.Schedule.Window.DayOf(now);
        if (numbers.Count == 0)
            lanes = [];
        var texts = files.Campaign.Messages
            .Where(message => files.Campaign.Segments.Any(segment => segment.Message == message.Name))
            .ToList();
        var next = NextNumber(files.Campaign.Id, date, lanes.Count * texts.Count, problems);
        List<PlannedTest> tests = [];
        foreach (var lane in lanes)
        {
            foreach (var text in texts)
            {
                var key = FreeKey(files.Campaign.Id, date, ref next);
                tests.Add(new PlannedTest(Plan(files, key, lane, text, numbers.Count, problems), lane.Name, text.Name));
            }
        }

        return new TestPlan(files.Campaign, tests, numbers, [.. problems.DistinctBy(problem => problem.ToString())]);
    }

    /// <summary>Works out again what a test that is written must say, from the files as they are now.</summary>
    /// <param name="messages">How many it has.</param>
    /// <param name="problems">Gets what keeps it from being sent.</param>
    /// <returns>Null where the files cannot be read, or have no such lane or text.</returns>
    public static PlannedTest? PlanAgain(
        RunKey key,
        string campaignFile,
        string installationFile,
        string lane,
        string message,
        int messages,
        DateTimeOffset now,
        List<Problem> problems)
    {
        var files = CampaignFiles.Read(
            new PreparationRequest(campaignFile, installationFile), null, now, problems, filesMayBeGone: true);
        var (used, text) = (
            files?.Lanes.FirstOrDefault(each => each.Name == lane),
            files?.Campaign.Messages.FirstOrDefault(each => each.Name == message));
        return files is null || used is null || text is null || files.Campaign.Id != key.Tested
            ? null
            : new PlannedTest(Plan(files, key, used, text, messages, problems), lane, message);
    }

    /// <summary>Writes each test's ledger and adds it to the runs, before anything is sent of it.</summary>
    /// <returns>False, and nothing is written, where another test took one of the keys meanwhile, or is being
    /// written.</returns>
    /// <exception cref="LedgerException">The disk is full, or ledger.db cannot be written.</exception>
    public bool TryWrite(TestPlan plan)
    {
        using var alone = PreparingLock.TryTake(data, plan.Tests[0].Key);
        var registry = Ledgers.OpenRegistry(data);
        if (alone is null || plan.Tests.Any(test => IsTaken(test.Key, registry)))
            return false;

        var now = time.GetUtcNow();
        foreach (var test in plan.Tests)
        {
            var (planned, code) = (test.Planned, RunCode.Draw());
            var address = data.AddressOf(test.Key);
            using (var ledger = Ledgers.RunAt(address).Build())
            {
                foreach (var (at, number) in plan.Numbers.Index())
                    ledger.AddMessage(1, new MessageRow(number.Msisdn, 1, 1, CarrierRule.Prefix, 1, at + 1));
                ledger.Complete(
                    planned.Audience, planned.Plan, RunDescriber.Describe(planned, code, [], now));
            }

            // Over from the first: nobody conducts it, and receipts find it all the same.
            registry.AddRun(
                new RunRecord
                {
                    Key = test.Key.ToString(),
                    Campaign = test.Key.Campaign,
                    Date = test.Key.DateText,
                    Code = code,
                    State = RunState.Finished,
                    File = address.StoredIn(data, test.Key),
                    CampaignFile = planned.Campaign.File,
                    Definition = planned.Campaign.Source,
                    DefinitionHash = planned.DefinitionHash,
                    AudienceHash = planned.Audience.Hash,
                    PlanHash = planned.Plan.Hash,
                    Seal = planned.Seal.ToText(),
                },
                now);
            new RunMarks(data).Plan(test.Key, code);
        }

        return true;
    }

    static PlannedCampaign Plan(
        CampaignFiles files, RunKey key, Lane lane, MessageText text, int count, List<Problem> problems)
    {
        // It is a first batch by itself.
        var campaign = files.Campaign with
        {
            Id = key.Campaign,
            Canary = CanaryPolicy.None,
            Guard = GuardPolicy.None,
        };
        var audience = AudienceOf(lane, text, count);
        List<Lane> lanes = [lane];
        var plan = BatchPlanner.Plan(campaign, audience, lanes);
        var forecast = Forecaster.Forecast(campaign, audience, plan, lanes, key.Date, DateTimeOffset.MinValue);

        // What it says of the campaign as a whole, such as a lane to stand in for this one, is not about the test.
        problems.AddRange(
            new PlanProblems(campaign, audience, lanes, plan, forecast, simulated: false, files.Places.Of)
                .Find()
                .Where(problem => problem.Severity == Severity.Error));
        return new PlannedCampaign(
            campaign, files.Installation, key.Date, Simulated: false, lanes, audience, plan, forecast);
    }

    /// <summary>As if all phones were of the lane's first carrier: which network a phone is on is the gateway's to
    /// find out.</summary>
    static ImportedAudience AudienceOf(Lane lane, MessageText text, int count)
    {
        var carrier = lane.Options.Carriers.Count > 0 ? lane.Options.Carriers[0] : lane.Name;
        return new ImportedAudience
        {
            Sources = [new AudienceSource("test-send", "", count)],
            Segments = [new AudienceSegment("gui-thu", text.Name, 1, count)],
            Carriers = [new AudienceCarrier(carrier, carrier, lane.Name)],
            Areas = [""],
            Recipients = [new AudienceCount(1, 1, count)],
            Excluded = new Dictionary<ExclusionReason, long>(),
            Repaired = new Dictionary<string, long>(),
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"test {lane.Name} {text.Name}"))),
        };
    }

    static List<PhoneNumber> ReadNumbers(
        IReadOnlyList<string> written, NumberReader reader, List<Problem> problems)
    {
        var numbers = new List<PhoneNumber>();
        for (var at = 0; at < written.Count; at++)
        {
            var read = reader.Read(written[at]);
            if (read.IsMobile)
            {
                if (!numbers.Contains(read.Number))
                    numbers.Add(read.Number);
                continue;
            }

            var (place, shown) = (at + 1, NumberMask.In(written[at]));
            problems.Add(new Problem(null, new Wording(
                $"Số nhận thử: số thứ {place} ('{shown}') không phải số di động Việt Nam. Hãy ghi như 0912345678.",
                $"The phones: number {place} ('{shown}') is no Vietnamese mobile number. Write it as 0912345678.")));
        }

        if (written.Count == 0)
            problems.Add(new Problem(null, new Wording(
                "Cần ít nhất một số nhận thử.", "Give at least one phone to send to.")));
        if (numbers.Count > MostNumbers)
            problems.Add(new Problem(null, new Wording(
                $"Số nhận thử: có {Figures.Count(numbers.Count)} số, mỗi lần gửi thử nhiều nhất {MostNumbers} số.",
                $"The phones: there are {Figures.Counted(numbers.Count, "number")}, a test has {MostNumbers} at "
                    + $"most.")));
        return numbers;
    }

    static List<Lane> ChooseLanes(TestRequest request, CampaignFiles files, List<Problem> problems)
    {
        var known = string.Join(", ", files.Lanes.Select(lane => lane.Name));
        problems.AddRange(request.Lanes
            .Where(name => files.Lanes.All(lane => lane.Name != name))
            .Select(name => new Problem(null, new Wording(
                $"Chiến dịch không dùng kênh gửi nào tên '{name}'. Đang dùng: {known}.",
                $"The campaign has no lane called '{name}'. It has: {known}."))));
        return [.. files.Lanes.Where(lane => request.Lanes.Count == 0 || request.Lanes.Contains(lane.Name))];
    }

    /// <summary>The first from a number on of which there is no ledger: one may be left of a test that was cut off
    /// before it stood among the runs.</summary>
    RunKey FreeKey(string campaign, DateOnly date, ref int next)
    {
        while (true)
        {
            var key = RunKey.OfTest(campaign, date, next++);
            if (!Ledgers.RunAt(data.AddressOf(key)).Exists)
                return key;
        }
    }

    bool IsTaken(RunKey key, IRegistry registry) =>
        registry.Find(key) is not null || Ledgers.RunAt(data.AddressOf(key)).Exists;

    /// <param name="wanted">How many ledgers this test has.</param>
    int NextNumber(string campaign, DateOnly date, int wanted, List<Problem> problems)
    {
        var tests = (Ledgers.FindRegistry(data)?.ReadRuns() ?? [])
            .Select(run => run.FindKey())
            .OfType<RunKey>()
            .Where(key => key.IsTest && key.Tested == campaign && key.Date == date)
            .ToList();
        if (tests.Count + wanted > MostADay)
        {
            var (done, more) = (Figures.Counted(tests.Count, "part"), Figures.Count(wanted));
            problems.Add(new Problem(null, new Wording(
                $"Hôm nay đã gửi thử {done} phần của chiến dịch này (mỗi kênh gửi và mỗi tin là một phần), lần này "
                    + $"thêm {more}; nhiều nhất {MostADay} phần một ngày. Hãy chọn ít kênh gửi hơn, hoặc chờ ngày mai.",
                $"This campaign was tested in {done} today (each lane and text is one), and this has {more}; "
                    + $"{MostADay} a day at most. Choose fewer lanes, or wait for tomorrow.")));
        }

        return tests.Select(key => key.TestNumber).DefaultIfEmpty().Max() + 1;
    }
}
