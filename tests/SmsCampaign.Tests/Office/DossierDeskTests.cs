using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>What is laid before whoever approves, by what is on record alone.</summary>
public sealed class DossierDeskTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly Who Officer = new("Trần Thị B", "binh", "may-chu");
    static readonly Who Leader = new("Nguyễn Văn A", "an", "may-chu");

    readonly PreparationFolder _folder = new();

    public DossierDeskTests() =>
        _folder.Edit("smscampaign.json", "{", "{ \"approval\": { \"twoPersons\": true },");

    public void Dispose() => _folder.Dispose();

    IRegistry Registry => Ledgers.OpenRegistry(_folder.Data);

    [Fact]
    public void It_is_as_it_was_planned_although_no_list_is_there_any_more()
    {
        var planned = _folder.Prepare().Planned!;
        File.Delete(_folder.Subscribers);

        var dossier = Read();

        Assert.Equal(planned.ApprovedHash, dossier.Plan!.Planned!.ApprovedHash);
        Assert.Equal(
            (planned.Forecast.CostVnd, planned.Forecast.End, 3L),
            (dossier.Plan.Planned.Forecast.CostVnd, dossier.Plan.Planned.Forecast.End, dossier.Messages));
        Assert.Equal(PreparationFolder.MorningBefore, dossier.Plan.Kept.CreatedAt);
        Assert.Empty(dossier.Plan.Changes);
        Assert.Equal((true, null, null), (dossier.MayBeApproved, dossier.Waits, dossier.SinceApproved));
    }

    [Fact]
    public void What_the_campaign_file_and_the_lanes_say_otherwise_by_now_is_named()
    {
        _folder.Prepare();
        _folder.Edit("campaign.yaml", "to: \"20:00\"", "to: \"21:00\"");
        _folder.Edit("smscampaign.json", "\"rate\": 500", "\"rate\": 400");

        Assert.Equal(
            [
                "nội dung tệp chiến dịch đã khác (schedule.window.to 20:00 → 21:00)",
                "kênh gửi 'viettel' đã đổi: rate 500 → 400",
            ],
            Read().Plan!.Changes.Select(change => change.Vi));
    }

    [Fact]
    public void What_waits_takes_another_and_what_is_planned_since_is_told_apart()
    {
        _folder.Prepare();
        Submit();
        var waits = Read();
        _folder.Edit("campaign.yaml", "text: Toàn dân", "text: Toàn dần");
        _folder.Prepare(ChangedRun.PlanAgain);

        var other = Read();

        Assert.Equal((true, true, false), (waits.FitsWaiting, waits.TakesAnother(Officer), waits.TakesAnother(Leader)));
        Assert.Empty(waits.SinceSubmitted);
        Assert.False(other.FitsWaiting);
        Assert.Contains("directive.text", other.SinceSubmitted[0].Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_approved_last_is_compared_word_by_word()
    {
        _folder.Prepare();
        Submit();
        Approve();
        var same = Read();
        _folder.Edit("campaign.yaml", "    text: Toàn dân phòng", "    text: Toàn dân cùng phòng");
        _folder.Edit("subscribers.csv", "0981234562\n", "");
        _folder.Prepare(ChangedRun.PlanAgain);

        var since = Read().SinceApproved!;

        Assert.Equal((true, null), (same.IsApproved, same.SinceApproved));
        var text = Assert.Single(since.Texts!);
        Assert.Equal(("chung", "cùng"), (text.Name, Assert.Single(text.Difference!.Words).Message));
        Assert.Equal((false, false, null), (since.IsSame, since.IsSameAudience, since.Counts));
        Assert.Empty(since.Others);
    }

    [Fact]
    public void What_was_withdrawn_and_is_planned_still_is_the_same()
    {
        _folder.Prepare();
        Submit();
        var approval = Approve();
        Registry.Revoke(Key, [approval.Id], Leader, "chờ", _folder.Time.GetUtcNow());

        Assert.True(Read().SinceApproved!.IsSame);
    }

    Dossier Read() =>
        new DossierDesk(_folder.Data, _folder.Installation, _folder.Time).Read(Registry.Find(Key)!);

    void Submit() => Assert.IsType<SubmissionResult.Submitted>(
        new SubmissionDesk(_folder.Data, _folder.Time).Submit(
            Officer, new SubmissionOrder(_folder.Request(), null), CancellationToken.None));

    Approval Approve()
    {
        Assert.IsType<ApprovalResult.Given>(new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Leader, new ApprovalOrder(_folder.Request(), null), CancellationToken.None));
        return Registry.ReadApprovals()[0];
    }
}
