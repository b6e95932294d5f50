using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>What is rehearsed is what would be sent on the day.</summary>
public sealed class RehearsalDeskTests : IDisposable
{
    const int Viettel = 1;
    static readonly RunKey First = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("taken", 1)]
    [InlineData("uncertain", 1)]
    [InlineData("refused", 0)] // nobody got it
    public async Task Who_may_have_got_the_message_in_another_run_is_not_rehearsed_and_on_which_date_is_said(
        string outcome, int leftOut)
    {
        var all = _folder.Prepare().Planned!.Audience.RecipientTotal;
        await _folder.SendAsync(First, Viettel, outcome switch
        {
            "taken" => SendResult.Accepted("id"),
            "uncertain" => SendResult.Uncertain(Reason.NoAnswer, "no answer"),
            _ => SendResult.Rejected(FailureClass.Number, "31"),
        });
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2025-08-02");
        var before = Ledgers.OpenRegistry(_folder.Data).ReadRuns().Select(run => run.Key).ToList();

        var desk = new RehearsalDesk(_folder.Data, _folder.Time);
        using var own = desk.MakeFolder();
        var planned = desk.Prepare(_folder.Request(), own.Data, _ => { }, CancellationToken.None).Planned!;

        Assert.True(planned.Simulated);
        Assert.Equal(all - leftOut, planned.Audience.RecipientTotal);
        Assert.Equal(leftOut, planned.Audience.Excluded.GetValueOrDefault(ExclusionReason.AlreadySent));
        Assert.Equal(leftOut, planned.Audience.AlreadySent.GetValueOrDefault(First.Date));
        Assert.Equal(before, Ledgers.OpenRegistry(_folder.Data).ReadRuns().Select(run => run.Key));
    }
}
