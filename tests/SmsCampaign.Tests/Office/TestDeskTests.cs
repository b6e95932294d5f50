using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>Tests that are asked of a worker, which a test moves by hand. It is 09:00 of the day before.</summary>
[Trait("Category", "Slow")]
public sealed class TestDeskTests : IAsyncDisposable
{
    static readonly Who Officer = new("Trần Thị B", "b", "may");

    readonly PreparationFolder _folder = new();
    readonly ScriptedCarrier _carrier = ScriptedCarrier.ThatAccepts();
    readonly SendingLock _turn;
    readonly Station _station;

    public TestDeskTests()
    {
        _turn = SendingLock.TryTake(_folder.Data, _folder.Time)!;
        var clock = new ProcessClock(_folder.Time);
        var lanes = Installation.Read(_folder.Installation).Installation!.Lanes;
        var accounts = lanes.Select(lane => new LaneAccount(lane, _carrier, Pace.Of(lane.Options, clock)));
        _station = Station.Open(
            _folder.Data, Ledgers.OpenRegistry(_folder.Data), new LaneAccounts(accounts, clock), clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        _turn.Dispose();
        _folder.Dispose();
    }

    /// <summary>The worker hangs, or is started again, and who asked was told that it may not have gone.</summary>
    [Fact]
    public async Task What_the_worker_has_not_answered_may_yet_be_sent_for_two_minutes_and_that_is_said()
    {
        var unclear = Assert.IsType<TestStart.Unclear>(await AskAsync());

        Assert.Equal((0, 2), (unclear.Sent.Count, unclear.Open.Count));
        Assert.Contains(
            "phần này CÒN CÓ THỂ được gửi trong 2 phút kể từ lúc yêu cầu", unclear.Why[0].Vi, StringComparison.Ordinal);
        _folder.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.All(Look(), answer => Assert.Equal(CommandOutcome.Done, answer.Outcome));
        Assert.All(unclear.Open, test => Assert.True(_station.Tests.Has(test.ToString())));
    }

    [Fact]
    public async Task Taken_up_later_it_is_not_sent_be_it_allowed_at_any_hour()
    {
        var unclear = Assert.IsType<TestStart.Unclear>(await AskAsync());
        _folder.Time.Advance(TestDesk.GoodFor);

        var answers = Look();

        Assert.Equal(2, answers.Count);
        Assert.All(answers, answer => Assert.Equal(CommandOutcome.Refused, answer.Outcome));
        Assert.Contains(
            "dịch vụ gửi không nhận trong 2 phút nên KHÔNG gửi nữa", answers[0].Words.Vi, StringComparison.Ordinal);
        Assert.All(unclear.Open, test => Assert.False(_station.Tests.Has(test.ToString())));
        Assert.Empty(_carrier.Calls);
    }

    [Fact]
    public async Task On_another_day_it_is_not_sent_either()
    {
        _folder.Time.Advance(TimeSpan.FromHours(15) - TimeSpan.FromSeconds(30)); // 23:59:30
        Assert.IsType<TestStart.Unclear>(await AskAsync());
        _folder.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.All(Look(), answer => Assert.Equal(CommandOutcome.Refused, answer.Outcome));
        Assert.Empty(_carrier.Calls);
    }

    [Fact]
    public void A_reason_is_no_book()
    {
        var order = new TestOrder(_folder.CampaignFile, ["0981234561"], [], OutsideHours: true, new string('x', 1_001));

        var refused = Assert.IsType<TestLook.Refused>(Desk.Look(Officer, order));

        Assert.Contains(
            "Lý do gửi thử dài 1.001 ký tự, nhiều nhất 1.000.",
            Assert.Single(refused.Problems, problem => problem.Severity == Severity.Error).What.Vi,
            StringComparison.Ordinal);
        Assert.IsType<TestLook.Ready>(Desk.Look(Officer, order with { Reason = new string('x', 1_000) }));
    }

    /// <summary>Nobody settles it, as no worker is there.</summary>
    [Fact]
    public async Task What_no_worker_has_begun_is_left_over_once_it_can_go_no_more()
    {
        var tests = Assert.IsType<TestStart.Unclear>(await AskAsync()).Open;

        Assert.Equal(
            "Tốt: 0 trên 2 tin; còn chờ biên nhận: 0; chưa gửi xong: 2.", TestSumWords.Of(Desk.Read(tests)).Vi);
        Assert.False(Desk.Read(tests[0]).IsOver);

        _folder.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(
            "Tốt: 0 trên 2 tin; còn chờ biên nhận: 0; không gửi nữa: 2.", TestSumWords.Of(Desk.Read(tests)).Vi);
        Assert.True(Desk.Read(tests[0]).IsOver);
    }

    TestDesk Desk => new(_folder.Data, _folder.Installation, _folder.Time);

    IReadOnlyList<CommandAnswer> Look() => [.. new CommandHand(_station, "worker").Look().Select(each => each.Answer)];

    /// <summary>Asks a worker that shows life and answers nothing: one phone, through two lanes, at any hour. It is
    /// waited for once, and not for each lane.</summary>
    async Task<TestStart> AskAsync()
    {
        new LifeSigns(_folder.Data, "worker", _folder.Time).Give();
        var order = new TestOrder(_folder.CampaignFile, ["0981234561"], [], OutsideHours: true);
        var ready = Assert.IsType<TestLook.Ready>(Desk.Look(Officer, order));
        var asking = Desk.StartAsync(Officer, order, ready, turn: null, CancellationToken.None);
        _folder.Time.Advance(CommandDesk.Patience);
        return await asking.WaitAsync(Patience.ForAnything);
    }
}
