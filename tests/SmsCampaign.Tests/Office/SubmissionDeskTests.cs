using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>What two persons submit, refuse and approve, without a terminal.</summary>
[Trait("Category", "Slow")]
public sealed class SubmissionDeskTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    /// <summary>As by sudo: the account is the service's, and who asked stands behind it.</summary>
    static readonly Who Officer = new("Trần Thị B", "sms-campaign", "may-chu") { Behind = "binh" };
    static readonly Who Leader = new("Nguyễn Văn A", "sms-campaign", "may-chu") { Behind = "an" };

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_one_submits_another_approves_and_it_stands_by_two()
    {
        TakeTwo();

        var submitted = Assert.IsType<SubmissionResult.Submitted>(Submit(Officer, note: " Đã rà danh sách "));
        var given = Assert.IsType<ApprovalResult.Given>(Approve(Leader));

        Assert.True(submitted.TakesTwoPersons);
        Assert.Equal(submitted.Submission.Id, given.Submission?.Id);
        var approval = Registry.FindApproval(Key.Campaign, Key.Date)!;
        Assert.True(approval is { IsByTwo: true, Stands: true });
        Assert.Equal("Đã rà danh sách", approval.Submission!.Note);
        Assert.Equal(
            (submitted.Submission.Hash, "sms-campaign@may-chu (sudo: binh)"),
            (approval.Hash, approval.Submission.ByOs));
        Assert.Empty(Registry.Audit.Verify(ledgers: true).Findings);
    }

    [Theory]
    [InlineData("sms-campaign", "binh")] // by sudo, as before
    [InlineData("binh", null)] // the same person without it
    [InlineData("root", "BINH")]
    public void Who_submitted_it_approves_nothing_of_it_whatever_name_is_given(string account, string? behind)
    {
        TakeTwo();
        Submit(Officer);

        var refused = Refused(Approve(new Who("Nguyễn Văn A", account, "may-khac") { Behind = behind }));

        Assert.Equal("Trần Thị B", Assert.IsType<ApprovalFinding.SamePerson>(refused).Submission.SubmittedBy);
        Assert.Empty(Registry.ReadApprovals());
    }

    [Fact]
    public void Where_it_takes_two_nothing_is_approved_that_nobody_submitted()
    {
        TakeTwo();

        Assert.Null(Assert.IsType<ApprovalFinding.NotSubmitted>(Refused(Approve(Leader))).Last);
    }

    [Fact]
    public void Where_it_takes_one_who_submitted_it_may_approve_and_nobody_must_submit()
    {
        Submit(Officer);
        var own = Assert.IsType<ApprovalResult.Given>(Approve(Officer));
        var again = Assert.IsType<ApprovalResult.Given>(Approve(Leader, reason: "đổi người ký"));

        Assert.NotNull(own.Submission);
        Assert.Null(again.Submission); // that is answered
        Assert.False(Registry.FindApproval(Key.Campaign, Key.Date)!.IsByTwo);
    }

    [Fact]
    public void Each_submission_is_answered_once()
    {
        TakeTwo();
        Submit(Officer);
        Approve(Leader);
        Registry.Revoke(Key, [1], Leader, "dừng", _folder.Time.GetUtcNow());

        var last = Assert.IsType<ApprovalFinding.NotSubmitted>(Refused(Approve(Leader))).Last;
        Assert.Equal(1, last!.ApprovedAs);

        Submit(Officer);
        Assert.IsType<ApprovalResult.Given>(Approve(Leader));
    }

    [Fact]
    public void What_was_planned_otherwise_since_is_not_approved_but_named()
    {
        TakeTwo();
        var submitted = Assert.IsType<SubmissionResult.Submitted>(Submit(Officer)).Submission;
        _folder.Edit("subscribers.csv", "0981234561\n", "");
        _folder.Edit("campaign.yaml", "\"20:00\"", "\"20:30\"");
        Assert.NotNull(_folder.Prepare(ChangedRun.PlanAgain).Run);

        var refused = Assert.IsType<ApprovalFinding.OtherSubmitted>(Refused(Approve(Leader)));
        var words = string.Join("; ", refused.Changes.Select(change => change.In(Language.Vietnamese)));
        Assert.Contains("schedule.window.to 20:00 → 20:30", words, StringComparison.Ordinal);
        Assert.Contains("danh sách thuê bao nhận tin", words, StringComparison.Ordinal);

        // Nor by the code that was printed then.
        var byCode = Assert.IsType<ApprovalResult.Refused>(Approve(Leader, submitted.Hash[..12]));
        var owner = Assert.IsType<CodeOwner.OfSubmission>(
            Assert.IsType<ApprovalFinding.OtherCode>(byCode.Findings[0]).Owner);
        Assert.Equal(submitted.Id, owner.Submission.Id);
        Assert.NotEmpty(owner.Changes);
        Assert.Empty(Registry.ReadApprovals());
    }

    [Fact]
    public void Files_changed_since_it_was_submitted_and_not_planned_again_are_named_as_well()
    {
        TakeTwo();
        Submit(Officer);
        _folder.Edit("subscribers.csv", "0981234561\n", "");

        var refused = Assert.IsType<ApprovalResult.Refused>(Approve(Leader));

        Assert.Contains(refused.Findings, finding => finding is ApprovalFinding.OfFiles { IsError: true } file
            && file.Problem.In(Language.Vietnamese).Contains("subscribers.csv", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)] // one alone may: it is only said
    public void What_was_refused_is_approved_only_once_it_is_submitted_again(bool takesTwo, bool isError)
    {
        if (takesTwo)
            TakeTwo();
        Submit(Officer);
        Assert.IsType<RejectionResult.Rejected>(Desk.Reject(Leader, Key, null, " sai ngày "));

        var result = Approve(Leader);

        var findings = result is ApprovalResult.Refused refused
            ? refused.Findings
            : Assert.IsType<ApprovalResult.Given>(result).Findings;
        var found = Assert.Single(findings.OfType<ApprovalFinding.NotSubmitted>());
        Assert.Equal((isError, "sai ngày"), (found.IsError, found.Last!.Rejected!.Reason));
        Assert.Equal(isError, result is ApprovalResult.Refused);
    }

    [Fact]
    public void Refusing_needs_a_name_a_reason_and_what_waits()
    {
        Assert.Equal(
            [typeof(RejectionFinding.NoName), typeof(RejectionFinding.NoReason), typeof(RejectionFinding.NothingWaits)],
            Found(Desk.Reject(Leader with { Person = "" }, Key, null, " ")));

        var waits = Assert.IsType<SubmissionResult.Submitted>(Submit(Officer)).Submission;
        Assert.Equal([typeof(RejectionFinding.OtherCode)], Found(Desk.Reject(Leader, Key, "0123456789ab", "sai")));
        Assert.Equal(
            [typeof(RejectionFinding.OtherCode)], // could be another's as well
            Found(Desk.Reject(Leader, Key, ApprovalHash.Brief(waits.Hash)[..^1], "sai")));
        Assert.Null(Registry.Submissions.Read(Key)[0].Rejected);
        Assert.IsType<RejectionResult.Rejected>(Desk.Reject(Leader, Key, ApprovalHash.Brief(waits.Hash), "sai"));
        Assert.Equal([typeof(RejectionFinding.NothingWaits)], Found(Desk.Reject(Leader, Key, null, "sai")));
    }

    [Fact]
    public void What_is_returned_is_a_draft_with_the_reason_until_it_is_submitted_again()
    {
        TakeTwo();
        var waits = Assert.IsType<SubmissionResult.Submitted>(Submit(Officer)).Submission;

        var returned = Assert.IsType<RejectionResult.Rejected>(
            Desk.Reject(Leader, Key, ApprovalHash.Brief(waits.Hash), " ghi đúng ngày ", RejectionKind.Returned));

        Assert.Equal((RejectionKind.Returned, "ghi đúng ngày"), (returned.Rejection.Kind, returned.Rejection.Reason));
        Assert.Equal(OfficerState.Draft, State);
        Assert.Equal(waits.Id, Desk.FindAnswered(Key.Campaign)?.Id);
        var found = Assert.IsType<ApprovalFinding.NotSubmitted>(Refused(Approve(Leader)));
        Assert.Contains(
            "đã được Nguyễn Văn A trả lại để sửa: ghi đúng ngày",
            ApprovalFindingWords.Of(found).What.Vi,
            StringComparison.Ordinal);
        Assert.Empty(Registry.Audit.Verify(ledgers: true).Findings);

        Submit(Officer);
        Assert.Null(Desk.FindAnswered(Key.Campaign));
        Assert.IsType<ApprovalResult.Given>(Approve(Leader));
    }

    /// <summary>On the server the account is known, and not who sits there.</summary>
    [Fact]
    public void Who_submitted_it_on_the_pages_withdraws_it_and_does_not_return_it()
    {
        var own = Who.OnTheWeb("Trần Thị B", "binh", null);
        Submit(own);

        Assert.Equal(
            [typeof(RejectionFinding.IsOwn)], Found(Desk.Reject(own, Key, null, "sửa", RejectionKind.Returned)));
        Assert.Equal(
            [typeof(RejectionFinding.NotOwn)],
            Found(Desk.Reject(
                Who.OnTheWeb("Trần Thị B", "Binh", null), Key, null, "sửa", RejectionKind.Withdrawn)));
        Assert.IsType<RejectionResult.Rejected>(Desk.Reject(own, Key, null, "sửa", RejectionKind.Withdrawn));

        Submit(Officer);
        Assert.Equal(
            [typeof(RejectionFinding.NotOwn)],
            Found(Desk.Reject(Officer with { Behind = "BINH" }, Key, null, "sửa", RejectionKind.Withdrawn)));
        Assert.IsType<RejectionResult.Rejected>(Desk.Reject(Officer, Key, null, "sửa", RejectionKind.Returned));
    }

    /// <summary>The same was submitted again although it is approved.</summary>
    [Theory]
    [InlineData(RejectionKind.Returned)]
    [InlineData(RejectionKind.Withdrawn)]
    [InlineData(RejectionKind.Refused)]
    public void Where_an_approval_stands_the_run_is_no_draft_and_goes_all_the_same(RejectionKind kind)
    {
        var who = kind == RejectionKind.Withdrawn ? Officer : Leader;
        Approve(Leader);
        Submit(Officer);

        var stands = Assert.IsType<RejectionResult.Rejected>(Desk.Reject(who, Key, null, "nhầm", kind));

        Assert.Equal(("Nguyễn Văn A", false), (stands.Standing?.ApprovedBy, stands.IsDraft));
        Assert.Equal(OfficerState.Approved, State);

        // Planned otherwise since: that approval lets nothing of it go.
        _folder.Edit("subscribers.csv", "0981234561\n", "");
        Assert.NotNull(_folder.Prepare(ChangedRun.PlanAgain).Run);
        Submit(Officer);
        var draft = Assert.IsType<RejectionResult.Rejected>(Desk.Reject(who, Key, null, "nhầm", kind));
        Assert.Equal((null, true), (draft.Standing, draft.IsDraft));
    }

    /// <summary>Whoever is let in by the pages under a name of the server is not taken for that account.</summary>
    [Fact]
    public void Only_the_account_that_submitted_it_withdraws_it_and_only_what_it_has_seen()
    {
        var waits = Assert.IsType<SubmissionResult.Submitted>(Submit(Officer)).Submission;
        foreach (var other in new[] { Leader, Who.OnTheWeb("Trần Thị B", "binh", null) })
        {
            Assert.Equal(
                [typeof(RejectionFinding.NotOwn)],
                Found(Desk.Reject(other, Key, null, "nhầm", RejectionKind.Withdrawn)));
        }

        Assert.Equal(
            [typeof(RejectionFinding.OtherCode)],
            Found(Desk.Reject(Officer, Key, "0123456789ab", "nhầm", RejectionKind.Withdrawn)));
        Assert.Equal(OfficerState.Submitted, State);

        Assert.IsType<RejectionResult.Rejected>(
            Desk.Reject(Officer, Key, ApprovalHash.Brief(waits.Hash), "nhầm", RejectionKind.Withdrawn));
        Assert.Equal(OfficerState.Draft, State);
        Assert.Equal(
            [typeof(RejectionFinding.NothingWaits)],
            Found(Desk.Reject(Leader, Key, null, "sai", RejectionKind.Returned)));
    }

    [Fact]
    public void Every_year_is_approved_only_where_every_year_was_submitted()
    {
        TakeTwo();
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        Submit(Officer);
        Assert.IsType<ApprovalFinding.OneYearSubmitted>(Refused(Approve(Leader, everyYear: true)));

        Submit(Officer, everyYear: true);
        Assert.IsType<ApprovalResult.Given>(Approve(Leader, everyYear: true));

        Assert.True(Registry.FindApproval(Key.Campaign, Key.Date.AddYears(1))!.IsByTwo);
    }

    [Fact]
    public void Nobody_an_other_code_and_an_approval_that_stands_are_each_said()
    {
        Approve(Leader);

        var refused = Assert.IsType<SubmissionResult.Refused>(
            Submit(Officer with { Person = " " }, code: "0123456789ab"));

        Assert.Equal(
            [typeof(ApprovalFinding.OtherCode), typeof(ApprovalFinding.NoName), typeof(ApprovalFinding.StandsAlready)],
            refused.Findings
                .Where(finding => finding is not ApprovalFinding.OfFiles)
                .Select(finding => finding.GetType()));
        Assert.Empty(Registry.Submissions.Read());
    }

    [Fact]
    public void While_another_approves_nothing_is_submitted()
    {
        using var other = PreparingLock.TakeForApproval(_folder.Data);

        Assert.IsType<SubmissionResult.IsBusy>(Submit(Officer));
    }

    [Fact]
    public void What_takes_the_place_of_an_approval_that_stands_says_whose_and_why()
    {
        Approve(Officer);

        var standing = Assert.IsType<ApprovalFinding.NoReplaceReason>(Refused(Approve(Leader))).Standing;
        Assert.Equal("Trần Thị B", Assert.Single(standing).ApprovedBy);

        var given = Assert.IsType<ApprovalResult.Given>(Approve(Leader, reason: "đổi người ký"));
        Assert.Equal("Trần Thị B", Assert.Single(given.Replaced).ApprovedBy);
        var (after, before) = (Registry.ReadApprovals()[0], Registry.ReadApprovals()[1]);
        Assert.Equal(("đổi người ký", after.Id), (after.Reason, before.ReplacedBy));
        Assert.Equal("được thay bằng phê duyệt mới của Nguyễn Văn A: đổi người ký", before.VoidReasonVi);
    }

    [Fact]
    public void An_approval_of_this_date_counts_beside_that_of_every_year_until_that_takes_its_place()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        Approve(Officer, everyYear: true);

        var own = Assert.IsType<ApprovalResult.Given>(Approve(Leader));
        Assert.Equal("Trần Thị B", own.EveryYears!.ApprovedBy);
        Assert.Equal("Nguyễn Văn A", Registry.FindApproval(Key.Campaign, Key.Date)!.ApprovedBy);
        Assert.Equal("Trần Thị B", Registry.FindApproval(Key.Campaign, Key.Date.AddYears(1))!.ApprovedBy);

        var everyYear = Assert.IsType<ApprovalResult.Given>(Approve(Officer, everyYear: true, reason: "dùng chung"));
        Assert.Equal(2, everyYear.Replaced.Count);
        Assert.Single(Registry.ReadApprovals(), approval => approval.Stands);
    }

    /// <summary>Whatever the clock says: it may be put back meanwhile.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_refused_or_withdrawn_while_its_files_are_read_is_not_approved_unseen(bool revoked)
    {
        Submit(Officer);
        if (revoked)
            Approve(Leader);
        var time = new MeanwhileTime(_folder.Time.GetUtcNow(), () =>
        {
            if (revoked)
                Registry.Revoke(Key, [1], Officer, "dừng", _folder.Time.GetUtcNow().AddHours(-1));
            else
                new SubmissionDesk(_folder.Data, new FakeTimeProvider(_folder.Time.GetUtcNow().AddHours(-1)))
                    .Reject(Officer, Key, null, "sai ngày");
        });

        var refused = new ApprovalDesk(_folder.Data, time).Approve(
            Leader, new ApprovalOrder(_folder.Request(), null, Reason: "vẫn gửi"), CancellationToken.None);

        Assert.IsType<ApprovalFinding.IsOtherByNow>(Refused(refused));
        Assert.Null(Registry.FindApproval(Key.Campaign, Key.Date));
    }

    /// <summary>Something happens after it has been asked for the first time.</summary>
    sealed class MeanwhileTime(DateTimeOffset now, Action meanwhile) : FakeTimeProvider(now)
    {
        int _asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++_asked == 2)
                meanwhile();
            return base.GetUtcNow();
        }
    }

    SubmissionDesk Desk => new(_folder.Data, _folder.Time);

    IRegistry Registry => Ledgers.OpenRegistry(_folder.Data);

    void TakeTwo() => _folder.Edit("smscampaign.json", "{", "{ \"approval\": { \"twoPersons\": true },");

    SubmissionResult Submit(Who who, string? code = null, string? note = null, bool everyYear = false) =>
        Desk.Submit(who, new SubmissionOrder(_folder.Request(), code, note, everyYear), CancellationToken.None);

    ApprovalResult Approve(Who who, string? code = null, bool everyYear = false, string? reason = null) =>
        new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            who,
            new ApprovalOrder(_folder.Request(), code, EveryYear: everyYear, Reason: reason),
            CancellationToken.None);

    static ApprovalFinding Refused(ApprovalResult result) =>
        Assert.Single(Assert.IsType<ApprovalResult.Refused>(result).Findings, finding => finding.IsError);

    OfficerState State => Assert.Single(
        StatusView.Read(_folder.Data, _folder.Installation, null, _folder.Time).Runs).State;

    static IEnumerable<Type> Found(RejectionResult result) =>
        Assert.IsType<RejectionResult.Refused>(result).Findings.Select(finding => finding.GetType());
}
