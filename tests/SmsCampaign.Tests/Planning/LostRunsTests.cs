using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Planning;

/// <summary>A run whose file is lost or old: nothing is planned by it, and what a person may do.</summary>
[Trait("Category", "Slow")]
public sealed class LostRunsTests : IDisposable
{
    const int Viettel = 1;
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();

    DataFolder Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rule_1_a_run_whose_file_is_lost_is_not_planned_again()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Lose();

        var preparation = _folder.Prepare(ChangedRun.PlanAgain);

        Assert.Null(preparation.Run);
        Assert.Contains("không thấy sổ", Assert.Single(preparation.Problems).What.Vi, StringComparison.Ordinal);
        Assert.False(File.Exists(Data.Run(Key)));
    }

    [Theory]
    [InlineData(RunState.Sending, false)]
    [InlineData(RunState.Finished, false)]
    [InlineData(RunState.Approved, true)]
    public void A_lost_run_of_a_program_that_kept_no_marks_is_judged_by_its_state(RunState state, bool planned)
    {
        var run = _folder.Prepare().Run!;
        using (var db = SqliteDb.Open(Data.Ledger))
            db.Execute("delete from run_mark");
        Ledgers.OpenRegistry(Data).SetState(run.Key, state, _folder.Time.GetUtcNow());
        Lose();

        Assert.Equal(planned, _folder.Prepare().Run is not null);
    }

    [Fact]
    public void A_lost_run_of_which_nothing_was_sent_is_planned_again()
    {
        var run = _folder.Prepare().Run!;
        // waited for its opening
        Ledgers.OpenRegistry(Data).SetState(run.Key, RunState.Sending, _folder.Time.GetUtcNow());
        Lose();

        Assert.NotNull(_folder.Prepare().Run);
    }

    [Fact]
    public async Task A_yearly_run_whose_file_is_lost_is_not_passed_over_for_next_years()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Lose();
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 8, 2, 3, 0, 0, TimeSpan.Zero));

        Assert.Contains("30/07/2025", Assert.Single(_folder.Prepare().Problems).What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declared_a_lost_file_is_made_anew_with_what_may_have_been_sent_uncertain()
    {
        var before = _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Lose();

        var (exit, output, _) = await RunAsync("declare", "thu-nghiem", "--by", "Trần Thị B", "--reason", "mất tệp");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("1 tin có thể đã gửi được ghi là chưa rõ", output, StringComparison.Ordinal);
        var counts = SomeRun.Count(Data.Run(Key));
        Assert.Equal((1, 2), (counts[MessageStatus.Uncertain], counts[MessageStatus.Planned]));

        // The approval and the references of its messages still hold.
        var after = _folder.Prepare();
        Assert.True(after.Run!.Reused);
        Assert.Equal((before.Run!.Code, before.Planned!.ApprovedHash), (after.Run.Code, after.Planned!.ApprovedHash));
        Assert.Contains("declare Trần Thị B", ReadEvents(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_file_whose_numbers_are_erased_is_not_made_anew_with_them()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        var registry = Ledgers.OpenRegistry(Data);
        registry.Purges.Add(PurgeDesk.StepOf(
            registry.Find(Key)!, PurgeStepKind.Begun, Who.Here("Trần Thị B"), "hết hạn", _folder.Time.GetUtcNow()));
        Lose();

        var (exit, _, errors) = await RunAsync("declare", "thu-nghiem", "--by", "Trần Thị B", "--reason", "mất tệp");

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("đã được xóa", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Data.Run(Key)));
        Assert.DoesNotContain("declare", ReadEvents(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_file_is_not_made_anew_from_files_that_have_changed()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Lose();
        _folder.Edit("subscribers.csv", "0981234561\n0981234562", "0981234562\n0981234561");

        var (exit, _, errors) = await RunAsync("declare", "thu-nghiem", "--by", "Trần Thị B", "--reason", "mất tệp");

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("không dựng lại được sổ đã mất", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Data.Run(Key)));
    }

    [Fact]
    public async Task Without_a_name_and_a_reason_it_is_only_listed()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Lose();

        var (listed, output, _) = await RunAsync("declare");
        var (refused, _, errors) = await RunAsync("declare", "thu-nghiem", "--by", "Trần Thị B");

        Assert.Equal((ExitCode.CouldNot, ExitCode.InputHasProblems), (listed, refused));
        Assert.Contains("thu-nghiem", output, StringComparison.Ordinal);
        Assert.Contains("--reason", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Data.Run(Key)));
    }

    [Theory]
    [InlineData("Chưa có lượt gửi nào của chiến dịch 'thu-ngiem'", "declare", "thu-ngiem")]
    [InlineData("Có phải là 'thu-nghiem' không?", "declare", "thu-ngiem", "--by", "Trần Thị B", "--reason", "mất tệp")]
    [InlineData(
        "Không có lượt gửi nào của ngày 29/07/2025. Đang có: thu-nghiem/2025-07-30",
        "declare",
        "thu-nghiem",
        "--date",
        "29/7/2025")]
    [InlineData(
        "Không có lượt gửi nào của ngày 29/07/2025. Đang có: thu-nghiem/2025-07-30", "declare", "--date", "29/7/2025")]
    public async Task A_run_that_there_is_not_is_not_called_whole(string said, params string[] arguments)
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));

        var (exit, output, errors) = await RunAsync(arguments);

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Equal("", output);
        Assert.Equal(ExitCode.Done, (await RunAsync("declare", "thu-nghiem")).Exit);
    }

    [Fact]
    public async Task A_run_whose_mark_outside_is_lost_goes_on_once_it_is_declared()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Directory.Delete(Data.Marks, recursive: true);
        Assert.Null(_folder.Prepare().Run);

        await RunAsync("declare", "thu-nghiem", "--by", "Trần Thị B", "--reason", "chuyển máy");

        Assert.True(RunFile.Judge(Data, Key).IsWhole);
        Assert.NotNull(_folder.Prepare().Run);
        Assert.Equal(2, SomeRun.Count(Data.Run(Key))[MessageStatus.Planned]);
    }

    [Fact]
    public async Task Status_and_report_say_that_a_file_is_old_and_resolve_does_not_touch_it()
    {
        _folder.Prepare();
        File.Copy(Data.Run(Key), Data.Run(Key) + ".old");
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        File.Move(Data.Run(Key) + ".old", Data.Run(Key), overwrite: true);

        var (_, _, status) = await RunAsync("status");
        var (_, _, report) = await RunAsync("report", "thu-nghiem");
        var (resolved, _, resolve) = await RunAsync("resolve", "thu-nghiem");

        Assert.Contains(
            "cũ hơn những gì đã gửi",
            string.Join(' ', status.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal); // its lines are broken
        Assert.Contains("cũ hơn những gì đã gửi", report, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CouldNot, resolved);
        Assert.Contains("cũ hơn những gì đã gửi", resolve, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_tells_of_a_run_that_the_database_has_lost()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        foreach (var file in Directory.GetFiles(Data.Root, "ledger.db*"))
            File.Delete(file);

        var (exit, output, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"{Data.Ledger} không có lượt gửi này", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Chưa có lượt gửi nào", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_fails_where_a_run_that_was_sent_has_no_mark_any_more()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Assert.Equal(ExitCode.Done, (await RunAsync("status")).Exit);
        Directory.Delete(Data.Marks, recursive: true);

        var (exit, _, errors) = await RunAsync("status");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("dấu mốc", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_says_where_a_run_is_being_sent_and_no_program_sends()
    {
        var run = _folder.Prepare().Run!;
        Ledgers.OpenRegistry(Data).SetState(run.Key, RunState.Sending, _folder.Time.GetUtcNow());

        using (SendingLock.TryTake(Data, _folder.Time))
            Assert.DoesNotContain(
                "Dịch vụ gửi KHÔNG chạy", (await RunAsync("status")).Errors, StringComparison.Ordinal);
        Assert.Contains("Dịch vụ gửi KHÔNG chạy", (await RunAsync("status")).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunState.Held, "phê duyệt lại bằng 'approve'")]
    [InlineData(RunState.Approved, "Phần còn lại gửi tiếp theo phê duyệt")]
    public async Task What_is_declared_of_a_held_run_says_that_it_must_be_approved_again(RunState state, string said)
    {
        var run = _folder.Prepare().Run!;
        await _folder.SendAsync(Key, Viettel, SendResult.Accepted("id"));
        Ledgers.OpenRegistry(Data).SetState(run.Key, state, _folder.Time.GetUtcNow());
        Directory.Delete(Data.Marks, recursive: true);

        var (exit, output, errors) = await RunAsync(
            "declare", Key.Campaign, "--by", "Nguyễn Văn A", "--reason", "mất dấu mốc");

        Assert.True(exit == ExitCode.Done, errors);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    void Lose()
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Data.Run(Key))!, "*.db*"))
            File.Delete(file);
    }

    string ReadEvents()
    {
        using var db = SqliteDb.Open(Data.Ledger, readOnly: true);
        return db.ReadText("select group_concat(what || ' ' || who || ' ' || detail) from event") ?? "";
    }

    async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. args, "--data", Data.Root, "--installation", _folder.Installation];

        var exit = await CommandLine.RunAsync(
            all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
