using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.App.Worker;

namespace SmsCampaign.Tests.Conduct;

/// <summary>What takes two persons is looked at again as the run is let go, however its approval came about.</summary>
public sealed class TwoPersonsTests : IDisposable
{
    static readonly DateTimeOffset Opening = new(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7));

    readonly WorkerCase _run = new(WorkerCase.Definition(), Opening.AddHours(-1)) { TakesTwoPersons = true };

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task What_one_person_alone_approved_is_not_sent_but_held_with_what_to_do()
    {
        _run.Approve();
        _run.Time.SetUtcNow(Opening);

        await _run.ConductAsync();

        Assert.Empty(_run.Sent);
        Assert.Equal((RunState.Held, "held"), (_run.State(), string.Join(' ', _run.Decided)));
        var why = _run.Registry.ReadDecisions(WorkerCase.Campaign)[0].Reason;
        Assert.Contains("Quy định hai người", why.Vi, StringComparison.Ordinal);
        Assert.Contains("sms-campaign submit campaign.yaml", why.Vi, StringComparison.Ordinal);
        Assert.NotNull(_run.Registry.FindApproval(WorkerCase.Campaign, WorkerCase.Key().Date));
    }

    [Theory]
    [InlineData("binh", true)]
    [InlineData("an", false)] // the one who submitted it
    public async Task What_another_person_submitted_is_sent(string submitter, bool isSent)
    {
        ApproveAsAn(submitter);
        _run.Time.SetUtcNow(Opening);

        await _run.ConductAsync();

        Assert.Equal(isSent ? 1 : 0, _run.Sent.Count);
        Assert.Equal(isSent ? RunState.Finished : RunState.Held, _run.State());
    }

    [Fact]
    public async Task Where_it_takes_one_again_it_goes_once_it_is_approved_again()
    {
        _run.Approve();
        _run.Time.SetUtcNow(Opening);
        await _run.ConductAsync();

        _run.TakesTwoPersons = false;
        _run.Approve();
        await _run.ConductAsync();

        Assert.Equal("held fired finished", string.Join(' ', _run.Decided));
    }

    /// <summary>By a person of the account an, on what the account submitted.</summary>
    void ApproveAsAn(string submitter)
    {
        _run.Approve();
        var (run, approval) = (
            _run.Registry.Find(WorkerCase.Key())!,
            _run.Registry.FindApproval(WorkerCase.Campaign, WorkerCase.Key().Date)!);
        var submission = _run.Registry.Submissions.Add(new Submission
        {
            Campaign = run.Campaign,
            Date = run.Date,
            Hash = run.ApprovedHash,
            Definition = run.Definition,
            DefinitionHash = run.DefinitionHash,
            AudienceHash = run.AudienceHash,
            PlanHash = run.PlanHash,
            Seal = run.Seal,
            SubmittedBy = "Trần Thị B",
            Identity = new Identity(IdentityKind.Os, submitter),
            ByOs = $"{submitter}@may-chu",
            At = _run.Time.GetUtcNow().ToSql(),
        });
        _run.Registry.Approve(
            approval with { Identity = new Identity(IdentityKind.Os, "an"), SubmissionId = submission });
    }
}
