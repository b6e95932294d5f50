using System.IO.Compression;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>A run of three of whom the first was sent to, and the row that says so is taken away past the program: it
/// is neither let go on, nor approved, ended, sent elsewhere or reported on as if nothing were.</summary>
[Trait("Category", "Slow")]
public sealed class RunImbalanceTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly DateOnly On = new(2025, 8, 2);
    static readonly OrderScope Scope = new(Key, null);
    static readonly Who Officer = Who.Here("Trần Thị B");

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    IRegistry Registry => Ledgers.OpenRegistry(_folder.Data);

    RunRecord Run => Registry.Find(Key)!;

    ControlDesk Desk => new(_folder.Data, _folder.Installation, _folder.Time);

    [Theory]
    [InlineData(OrderKind.End, true)]
    [InlineData(OrderKind.End, false)]
    [InlineData(OrderKind.Cancel, true)]
    public async Task It_is_paused_and_neither_ended_nor_called_off(OrderKind kind, bool isCounted)
    {
        await BeginAsync(RunState.Sending);
        TakeAway(isCounted);

        var refused = Assert.IsType<ControlResult.Refused>(await Desk.EndAsync(
            Officer, Scope, kind, 3, "đủ rồi", TimeSpan.Zero, CancellationToken.None));

        var finding = Assert.IsType<ControlFinding.DoesNotBalance>(Assert.Single(refused.Findings));
        var words = ControlWords.Of(finding).Vi;
        Assert.StartsWith("ĐÃ TẠM DỪNG", words, StringComparison.Ordinal);
        Assert.Contains("KHÔNG cân đối", words, StringComparison.Ordinal);
        Assert.Contains("ghi là chưa gửi dù đã chuyển: 1", words, StringComparison.Ordinal);
        Assert.Contains("giữ nguyên thư mục dữ liệu", words, StringComparison.Ordinal);
        Assert.Contains("khôi phục từ bản sao lưu", words, StringComparison.Ordinal);
        Assert.Equal(OrderKind.Pause, Assert.Single(Desk.Read()).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_can_be_paused_and_does_not_go_on(bool isCounted)
    {
        await BeginAsync(RunState.Sending);
        TakeAway(isCounted);
        Assert.IsType<ControlResult.Given>(await Desk.PauseAsync(
            Officer, Scope, "sổ sai", TimeSpan.Zero, CancellationToken.None));

        var refused = Assert.IsType<ControlResult.Refused>(await Desk.ResumeAsync(
            Officer, Scope, Desk.Read(), [], null, "xong", TimeSpan.Zero, CancellationToken.None));

        var finding = Assert.IsType<ControlFinding.DoesNotBalance>(Assert.Single(refused.Findings));
        Assert.StartsWith("CHƯA cho gửi tiếp", ControlWords.Of(finding).Vi, StringComparison.Ordinal);
        Assert.Equal(OrderKind.Pause, Assert.Single(Desk.Read()).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_not_approved_and_the_dossier_says_why(bool isCounted)
    {
        await BeginAsync(RunState.Held);
        TakeAway(isCounted);

        var refused = Assert.IsType<ApprovalResult.Refused>(new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Officer, new ApprovalOrder(_folder.Request(), null, Reason: "gửi nốt"), CancellationToken.None));
        var dossier = new DossierDesk(_folder.Data, _folder.Installation, _folder.Time).Read(Run);

        var finding = Assert.Single(refused.Findings.OfType<ApprovalFinding.DoesNotBalance>());
        Assert.True(finding.IsError);
        Assert.Equal(finding.Why, dossier.Imbalance);
        Assert.False(dossier.MayBeApproved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_it_is_said_to_have_left_is_planned_for_no_other_date(bool isCounted)
    {
        await BeginAsync(RunState.Sending);
        await LeaveAsync();
        Registry.SetState(Key, RunState.Ended, _folder.Time.GetUtcNow());
        Execute("update state set status = 7, attempt = null, handed_us = null where status = 3");
        Forget(isCounted);

        var refused = Assert.IsType<RestResult.Refused>(new SendRestDesk(_folder.Data, _folder.Time).Plan(
            new RestOrder("thu-nghiem", null, On, _folder.Installation), CancellationToken.None));
        var straight = new CampaignPreparation(_folder.Time).Prepare(
            _folder.Request(date: On) with { RestOf = Key.Date },
            _folder.Data,
            ChangedRun.PlanAgain,
            CancellationToken.None);

        var words = Assert.IsType<RestFinding.DoesNotBalance>(refused.Findings[0]).ToWords().Vi;
        Assert.Contains("KHÔNG cân đối", words, StringComparison.Ordinal);
        Assert.Null(straight.Run);
        Assert.Contains(straight.Problems, problem =>
            problem.What.Vi.Contains("KHÔNG cân đối", StringComparison.Ordinal));
        Assert.Null(Registry.Find(Key with { Date = On }));
    }

    [Fact]
    public async Task One_that_balances_is_ended_and_nothing_is_found_of_it()
    {
        await BeginAsync(RunState.Sending);

        Assert.Null(RunImbalance.Find(_folder.Data, Run));
        Assert.IsType<ControlResult.Ended>(await Desk.EndAsync(
            Officer, Scope, OrderKind.End, 2, "đủ rồi", TimeSpan.Zero, CancellationToken.None));
        await LeaveAsync();
        Assert.Null(RunImbalance.Find(_folder.Data, Run));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_report_says_in_every_document_that_it_does_not_balance(bool isCounted)
    {
        await BeginAsync(RunState.Sending);
        TakeAway(isCounted);
        using var reports = new TempFolder();

        var result = RunReport.Write(
            Run.AddressIn(_folder.Data), reports.Path, new ReportOptions(Language.Vietnamese));

        Assert.False(result.Balance.Holds);
        Assert.Equal(0, result.Balance.Difference);
        var written = WrittenReport.Read(reports.Path)!;
        Assert.False(written.Balances);
        Assert.Contains("ghi là chưa gửi dù đã chuyển: 1", written.BalanceNote, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(reports.File("bao-cao.html"));
        Assert.Contains("CÂN ĐỐI SAI", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Cân đối đúng", page, StringComparison.Ordinal);
        await using var letter = await ZipFile.OpenReadAsync(reports.File("bao-cao.docx"));
        using var body = new StreamReader(await letter.GetEntry("word/document.xml")!.OpenAsync());
        Assert.Contains("KHÔNG cân đối", await body.ReadToEndAsync(), StringComparison.Ordinal);
    }

    /// <summary>One of three is sent to.</summary>
    async Task BeginAsync(RunState state)
    {
        Assert.NotNull(_folder.Prepare().Run);
        await _folder.SendAsync(Key, 1, SendResult.Accepted("a"));
        Registry.SetState(Key, state, _folder.Time.GetUtcNow());
    }

    async Task LeaveAsync()
    {
        await using var ledger = Ledgers.RunAt(Run.AddressIn(_folder.Data))
            .Open(new ProcessClock(_folder.Time), Key, _folder.Data);
        await ledger.LeaveAsync(Reason.Ended);
    }

    /// <param name="isCounted">Whether the counts that were kept tell of it as well as the attempt.</param>
    void TakeAway(bool isCounted)
    {
        Execute("delete from state where status = 3");
        Forget(isCounted);
    }

    void Forget(bool isCounted)
    {
        if (!isCounted)
            Execute("delete from tally");
    }

    void Execute(string sql)
    {
        using var db = SqliteDb.Open(_folder.Ledger());
        db.Execute(sql);
    }
}
