using SmsCampaign.App;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.App;

/// <summary>What the officer reads where ledger.db was edited by hand, or is gone.</summary>
public sealed class EditedLedgerTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public EditedLedgerTests()
    {
        // The verbs run on the machine's clock.
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2099-07-30");
        _folder.Edit("campaign.yaml", "reportBy: 2025-09-30", "reportBy: 2099-09-30");
    }

    DataFolder Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2026-11-28T22:00:00Z")]
    [InlineData("2026-11-29T05:00:00.1234567+07:00")]
    [InlineData("2026-11-28 22:00:00")]
    public async Task A_time_is_read_in_any_form_of_ISO_8601(string written)
    {
        await ApproveAsync();
        Write($"update approval set voided_at = '{written}', void_reason_vi = 'x', void_reason_en = 'x'");

        var (exit, output, _) = await RunAsync("status");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("29/11/2026 05:00: x", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update approval set voided_at = 'x'", "bảng approval, dòng 1: 'x'")]
    [InlineData("insert into lane_stop (lane, at, reason, kind, cause) values ('viettel', 'x', 'r', 0, 0)", "bảng lane_stop, dòng viettel: 'x'")]
    [InlineData(
        "insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en) select campaign, date, 'x', at, 'held', 'r', 'r' from approval",
        "bảng decision, dòng thu-nghiem/2099-07-30: 'x'")]
    public async Task A_time_that_cannot_be_read_is_told_by_table_and_row_and_hides_no_run(string edit, string told)
    {
        await ApproveAsync();
        Write(edit);

        var (exit, output, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains(told, errors, StringComparison.Ordinal);
        Assert.Contains("'restore'", errors, StringComparison.Ordinal);
        Assert.Contains("thu-nghiem, ngày", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("declare")]
    [InlineData("send CAMPAIGN")]
    public async Task Where_ledgers_of_runs_lie_without_ledger_db_it_is_told_with_the_ways_out(string verb)
    {
        await ApproveAsync();
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(Data.Ledger + suffix);

        var (exit, output, errors) = await RunAsync(verb.Replace("CAMPAIGN", _folder.CampaignFile, StringComparison.Ordinal).Split(' '));

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"Không thấy {Data.Ledger}", errors, StringComparison.Ordinal);
        Assert.Contains("'restore'", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("đều đủ", output, StringComparison.Ordinal);
    }

    void Write(string sql)
    {
        using var db = SqliteDb.Open(Data.Ledger);
        db.Execute(sql);
    }

    async Task ApproveAsync() => Assert.Equal(ExitCode.Done, (await RunAsync("approve", _folder.CampaignFile, "--by", "Nguyễn Văn A")).Exit);

    async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. args, "--data", Data.Root, "--installation", _folder.Installation];

        var exit = await CommandLine.RunAsync(all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
