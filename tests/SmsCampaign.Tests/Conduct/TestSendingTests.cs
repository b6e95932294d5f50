using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Office.Readiness;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>Tests of a campaign of four subscribers on two stand-in lanes, within its hours unless said
/// otherwise.</summary>
[Trait("Category", "Slow")]
public sealed class TestSendingTests : IAsyncDisposable
{
    static readonly Who Officer = new("Trần Thị B", "b", "may");

    readonly PreparationFolder _folder = new();
    readonly MovingTime _time = new(PreparationFolder.MorningBefore, TimeSpan.FromMicroseconds(1));
    readonly ScriptedCarrier _carrier;
    SendResult? _answer;
    Station? _station;

    public TestSendingTests() => _carrier = new ScriptedCarrier(
        message => _answer ?? SendResult.Accepted("id-" + message.Reference));

    public async ValueTask DisposeAsync()
    {
        if (_station is not null)
            await _station.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_real_text_goes_under_the_real_sender_to_each_phone_through_each_lane()
    {
        var tests = await WriteAsync();

        foreach (var test in tests)
            await SendAsync(test);

        Assert.Equal(2, tests.Count);
        var sent = _carrier.Calls.SelectMany(call => call).ToList();
        Assert.Equal(4, sent.Count);
        Assert.All(sent, message => Assert.Equal(
            ("CHINH PHU", "Toàn dân phòng, chống mua bán người"), (message.Sender, message.Text.Value)));
        Assert.Equal([84911234563, 84981234561], sent.Select(message => message.To.Msisdn).Distinct().Order());
        Assert.All(Desk.Read(tests), message => Assert.Equal(MessageStatus.Accepted, message.Status));
        Assert.All(tests, test => Assert.Empty(Ledgers.RunAt(_folder.Data.AddressOf(test)).ReadTrials()));
    }

    /// <summary>Counted by the account, and by nobody as one of the campaign's messages.</summary>
    [Fact]
    public async Task It_counts_for_the_account_and_not_for_the_campaign()
    {
        _folder.Prepare();
        var tests = await WriteAsync();
        await SendAsync(tests[0]);

        var registry = Station().Registry;
        var lately = AccountLedgers.Lately(_folder.Data, registry, new ProcessClock(_time));
        Assert.Contains(registry.Find(tests[0])!.AddressIn(_folder.Data), lately);

        // The phone that has got the test gets the campaign's message too.
        var check = _folder.CheckWithData();
        Assert.Equal(3, check.Planned!.Audience.RecipientTotal);
        Assert.Empty(check.Repeats);
        Assert.Equal(3, RunStatus.Read(_folder.Data.AddressOf(Key)).Count(MessageStatus.Planned));
        Assert.Equal([Key.ToString()], StatusView.Read(
            _folder.Data, _folder.Installation, null, _time).Runs.Select(run => run.Run.Key));
    }

    [Fact]
    public async Task What_was_cut_off_is_uncertain_and_never_sent_again()
    {
        var test = (await WriteAsync())[0];
        var run = Station().Registry.Find(test)!;
        var ledger = Station().Runs.Open(run);
        var seq = MessageSeq.Of(1, 1);
        await ledger.BeginAsync([new PlannedCall(
            1, new PlannedBatch(1, 1, 1, seq, MessageSeq.Of(1, 2), 1), [new PlannedMessage(seq, 0)],
            KeepCarrierReference: false)]);
        await _station!.DisposeAsync(); // killed: no answer was written
        _station = null;

        Assert.Contains("bị ngắt", Sending.FindRefusal(run, outsideHours: false)!.Value.Vi, StringComparison.Ordinal);
        Station().Runs.Open(run);
        Assert.Equal(
            [MessageStatus.Uncertain, MessageStatus.Planned], Desk.Read([test]).Select(message => message.Status));
        Assert.Empty(_carrier.Calls);
    }

    /// <summary>No approval is asked for: so nothing may pass that is no test of what the files say.</summary>
    [Theory]
    [InlineData("update run_info set value = 'KE GIAN' where name = 'sender'")]
    [InlineData("update run_info set value = 'Khác' where name like 'text:%'")]
    [InlineData("update batch set last_seq = last_seq + 1000")]
    public async Task A_ledger_that_says_something_else_is_not_sent(string forged)
    {
        var test = (await WriteAsync())[0];
        var run = Station().Registry.Find(test)!;
        using (var db = SqliteDb.Open(Path.Combine(_folder.Data.Root, run.File)))
            db.Execute(forged);

        Assert.Contains("khác", Sending.FindRefusal(run, outsideHours: false)!.Value.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_the_campaign_is_no_test()
    {
        _folder.Prepare();
        await WriteAsync();

        Assert.Equal(
            "Đó không phải lượt gửi thử.",
            Sending.FindRefusal(Station().Registry.Find(Key)!, outsideHours: false)?.Vi);
    }

    [Fact]
    public async Task Outside_the_campaigns_hours_it_goes_only_where_that_was_asked_for()
    {
        var test = (await WriteAsync())[0];
        _time.Advance(TimeSpan.FromHours(12)); // 21:00
        var run = Station().Registry.Find(test)!;

        var why = Sending.FindRefusal(run, outsideHours: false)!.Value.Vi;
        Assert.Contains("--outside-hours", why, StringComparison.Ordinal);
        Assert.Null(Sending.FindRefusal(run, outsideHours: true));
    }

    /// <summary>What a stopped lane does not take within its time is left, and no later process sends it.</summary>
    [Fact]
    public async Task What_has_not_gone_in_its_time_is_left_over()
    {
        var test = (await WriteAsync())[0];
        Station().Accounts.Find("viettel")!.Stop.TurnOff(new LaneStop("viettel", null, "HTTP 401"));

        await SendAsync(test, TimeSpan.FromMinutes(2));

        Assert.All(Desk.Read([test]), message => Assert.Equal(MessageStatus.Leftover, message.Status));
        Assert.Empty(_carrier.Calls);
    }

    [Fact]
    public void Its_numbers_lanes_and_name_are_looked_at_with_all_that_is_wrong()
    {
        var refused = Assert.IsType<TestLook.Refused>(Desk.Look(
            Who.Here(null), new TestOrder(_folder.CampaignFile, ["0912", "0262385001"], ["gmobile"], false)));

        Assert.Equal(4, refused.Problems.Count(problem => problem.Severity == Severity.Error));
        var many = Enumerable.Range(0, 11).Select(at => $"09812345{at:00}").ToList();
        Assert.Contains(
            Assert.IsType<TestLook.Refused>(
                Desk.Look(Officer, new TestOrder(_folder.CampaignFile, many, [], false))).Problems,
            problem => problem.What.Vi.Contains("nhiều nhất 10 số", StringComparison.Ordinal));
    }

    /// <summary>A test is no way to send a campaign.</summary>
    [Fact]
    public void What_a_test_would_add_counts_for_how_many_a_day_has()
    {
        for (var number = 1; number < TestPlanning.MostADay; number++)
        {
            var key = RunKey.OfTest("thu-nghiem", new DateOnly(2025, 7, 29), number);
            Station().Registry.AddRun(
                new RunRecord
                {
                    Key = key.ToString(),
                    Campaign = key.Campaign,
                    Date = key.DateText,
                    Code = $"c{number}",
                    State = RunState.Finished,
                    File = $"runs/{number}.db",
                    CampaignFile = _folder.CampaignFile,
                    Definition = "a",
                    DefinitionHash = "a",
                    AudienceHash = "b",
                    PlanHash = "c",
                },
                _time.GetUtcNow());
        }

        var refused = Assert.IsType<TestLook.Refused>(
            Desk.Look(Officer, new TestOrder(_folder.CampaignFile, ["0981234561"], [], OutsideHours: false)));
        var one = Desk.Look(
            Officer, new TestOrder(_folder.CampaignFile, ["0981234561"], ["viettel"], OutsideHours: false));

        Assert.Contains(refused.Problems, problem => problem.What.Vi.Contains(
            "Hôm nay đã gửi thử 49 phần của chiến dịch này", StringComparison.Ordinal));
        Assert.IsType<TestLook.Ready>(one);
    }

    /// <summary>Whether it is within the hours is asked of one moment.</summary>
    [Fact]
    public void A_day_that_passes_while_it_is_looked_at_puts_it_outside_no_hours()
    {
        var desk = new TestDesk(
            _folder.Data,
            _folder.Installation,
            new MovingTime(PreparationFolder.MorningBefore, TimeSpan.FromDays(1)));

        var look = desk.Look(Officer, new TestOrder(_folder.CampaignFile, ["0981234561"], [], OutsideHours: false));

        Assert.IsType<TestLook.Ready>(look);
    }

    /// <summary>Of a gateway that cannot be asked about the account.</summary>
    [Fact]
    public async Task A_lane_that_took_a_test_today_is_ready()
    {
        foreach (var test in await WriteAsync())
            await SendAsync(test);

        ReadyCases.Is(
            ReadyLight.Green,
            "tài khoản dùng được: hôm nay nhà mạng đã nhận tin gửi thử, lúc 29/07/2025 09:00",
            await LookAsync("viettel"));
        ReadyCases.Is(ReadyLight.Green, "(2/2 tin)", await LookAsync("vinaphone", Key));
        Assert.Equal(ReadyLight.Amber, (await LookAsync("viettel", Key with { Campaign = "khac" })).Light);
        _time.Advance(TimeSpan.FromDays(1));
        ReadyCases.Is(ReadyLight.Amber, "không hỏi được về tài khoản", await LookAsync("viettel"));
    }

    [Fact]
    public async Task One_that_refused_it_is_not_and_says_why()
    {
        _answer = SendResult.Rejected(FailureClass.Content, "mã 12");
        foreach (var test in await WriteAsync())
            await SendAsync(test);

        ReadyCases.Is(ReadyLight.Amber, "tin gửi thử 'chung' hôm nay KHÔNG được nhận", await LookAsync("viettel"));
        Assert.Contains("mã 12", (await LookAsync("viettel")).Found.Vi, StringComparison.Ordinal);
    }

    Task<ReadyFinding> LookAsync(string lane, RunKey? key = null) =>
        new LaneAccountCheck(new ReadyCases.Accounts(_ => null)).LookAsync(ReadyCases.Of(ReadyCases.Lane(lane)) with
        {
            Data = _folder.Data,
            Registry = Station().Registry,
            Key = key,
            Now = _time.GetUtcNow(),
        });


    /// <summary>A test whose ledgers were written and that was cut off before it stood among the runs.</summary>
    [Fact]
    public async Task Ledgers_that_a_test_cut_off_left_are_left_alone_and_the_next_takes_other_numbers()
    {
        var before = await WriteAsync();
        var leftOf = RunKey.OfTest(before[0].Tested, before[0].Date, 3);
        var left = _folder.Data.Run(leftOf);
        await File.WriteAllTextAsync(left, "left");

        var tests = await WriteAsync();

        Assert.Equal([4, 5], tests.Select(test => test.TestNumber));
        Assert.Equal("left", await File.ReadAllTextAsync(left));
    }

    /// <summary>Both looked before either wrote.</summary>
    [Fact]
    public async Task Of_two_tests_at_once_the_later_is_told_so_and_nothing_is_written_of_it()
    {
        using var turn = new SendingTurn(_folder.Data, simulated: false);
        var order = new TestOrder(_folder.CampaignFile, ["0981234561"], [], OutsideHours: false);
        var ready = Assert.IsType<TestLook.Ready>(Desk.Look(Officer, order));
        await WriteAsync();

        Assert.IsType<TestStart.IsTaken>(
            await Desk.StartAsync(Officer, order, ready, turn, CancellationToken.None));
        Assert.Equal(2, Station().Registry.ReadRuns().Count);
    }

    static RunKey Key => new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    TestDesk Desk => new(_folder.Data, _folder.Installation, _time);

    TestSending Sending => new(Station(), _folder.Installation);

    /// <summary>Two phones, one of the audience.</summary>
    async Task<IReadOnlyList<RunKey>> WriteAsync()
    {
        using var turn = new SendingTurn(_folder.Data, simulated: false);
        var order = new TestOrder(_folder.CampaignFile, ["0981234561", "0911234563"], [], OutsideHours: false);
        var ready = Assert.IsType<TestLook.Ready>(Desk.Look(Officer, order));
        return Assert.IsType<TestStart.ByCaller>(
            await Desk.StartAsync(Officer, order, ready, turn, CancellationToken.None)).Tests;
    }

    /// <param name="longest">Null: for as long as it takes.</param>
    async Task SendAsync(RunKey test, TimeSpan? longest = null)
    {
        var run = Station().Registry.Find(test)!;
        var sender = new TestSending(Station(), _folder.Installation) { Longest = longest ?? TimeSpan.FromHours(10) };
        Assert.Null(sender.FindRefusal(run, outsideHours: false));
        var sending = Task.Run(() => sender.SendAsync(run, outsideHours: false, CancellationToken.None));

        // What goes on without reading the clock, such as the ledger's writer, has its time.
        await _time.DriveAsync(
            sending, () => Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None));
        await sending;
    }

    Station Station()
    {
        if (_station is not null)
            return _station;

        var clock = new ProcessClock(_time);
        var lanes = Installation.Read(_folder.Installation).Installation!.Lanes;
        var accounts = new LaneAccounts(
            lanes.Select(lane => new LaneAccount(lane, _carrier, Pace.Of(lane.Options, clock))), clock);
        return _station = SmsCampaign.Conduct.Station.Open(
            _folder.Data, Ledgers.OpenRegistry(_folder.Data), accounts, clock);
    }
}
