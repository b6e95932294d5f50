using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

public sealed class StatusCommandTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_damaged_file_of_receipts_hides_no_run()
    {
        _folder.Prepare();
        var damaged = Path.Combine(_folder.Data.Root, "receipts-2025-07.db");
        File.WriteAllText(damaged, string.Concat(Enumerable.Repeat("no database ", 1_000)));

        var (exit, output, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("thu-nghiem, ngày 30/07/2025", output, StringComparison.Ordinal);
        Assert.Contains($"{damaged} bị hỏng", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_receipts_that_cannot_be_opened_hides_no_run()
    {
        _folder.Prepare();
        var away = Path.Combine(_folder.Data.Root, "receipts-2025-07.db");
        File.CreateSymbolicLink(away, Path.Combine(_folder.Data.Root, "unmounted", "receipts-2025-07.db"));

        var (exit, output, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("thu-nghiem, ngày 30/07/2025", output, StringComparison.Ordinal);
        Assert.Contains($"{away} không đọc được", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inputs", "x")]
    [InlineData("inputs", "null")]
    [InlineData("audience", "[1]")]
    public async Task A_run_of_which_it_cannot_be_read_what_it_was_made_of_hides_no_other(string name, string value)
    {
        var key = _folder.Prepare().Planned!.Key;
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.AddRun(
            registry.Find(key)! with
            {
                Key = "khac/2025-07-30",
                Campaign = "khac",
                Code = "khac0000",
                File = "runs/khac-2025-07-30.db",
            },
            _folder.Time.GetUtcNow());
        using (var db = SqliteDb.Open(_folder.Ledger()))
            db.Execute($"update run_info set value = '{value}' where name = '{name}'");

        var (exit, output, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("thu-nghiem, ngày 30/07/2025: HỎNG", output, StringComparison.Ordinal);
        Assert.Contains("thu-nghiem-2025-07-30.db", errors, StringComparison.Ordinal);
        Assert.Contains("khac, ngày 30/07/2025", output, StringComparison.Ordinal);
    }

    /// <summary>As where the machine's clock went past an opening: nothing is sent before a person looks.</summary>
    [Theory]
    [InlineData(RunState.Held, ExitCode.CouldNot)]
    [InlineData(RunState.Planned, ExitCode.Done)]
    public async Task A_run_that_waits_for_a_person_is_not_well(RunState state, int expected)
    {
        var key = _folder.Prepare().Planned!.Key;
        Ledgers.OpenRegistry(_folder.Data).SetState(key, state, _folder.Time.GetUtcNow());

        var (exit, _, _) = await RunAsync("status");

        Assert.Equal(expected, exit);
    }

    [Fact]
    public async Task An_approval_whose_hash_is_none_hides_no_run()
    {
        var planned = _folder.Prepare().Planned!;
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.Approve(new Approval
        {
            Campaign = "thu-nghiem",
            Date = "2025-07-30",
            Hash = planned.ApprovedHash,
            ApprovedBy = "A",
            At = _folder.Time.GetUtcNow().ToSql(),
        });
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("update approval set hash = 'abc'");

        var (_, output, errors) = await RunAsync("status");

        Assert.Contains("mã abc", output, StringComparison.Ordinal);
        Assert.Contains("Chuỗi kiểm toán KHÔNG xác nhận", errors, StringComparison.Ordinal);
        Assert.EndsWith("mọi quyết định).", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunState.Sending, "NGỪNG GỬI")]
    [InlineData(RunState.Approved, "KHÔNG gửi")]
    public async Task A_run_whose_approval_is_void_is_not_shown_as_sending(RunState state, string shown)
    {
        var planned = _folder.Prepare().Planned!;
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.Approve(new Approval
        {
            Campaign = "thu-nghiem",
            Date = "2025-07-30",
            Hash = planned.ApprovedHash,
            ApprovedBy = "A",
            At = _folder.Time.GetUtcNow().ToSql(),
        });
        registry.SetState(planned.Key, state, _folder.Time.GetUtcNow());
        Assert.DoesNotContain(shown, (await RunAsync("status")).Output, StringComparison.Ordinal);

        registry.VoidOtherDates(
            planned.Key with { Date = new DateOnly(2025, 7, 31) }, yearly: false, _folder.Time.GetUtcNow());

        Assert.Contains($"ngày 30/07/2025: {shown}", (await RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "\"isUnapproved\":true",
            (await RunAsync("status", "--json")).Output.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_under_way_whose_ledger_is_gone_is_told_once_with_the_way_out()
    {
        var planned = _folder.Prepare().Planned!;
        Ledgers.OpenRegistry(_folder.Data).SetState(planned.Key, RunState.Sending, _folder.Time.GetUtcNow());
        File.Delete(_folder.Ledger());

        var (exit, _, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("sms-campaign declare thu-nghiem --date 2025-07-30 --by", errors, StringComparison.Ordinal);
        Assert.Equal(2, errors.Split(_folder.Ledger()).Length); // named once
        EnglishWords.AssertNone(errors);
    }

    [Theory]
    [InlineData("thu-nghiêm", "Có phải là 'thu-nghiem' không?")]
    [InlineData("dak-lak-2025", "Đã có của: thu-nghiem.")]
    public async Task A_campaign_that_is_not_there_is_answered_with_what_is(string written, string told)
    {
        _folder.Prepare();

        var (exit, _, errors) = await RunAsync("status", written);

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"Chưa có lượt gửi nào của chiến dịch '{written}'", errors, StringComparison.Ordinal);
        Assert.Contains(told, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_given_twice_is_said_in_the_language_of_the_person()
    {
        var (exit, _, errors) = await RunAsync("status", "--data", "x");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("Tùy chọn '--data' được ghi 2 lần", errors, StringComparison.Ordinal);
    }

    async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. args, "--data", _folder.Data.Root, "--installation", _folder.Installation];

        var exit = await CommandLine.RunAsync(
            all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return (exit, Shown.Flat(output.ToString()), Shown.Flat(errors.ToString()));
    }
}
