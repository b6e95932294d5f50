using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office;

/// <summary>Where a run stands for an officer follows from its records alone.</summary>
public sealed class OfficerStateTests
{
    [Theory]
    [InlineData(RunState.Planned, false, null, OfficerState.Draft)]
    [InlineData(RunState.Planned, false, "waits", OfficerState.Submitted)]
    [InlineData(RunState.Planned, false, "refused", OfficerState.Rejected)]
    [InlineData(RunState.Planned, false, "returned", OfficerState.Draft)]
    [InlineData(RunState.Planned, false, "withdrawn", OfficerState.Draft)]
    [InlineData(RunState.Planned, false, "approved", OfficerState.Draft)] // its approval was withdrawn since
    [InlineData(RunState.Planned, true, "refused", OfficerState.Approved)] // by every year's, or all the same
    [InlineData(RunState.Approved, true, "approved", OfficerState.Approved)]
    [InlineData(RunState.Approved, true, "waits", OfficerState.Approved)]
    [InlineData(RunState.Approved, false, null, OfficerState.Draft)] // void, or by one alone where it takes two
    [InlineData(RunState.Approved, false, "waits", OfficerState.Submitted)]
    [InlineData(RunState.Sending, true, null, OfficerState.Sending)]
    [InlineData(RunState.Sending, false, "waits", OfficerState.Paused)]
    [InlineData(RunState.Held, true, null, OfficerState.Paused)]
    [InlineData(RunState.Held, false, "waits", OfficerState.Paused)]
    [InlineData(RunState.Finished, false, null, OfficerState.Sent)]
    [InlineData(RunState.Skipped, true, null, OfficerState.Cancelled)]
    [InlineData(RunState.Cancelled, true, null, OfficerState.Cancelled)]
    [InlineData(RunState.Ended, true, null, OfficerState.Ended)] // not "sent": some of it was not
    public void The_state_of_a_run_that_goes_by_an_approval(
        RunState run, bool isApproved, string? submitted, OfficerState expected) =>
        Assert.Equal(expected, new RunFacts(run, true, isApproved, false, Submission(submitted)).ToState());

    [Theory]
    [InlineData(RunState.Planned, OfficerState.Draft)]
    [InlineData(RunState.Sending, OfficerState.Sending)]
    [InlineData(RunState.Finished, OfficerState.Sent)]
    public void A_rehearsal_goes_by_none(RunState run, OfficerState expected) =>
        Assert.Equal(expected, new RunFacts(run, false, IsApproved: false, IsPaused: false, null).ToState());

    [Theory]
    [InlineData(RunState.Approved, true, OfficerState.Paused)]
    [InlineData(RunState.Sending, true, OfficerState.Paused)]
    [InlineData(RunState.Planned, false, OfficerState.Draft)] // nothing of it would leave in any case
    [InlineData(RunState.Finished, true, OfficerState.Sent)]
    [InlineData(RunState.Ended, true, OfficerState.Ended)]
    public void What_a_person_has_paused(RunState run, bool isApproved, OfficerState expected) =>
        Assert.Equal(expected, new RunFacts(run, true, isApproved, IsPaused: true, null).ToState());

    [Fact]
    public void Each_has_words_of_its_own_in_both_languages()
    {
        var words = Enum.GetValues<OfficerState>().Select(OfficerStateWords.Of).ToList();

        Assert.Equal(words.Count, words.Select(each => each.In(Language.Vietnamese)).Distinct().Count());
        Assert.Equal(words.Count, words.Select(each => each.In(Language.English)).Distinct().Count());
    }

    static Submission? Submission(string? answer) => answer is null ? null : new Submission
    {
        Id = 1,
        Campaign = "x",
        Date = "2025-07-30",
        Hash = "h",
        Definition = "",
        DefinitionHash = "",
        AudienceHash = "",
        PlanHash = "",
        Seal = "",
        SubmittedBy = "B",
        Identity = null,
        ByOs = "",
        At = "",
        ApprovedAs = answer == "approved" ? 1 : null,
        Rejected = !Enum.TryParse<RejectionKind>(answer, ignoreCase: true, out var kind) ? null : new Rejection
        {
            Kind = kind,
            Submission = 1,
            RejectedBy = "A",
            Identity = null,
            ByOs = "",
            Reason = "",
            At = "",
        },
    };
}
