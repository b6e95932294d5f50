using SmsCampaign.Carriers;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>What is found of the records and of the rates of a run, without a terminal.</summary>
public sealed class RecordDeskTests : IDisposable
{
    const int Viettel = 1;
    const string Id = "thu-nghiem";
    static readonly Who Officer = new("Nguyễn Văn A", "van.a", "cong-van");

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_nothing_was_recorded_nothing_is_verified_and_nothing_is_made()
    {
        Assert.Null(Desk.Verify());
        Assert.False(Directory.Exists(_folder.Data.Root));
    }

    [Fact]
    public void Records_as_they_were_written_hold()
    {
        Approve();

        var check = Desk.Verify()!;

        Assert.True(check.Holds);
        Assert.Null(check.Trouble);
        Assert.Equal(check.Report.Head.Row, check.Report.Rows);
        Assert.True(check.Report.Rows > 0);
    }

    [Fact]
    public void What_was_decided_and_what_happened_is_said_in_words_and_a_word_of_a_later_program_as_it_stands()
    {
        var (registry, now) = (Ledgers.OpenRegistry(_folder.Data), _folder.Time.GetUtcNow());
        var key = new RunKey(Id, new DateOnly(2025, 7, 30), false);
        registry.Record(new Decision(key, now, now, DecisionKind.Late, new Wording("máy tắt", "the machine was off")));
        registry.RecordEvent(Officer, "console-person", "add binh: soan-thao", now);
        registry.RecordEvent(Officer, "paused", "lane viettel", now);
        registry.RecordEvent(Officer, "of-another-year", "", now);

        var all = Desk.Look(new RecordWish(null, null, null), null, 10, _ => true).Records;

        Assert.Equal(
            [
                "of-another-year",
                "tạm dừng: lane viettel",
                "người dùng trang web: add binh: soan-thao",
                "2025-07-30, bắt đầu gửi muộn: máy tắt",
            ],
            all.Where(record => record.Subject is AuditSubject.Event or AuditSubject.Run)
                .Select(record => record.Detail.In(Language.Vietnamese)));
    }

    [Fact]
    public void A_record_that_was_changed_by_hand_is_told()
    {
        Approve();
        Execute("update approval set approved_by = 'Lê Văn C'");

        var check = Desk.Verify()!;

        Assert.False(check.Holds);
        Assert.NotEmpty(check.Report.Findings);
        Assert.Null(check.Trouble);
    }

    [Fact]
    public void Without_the_key_of_the_chain_nothing_holds_and_why_is_said()
    {
        Approve();
        File.Delete(_folder.Data.AuditKey);

        var check = Desk.Verify()!;

        Assert.False(check.Holds);
        Assert.Contains(_folder.Data.AuditKey, check.Trouble!.Value.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_kept_its_rates_and_is_as_it_was_approved_is_proven()
    {
        Approve();
        await SendOneAsync(Run());

        var proven = Desk.Prove(Run());

        Assert.True(proven.Holds);
        Assert.Null(proven.Words);
        Assert.Equal(1, proven.Proof.Lanes.Sum(lane => lane.Own.Messages));
    }

    [Fact]
    public async Task A_ledger_that_says_other_than_what_was_approved_proves_nothing()
    {
        Approve();
        await SendOneAsync(Run());
        using (var db = SqliteDb.Open(_folder.Ledger()))
            db.Execute("update lane set rate = rate + 1");

        var proven = Desk.Prove(Run());

        Assert.True(proven.Proof.IsKept);
        Assert.False(proven.Holds);
        Assert.NotEmpty(proven.Differences);
        Assert.NotNull(proven.Words);
    }

    /// <summary>A rehearsal has its carriers to itself.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Other_runs_of_the_account_count_beside_a_real_run_and_not_beside_a_rehearsal()
    {
        foreach (var id in new[] { Id, "nhac-lai" })
        {
            _folder.Edit("campaign.yaml", "id: thu-nghiem", $"id: {id}");
            foreach (var simulated in new[] { false, true })
            {
                var prepared = _folder.Prepare(simulated: simulated);
                Assert.True(prepared.Run is not null, string.Join("\n", prepared.Problems));
                await SendOneAsync(Run(id, simulated));
            }
        }

        Assert.Equal((1, 0), (OthersBeside(simulated: false), OthersBeside(simulated: true)));
    }

    int OthersBeside(bool simulated) => Desk.Prove(Run(Id, simulated)).Proof.Lanes.Max(lane => lane.OtherRuns);

    RecordDesk Desk => new(_folder.Data);

    RunRecord Run(string id = Id, bool simulated = false) =>
        Ledgers.OpenRegistry(_folder.Data).Find(new RunKey(id, new DateOnly(2025, 7, 30), simulated))!;

    Task SendOneAsync(RunRecord run) => _folder.SendAsync(run.ToKey(), Viettel, SendResult.Accepted("id"));

    void Approve() => Assert.IsType<ApprovalResult.Given>(
        new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Officer, new ApprovalOrder(_folder.Request(), Seen: null), CancellationToken.None));

    void Execute(string sql)
    {
        using var db = SqliteDb.Open(_folder.Data.Ledger);
        db.Execute(sql);
    }
}
