using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>Rule 3: what may have been sent is settled by asking, and sent again only where that is proof.</summary>
public sealed class ReceiptInquiryTests : IDisposable
{
    static readonly TimeSpan Timeout = TimeSpan.FromHours(2);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));
    readonly ProcessClock _clock;
    readonly IRegistry _registry;
    readonly OpenRuns _runs;
    readonly HttpInquiryOptions _options = new() { AskAfter = TimeSpan.FromMinutes(1), PerSecond = 10 };
    readonly Dictionary<string, QueryAnswer> _answers = [];
    readonly ReceiptInquiry.Walk _walk = new();
    LaneAccounts? _accounts;
    AskedCarrier _carrier = null!;
    string _path = "";

    public ReceiptInquiryTests()
    {
        var data = new DataFolder(_folder.Path);
        _clock = new ProcessClock(_time);
        _registry = Ledgers.OpenRegistry(data);
        _runs = new OpenRuns(data, _registry, _clock);
    }

    public void Dispose()
    {
        _runs.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _accounts?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(MessageStatus.Accepted)]
    [InlineData(MessageStatus.Sent)]
    [InlineData(MessageStatus.Delivered)]
    [InlineData(MessageStatus.Failed)]
    public async Task An_uncertain_message_takes_the_status_its_gateway_tells(MessageStatus told)
    {
        Create(MessageStatus.Uncertain);
        Tell(1, told);

        await AskAsync(after: TimeSpan.FromMinutes(1));

        Assert.Equal(told, StateOf(1));
        Assert.Equal(1, Run.Counters.Of(told));
    }

    [Fact]
    public async Task What_is_told_is_believed_no_further_than_receipts_are()
    {
        Create(MessageStatus.Uncertain, trust: ReceiptTrust.Network);
        Tell(1, MessageStatus.Delivered);

        await AskAsync(after: TimeSpan.FromMinutes(1));

        Assert.Equal(MessageStatus.Sent, StateOf(1));
    }

    [Fact]
    public async Task A_message_unknown_there_stays_uncertain_unless_that_is_proof()
    {
        Create(MessageStatus.Uncertain);

        await AskAsync(after: TimeSpan.FromMinutes(1));

        Assert.Equal(MessageStatus.Uncertain, StateOf(1));
        Assert.Equal(0, Count("select count(*) from resolution"));
    }

    [Fact]
    public async Task A_message_unknown_there_is_put_back_like_by_a_person_where_that_is_proof()
    {
        Create(MessageStatus.Uncertain, MessageStatus.Uncertain);
        _options.AbsentMeansNotTaken = true;
        Tell(2, MessageStatus.Delivered);

        await AskAsync(after: TimeSpan.FromMinutes(1));

        Assert.Equal((MessageStatus.Planned, MessageStatus.Delivered), (StateOf(1), StateOf(2)));
        Assert.Equal(1, Count($"select count(*) from resolution where who = 'inquiry' and seq = {SomeRun.Seq(1)} and "
            + $"from_status = 2 and to_status = 0"));
        Assert.True(await Run.NoticeResolutionsAsync());
        Assert.Equal(1, Run.Counters.Of(MessageStatus.Planned));
    }

    [Fact]
    public async Task It_is_not_asked_while_the_gateway_may_still_be_working_on_it()
    {
        Create(MessageStatus.Uncertain);
        _options.AbsentMeansNotTaken = true;

        await AskAsync(after: TimeSpan.FromSeconds(59));

        Assert.Empty(_carrier.Asked);
        Assert.Equal(MessageStatus.Uncertain, StateOf(1));
    }

    [Fact]
    public async Task A_gateway_that_cannot_say_is_asked_ever_less_often()
    {
        Create(MessageStatus.Uncertain);
        _answers[SomeRun.Reference(1)] = QueryAnswer.CannotSay("HTTP 500");
        var asked = new List<int>();

        for (var minute = 1; minute < 110; minute++)
        {
            var before = _carrier.Asked.Count;
            await AskAsync(after: TimeSpan.FromMinutes(1));
            if (_carrier.Asked.Count > before)
                asked.Add(minute);
        }

        Assert.Equal([1, 3, 7, 15, 31, 63], asked);
        Assert.Equal(MessageStatus.Uncertain, StateOf(1));
    }

    [Fact]
    public async Task A_restart_does_not_make_it_ask_sooner()
    {
        Create(MessageStatus.Uncertain);
        _answers[SomeRun.Reference(1)] = QueryAnswer.CannotSay("HTTP 500");
        await AskAsync(after: TimeSpan.FromMinutes(1));

        await using var again = RunLedger.Open(_path, _clock);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Inquiry().AskAboutAsync(
            again, _accounts!.Find("viettel")!, new ReceiptInquiry.Walk(), CancellationToken.None);

        Assert.Single(_carrier.Asked);
    }

    [Fact]
    public async Task It_ends_with_the_lanes_receipt_time()
    {
        Create(MessageStatus.Uncertain);

        await AskAsync(after: Timeout - TimeSpan.FromSeconds(15)); // an answer may take 15 seconds

        Assert.Empty(_carrier.Asked);
    }

    [Fact]
    public async Task Many_are_asked_about_in_one_request_and_requests_are_paced()
    {
        Create([.. Enumerable.Repeat(MessageStatus.Uncertain, 150)]);

        Assert.Equal(TimeSpan.FromMilliseconds(100), await AskAsync(after: TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromMilliseconds(100), await AskAsync());
        Assert.Null(await AskAsync());

        Assert.Equal([100, 50], _carrier.Asked.Select(each => each.Count));
        Assert.Equal(150, _carrier.Asked.SelectMany(each => each).Distinct().Count());
    }

    [Fact]
    public async Task A_gateway_that_asks_for_a_wait_gets_it()
    {
        Create(MessageStatus.Uncertain);
        _answers[SomeRun.Reference(1)] = QueryAnswer.CannotSay("HTTP 429", TimeSpan.FromMinutes(7));

        Assert.Equal(TimeSpan.FromMinutes(7), await AskAsync(after: TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("00:00:00", false)]
    [InlineData("00:30:00", true)]
    public async Task A_message_taken_is_asked_about_near_its_receipt_time_where_the_lane_says_so(
        string before,
        bool expected)
    {
        Create(MessageStatus.Accepted, MessageStatus.Sent, MessageStatus.Delivered);
        _options.BeforeTimeout = TimeSpan.Parse(before, System.Globalization.CultureInfo.InvariantCulture);
        Tell(1, MessageStatus.Delivered);
        Tell(2, MessageStatus.Failed);

        await AskAsync(after: TimeSpan.FromMinutes(89));
        Assert.Empty(_carrier.Asked);
        await AskAsync(after: TimeSpan.FromMinutes(1));

        Assert.Equal(expected ? MessageStatus.Delivered : MessageStatus.Accepted, StateOf(1));
        Assert.Equal(expected ? MessageStatus.Failed : MessageStatus.Sent, StateOf(2));
    }

    [Fact]
    public async Task A_message_taken_that_is_unknown_there_is_never_sent_again()
    {
        Create(MessageStatus.Accepted);
        (_options.BeforeTimeout, _options.AbsentMeansNotTaken) = (TimeSpan.FromMinutes(30), true);

        await AskAsync(after: TimeSpan.FromMinutes(90));

        Assert.Single(_carrier.Asked);
        Assert.Equal(MessageStatus.Accepted, StateOf(1));
    }

    [Fact]
    public async Task Where_it_is_asked_by_the_gateways_id_only_messages_that_have_one_are()
    {
        Create(byReference: false, MessageStatus.Uncertain, MessageStatus.Uncertain);
        Execute($"update state set carrier_id = 'm-2' where seq = {SomeRun.Seq(2)}");

        await AskAsync(after: TimeSpan.FromMinutes(1));

        var asked = Assert.Single(Assert.Single(_carrier.Asked));
        Assert.Equal((SomeRun.Reference(2), "m-2"), (asked.Reference, asked.CarrierMessageId));
    }

    [Fact]
    public async Task An_answer_about_an_attempt_that_is_over_does_not_send_the_next_again()
    {
        // Between question and answer a person puts the message back, and its next attempt is cut off.
        Create(MessageStatus.Uncertain);
        _options.AbsentMeansNotTaken = true;
        _accounts!.Dispose();
        _carrier = new AskedCarrier(_options, _ =>
        {
            Execute("update state set settled_us = settled_us + 1");
            return QueryAnswer.NotThere;
        });
        _accounts = Accounts();

        await AskAsync(after: TimeSpan.FromMinutes(1));

        Assert.Single(_carrier.Asked);
        Assert.Equal(MessageStatus.Uncertain, StateOf(1));
    }

    [Fact]
    public async Task The_id_it_tells_is_kept_for_receipts_that_name_no_other()
    {
        Create(MessageStatus.Uncertain);
        _answers[SomeRun.Reference(1)] = QueryAnswer.Known(
            new DeliveryReceipt(null, "m-1", MessageStatus.Accepted, null, "Q", null));

        await using var ledger = RunLedger.Open(_path, _clock);
        await ledger.ApplyAsync(
            new InquiryTerms(
                SomeRun.LaneId, BelievesAbsence: false, KeepCarrierReference: true, TimeSpan.FromMinutes(1)),
            [new Inquired(
                new UnsettledMessage(SomeRun.Seq(1), MessageStatus.Uncertain, null, 1),
                _answers[SomeRun.Reference(1)])]);

        Assert.Equal([new NamedMessage(SomeRun.Seq(1), 0, 0)], await ledger.FindAsync([(SomeRun.LaneId, "m-1")]));
    }

    [Fact]
    public async Task It_asks_by_itself_until_it_is_stopped()
    {
        Create(MessageStatus.Uncertain);
        Tell(1, MessageStatus.Delivered);
        using var stop = new CancellationTokenSource();
        _time.Advance(TimeSpan.FromMinutes(1));
        var running = Inquiry().RunAsync(stop.Token);

        while (StateOf(1) != MessageStatus.Delivered)
            await Task.Yield();

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_ends_it()
    {
        Create(MessageStatus.Uncertain);
        _accounts!.Dispose();
        _carrier = new AskedCarrier(_options, _ => throw new LedgerException(new Wording("đầy", "full")));
        _accounts = Accounts();
        _time.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<LedgerException>(() => Inquiry().RunAsync(CancellationToken.None));
    }

    IRunLedger Run => _runs.FindByCode(SomeRun.Code)!;

    void Create(params MessageStatus[] statuses) => Create(byReference: true, statuses);

    void Create(MessageStatus status, ReceiptTrust trust) => Create(true, trust, status);

    void Create(bool byReference, params MessageStatus[] statuses) =>
        Create(byReference, ReceiptTrust.Handset, statuses);

    void Create(bool byReference, ReceiptTrust trust, params MessageStatus[] statuses)
    {
        _path = SomeRun.Create(_folder.Path, statuses.Length, trust: trust);
        var now = _clock.Now();
        LedgerBuilder.Add(_path, rows =>
        {
            for (var at = 1; at <= statuses.Length; at++)
                rows.State(at, statuses[at - 1], now, handed: now);
            rows.Attempt(
                1, statuses.Length, parts: 1, intent: now, handed: now, answered: now, outcome: SendOutcome.Uncertain);
        });

        _registry.AddRun(
            new RunRecord
            {
                Key = "some/2025-07-30",
                Campaign = "some",
                Date = "2025-07-30",
                Code = SomeRun.Code,
                File = "runs/some.db",
                CampaignFile = "/some.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            DateTimeOffset.UnixEpoch);
        _registry.SetState(RunKey.Parse("some/2025-07-30"), RunState.Sending, DateTimeOffset.UnixEpoch);
        _carrier = new AskedCarrier(_options, sms => _answers.GetValueOrDefault(sms.Reference, QueryAnswer.NotThere))
        {
            AsksByReference = byReference,
        };
        _accounts = Accounts();
    }

    LaneAccounts Accounts() => new(
        [new LaneAccount(
            new Lane("viettel", new HttpLaneOptions { ReceiptTimeout = Timeout }), _carrier, new Pace(1, _clock))]);

    void Tell(int position, MessageStatus status) =>
        _answers[SomeRun.Reference(position)] = QueryAnswer.Known(new DeliveryReceipt(
            SomeRun.Reference(position),
            null,
            status,
            status == MessageStatus.Failed ? FailureClass.Network : null,
            "X",
            null));

    async Task<TimeSpan?> AskAsync(TimeSpan after = default)
    {
        _time.Advance(after);
        return await Inquiry().AskAboutAsync(Run, _accounts!.Find("viettel")!, _walk, CancellationToken.None);
    }

    ReceiptInquiry Inquiry() => new(_runs, _registry, _accounts!, _clock);

    MessageStatus? StateOf(int position) =>
        (MessageStatus?)Count($"select status from state where seq = {SomeRun.Seq(position)}");

    long? Count(string sql)
    {
        using var db = SqliteDb.Open(_path, readOnly: true);
        return db.ReadNumber(sql);
    }

    void Execute(string sql)
    {
        using var db = SqliteDb.Open(_path);
        db.Execute(sql);
    }
}
