using System.Security.Claims;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.Live;
using SmsCampaign.WebConsole.Parts;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.Tests.WebConsole.Live;

/// <summary>What of a look at all runs is shown to whom.</summary>
public sealed class SeenSightTests
{
    static readonly DateTimeOffset At = new(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7));

    static readonly RunKey[] Keys =
        [new("a", new DateOnly(2025, 7, 30), Simulated: false), new("b", new DateOnly(2025, 7, 30), Simulated: false)];

    [Theory]
    [InlineData("xem@a", "a")]
    [InlineData("soan-thao@a", "a")]
    [InlineData("xem@a van-hanh@b", "a b")]
    [InlineData("xem", "a b")]
    [InlineData("phe-duyet quan-tri", "a b")]
    [InlineData("xem@c", "")]
    [InlineData("quan-tri", "")]
    [InlineData("quan-tri xem@b", "b")]
    [InlineData("", "")]
    public void What_is_of_a_campaign_is_for_whom_it_is_given(string roles, string campaigns)
    {
        var expected = campaigns.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var seen = SightOfAll().For(PersonWith(roles));
        var view = seen.View!;

        Assert.Equal(expected, seen.Runs.Select(run => run.Overview.Run.Campaign));
        Assert.Equal(expected, view.Runs.Select(run => run.Run.Campaign));
        Assert.Equal(expected, view.Openings.Select(opening => opening.Run.Campaign));
        Assert.Equal(expected, view.Unlisted.Select(key => key.Campaign));
        Assert.Equal(expected, view.Ready.Select(look => look.Run.Campaign));
        Assert.Equal(expected, view.MissingApprovals.Select(approval => approval.Campaign));
        Assert.Equal(expected, view.Problems.Select(problem => problem.Campaign).OfType<string>().Where(IsKnown));
        Assert.Equal(expected, Named(view.Alerts.Select(alert => alert.Raised.Alert.About)));
        Assert.Equal(expected, Named(view.Orders.Select(order => order.Run)));
        Assert.Equal(expected, Named(view.Forged.Select(command => command.Run)));
        Assert.Equal(
            expected.Select(campaign => $"/chien-dich/{campaign}/2025-07-30/trinh-duyet"),
            HomeTask.Find(view, PersonWith(roles)).Select(task => task.Href).Where(href => href != "/kenh-gui"));
    }

    [Theory]
    [InlineData("xem", 1, true, true, true)]
    [InlineData("xem@a", 1, true, false, true)]
    [InlineData("quan-tri", 1, true, false, false)]
    [InlineData("", 0, false, false, false)]
    public void What_is_of_no_campaign_is_for_who_looks_at_any_or_has_an_office(
        string roles, int problems, bool disk, bool unknown, bool lanes)
    {
        var view = SightOfAll().For(PersonWith(roles)).View!;

        Assert.Equal(problems, view.Problems.Count(problem => problem.Campaign is null));
        Assert.Equal(unknown, view.Problems.Any(problem => problem.Campaign is ""));
        Assert.Equal(disk, view.Alerts.Any(alert => alert.Raised.Alert.Kind == AlertKind.DiskLow));
        Assert.Equal(unknown, view.Alerts.Any(alert => alert.Raised.Alert.Kind == AlertKind.Unknown));
        Assert.Equal(lanes, view.Stopped.Count > 0);
        Assert.Equal(lanes, view.Orders.Any(order => order.Run is null));
        Assert.Equal(lanes, view.Orders.Any(order => order.IsOfAnyRun));
    }

    /// <summary>Whatever campaign it is of: somebody has to call the engineer.</summary>
    [Theory]
    [InlineData("xem", true)]
    [InlineData("quan-tri", true)]
    [InlineData("xem@a", true)]
    [InlineData("xem@c", true)]
    [InlineData("", false)]
    public void That_nobody_sends_is_told_to_who_looks_at_anything_or_has_an_office(string roles, bool isTold)
    {
        var all = SightOfAll(RunState.Sending);

        Assert.True(all.View!.MissesWorker);
        Assert.Equal(isTold, all.For(PersonWith(roles)).MissesWorker);
        Assert.False(SightOfAll().For(PersonWith(roles)).MissesWorker);
    }

    [Fact]
    public void A_test_is_of_the_campaign_that_it_is_a_test_of()
    {
        var key = RunKey.OfTest("a", Keys[0].Date, 2).ToString();

        Assert.Equal("a", RunKey.FindCampaign(key));
        Assert.Null(RunKey.FindCampaign("viettel"));
        Assert.Null(RunKey.FindCampaign("10.0.0.7:8443"));
    }

    [Fact]
    public void Another_campaign_that_says_the_same_is_named_to_who_may_see_it()
    {
        var repeated = new RepeatedContent(Record(Keys[1]), 0.8);

        Assert.DoesNotContain(
            "'b'", DossierFindingWords.Of(repeated, isAccepted: true).Vi, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "'b'",
            DossierFindingWords.Of(new ApprovalFinding.Repeats(repeated, IsAccepted: false)).En,
            StringComparison.Ordinal);
        Assert.Contains(
            "trong chiến dịch 'b'",
            DossierFindingWords.Of(repeated, isAccepted: true, isNamed: true).Vi,
            StringComparison.Ordinal);
    }

    static CurrentPerson PersonWith(string roles) => new(new ClaimsPrincipal(new ClaimsIdentity(
        roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(role => new Claim(Grant.Claim, Grant.ReadWord(role)!.ToText())),
        "test")));

    static bool IsKnown(string campaign) => campaign.Length > 0;

    static IEnumerable<string> Named(IEnumerable<string?> keys) => keys
        .Select(key => RunKey.FindCampaign((key ?? "").Split(' ')[0]))
        .OfType<string>();

    static Sight SightOfAll(RunState state = RunState.Planned)
    {
        List<RunOverview> runs = [.. Keys.Select(key => new RunOverview(
            Record(key) with { State = state },
            new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), VietnamTime.Zone),
            null,
            new Dictionary<string, IReadOnlyList<LaneChange>>(),
            [],
            [],
            null)
        {
            Submissions = [SubmissionOf(key)],
        })];
        var words = new Wording("x", "x");
        var view = new StatusView(
            new WorkerSight(WorkerState.None, null),
            [.. Keys.Select(key => new RunOpening(key, At.AddHours(1), At.AddHours(9), IsOpen: false))],
            [new LaneStop("viettel", At, "x")],
            runs,
            [],
            [],
            Keys,
            [
                .. Keys.Select(key => StatusProblem.Of(words, key.ToString())),
                new StatusProblem(words, null),
                StatusProblem.Of(words, "không đọc được"),
            ],
            IsWhole: true)
        {
            At = At,
            MissingApprovals =
                [.. Keys.Select(key => new MissingApproval { Ref = "1", Campaign = key.Campaign, ApprovedBy = "x" })],
            Forged =
            [
                .. Keys.Select(key => new AskedCommand(
                    1, "x", key.ToString(), "{}", "{}", Who.Here("A"), null, null)),
            ],
            Orders =
            [
                .. Keys.Select(key => Order(key.ToString())),
                Order(null),
                Order("không đọc được") with { IsOfAnyRun = true },
            ],
            Alerts =
            [
                Alert(AlertKind.RunHeld, Keys[0].ToString()),
                Alert(AlertKind.LaneStopped, $"{Keys[1]} viettel"),
                Alert(AlertKind.DiskLow, ""),
                Alert(AlertKind.Unknown, "của bản mới hơn"),
            ],
            Ready = [.. Keys.Select(key => new ReadyLook(
                key,
                At.AddHours(1),
                ReadyStage.Again,
                At,
                "worker",
                [new ReadyLine("disk", null, ReadyLight.Green, words, null)]))],
        };
        return new Sight(view, LiveRun.ReadAll(view, new LaneRates(TimeProvider.System)), At, null);
    }

    static RunRecord Record(RunKey key) => new()
    {
        Key = key.ToString(),
        Campaign = key.Campaign,
        Date = key.DateText,
        Code = SomeRun.Code,
        State = RunState.Planned,
        File = "",
        CampaignFile = "",
        Definition = "",
        DefinitionHash = "",
        AudienceHash = "",
        PlanHash = "",
    };

    static Submission SubmissionOf(RunKey key) => new()
    {
        Campaign = key.Campaign,
        Date = key.DateText,
        Hash = Record(key).ApprovedHash,
        Definition = "",
        DefinitionHash = "",
        AudienceHash = "",
        PlanHash = "",
        Seal = Record(key).Seal,
        IsWitnessed = true,
        SubmittedBy = "B",
        Identity = new Identity(IdentityKind.Web, "b"),
        ByOs = "web:b@may",
        At = "2025-07-29T08:40:00.000Z",
    };

    static StandingOrder Order(string? run) => new(1, OrderKind.Pause, run, null, At, new Who("h", "i", "j"), "k");

    static AlertView Alert(AlertKind kind, string about)
    {
        var words = new Wording("x", "x");
        return new AlertView(
            new RaisedAlert(1, new Alert(kind, about, AlertSeverity.Urgent, At, words, words, words), At, null), []);
    }
}
