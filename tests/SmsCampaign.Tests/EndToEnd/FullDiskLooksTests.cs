using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>What a person is shown, and told, by the real program while the disk of the data folder is full.</summary>
[Trait("Category", "Slow")]
public sealed class FullDiskLooksTests(ITestOutputHelper output)
{
    static readonly string[] Decision = ["--by", "Nguyễn Văn A", "--reason", "lãnh đạo gọi"];

    [Fact]
    public async Task What_only_looks_shows_all_there_is_and_status_says_that_the_disk_is_full()
    {
        await using var office = await OpenAsync();
        Assert.Equal(0, (await office.RunAsync("send", office.CampaignFile)).ExitCode);
        using var disk = TryFill(office);
        if (disk is null)
            return;

        foreach (var arguments in new string[][] { [], ["--history"], ["--json"] })
        {
            var status = await office.RunAsync(["status", Office.CampaignId, .. arguments]);
            Assert.Equal(1, status.ExitCode);
            Assert.Contains("40", status.Output, StringComparison.Ordinal);
            Assert.Contains("ĐÃ ĐẦY: không gửi được tin nào", Unwrapped(status.Errors), StringComparison.Ordinal);
        }

        var doctor = await office.RunAsync("doctor");
        Assert.Contains("Sổ gửi tin: ledger.db nguyên vẹn.", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("CHƯA ĐƯỢC  Đĩa: còn 0 MB", doctor.Output, StringComparison.Ordinal);
        await DoneAsync(office, "Mọi giới hạn trong hợp đồng đều được giữ đúng", "prove", Office.CampaignId);
        await DoneAsync(office, "Chuỗi kiểm toán đúng", "audit", "verify");
        await DoneAsync(office, "không có tin", "resolve", Office.CampaignId);
        var elsewhere = office.Data.Root + ".elsewhere";
        await DoneAsync(office, "Cân đối đúng", "report", Office.CampaignId, "--out", elsewhere);
        Assert.NotEmpty(Directory.GetFiles(elsewhere));
    }

    [Fact]
    public async Task A_pause_stands_by_its_mark_where_the_marks_lie_on_another_disk()
    {
        await using var office = await OpenAsync();
        using var disk = TryFill(office);
        if (disk is null)
            return;

        var ready = await office.RunAsync("ready", Office.CampaignId);
        Assert.Contains("Sổ gửi tin: ", ready.Output, StringComparison.Ordinal);
        Assert.Contains("CHƯA ĐƯỢC  Đĩa: còn 0 MB", ready.Output, StringComparison.Ordinal);
        var paused = await office.RunAsync(["pause", Office.CampaignId, .. Decision]);
        var called = await office.RunAsync(["cancel", Office.CampaignId, "--seen", "40", .. Decision]);

        Assert.True(paused.ExitCode == 0, $"{paused}");
        Assert.Contains("đã đầy nên lệnh không vào được ledger.db", paused.Errors, StringComparison.Ordinal);
        Assert.Contains("sudo systemctl stop sms-campaign", paused.Errors, StringComparison.Ordinal);
        Assert.True(called.ExitCode == 2, $"{called}");
        Assert.Contains("nhưng CHƯA hủy: đĩa chứa thư mục dữ liệu", called.Errors, StringComparison.Ordinal);

        disk.MakeRoom();
        Assert.NotEqual(0, (await office.RunAsync("send", office.CampaignFile)).ExitCode);
        Assert.Equal(0, office.MessagesSeen());
        await DoneAsync(office, "", ["resume", Office.CampaignId, .. Decision]);
    }

    [Fact]
    public async Task Where_no_disk_takes_the_order_nothing_is_stopped_and_that_is_said()
    {
        await using var office = await OpenAsync();
        using var disk = TryFill(office);
        if (disk is null)
            return;

        var marks = Path.Combine(office.Data.Root, "marks");
        foreach (var verb in new[] { "pause", "cancel", "end" })
        {
            await using var program = office.StartThrough(
                ["env", $"{DataFolder.MarksVariable}={marks}"], [verb, Office.CampaignId, .. Decision]);
            var result = await program.WaitAsync();

            Assert.True(result.ExitCode == 1, $"{result}");
            Assert.StartsWith(
                $"CHƯA dừng gì: đĩa chứa thư mục dữ liệu {office.Data.Root} đã đầy nên không ghi được lệnh '{verb}'.",
                result.Errors,
                StringComparison.Ordinal);
            Assert.Contains("sudo systemctl stop sms-campaign", result.Errors, StringComparison.Ordinal);
        }

        disk.MakeRoom();
        Assert.Empty(Ledgers.OpenRegistry(new DataFolder(office.Data.Root, marks)).Orders.Read());
    }

    [Fact]
    public async Task A_worker_whose_disk_fills_up_ends_and_tells_persons()
    {
        await using var office = await OpenAsync(subscribers: 2_000, rate: 20);
        var told = TellsTo(office);
        using var disk = SmallDisk.TryMount(office.Data.Root);
        if (disk is null)
            return;

        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => office.MessagesSeen() > 0);
        disk.Fill();
        var ended = await worker.WaitAsync();

        Assert.True(ended.ExitCode == 1, $"{ended}");
        Assert.Single(
            File.ReadAllLines(told),
            line => line.Contains("\"kind\":\"worker-ended\"", StringComparison.Ordinal)
                && line.Contains("đã đầy", StringComparison.Ordinal));
        disk.MakeRoom();
    }

    [Fact]
    public async Task A_worker_that_cannot_start_tells_persons_once_however_often_it_is_started_again()
    {
        await using var office = await OpenAsync();
        var told = TellsTo(office);
        using var disk = TryFill(office);
        if (disk is null)
            return;

        foreach (var isFirst in new[] { true, false })
        {
            var worker = await office.RunAsync("worker");
            Assert.True(worker.ExitCode == 1, $"{worker}");
            Assert.Contains("đã đầy", worker.Errors, StringComparison.Ordinal);
            Assert.Equal(isFirst, worker.Errors.Contains("Đã báo cho lệnh sh.", StringComparison.Ordinal));
        }

        Assert.Contains("\"kind\":\"worker-ended\"", Assert.Single(File.ReadAllLines(told)), StringComparison.Ordinal);
    }

    /// <summary>From now on a command writes down what persons are told.</summary>
    /// <returns>The file, a line each.</returns>
    static string TellsTo(Office office)
    {
        var folder = Path.GetDirectoryName(office.Data.Root)!;
        var (installation, told) = (Path.Combine(folder, "smscampaign.json"), Path.Combine(folder, "told"));
        var command = $"{{ \"path\": \"/bin/sh\", \"arguments\": [\"-c\", \"cat >> {told}; echo >> {told}\"] }}";
        File.WriteAllText(installation, string.Concat(
            $"{{ \"alerts\": {{ \"command\": {command} }},", File.ReadAllText(installation).AsSpan(1)));
        return told;
    }

    static async Task<Office> OpenAsync(int subscribers = 40, int rate = 1_000)
    {
        var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, subscribers, rate)]);
        await office.ApproveAsync();
        return office;
    }

    SmallDisk? TryFill(Office office)
    {
        var disk = SmallDisk.TryMount(office.Data.Root);
        if (disk is null)
            output.WriteLine("no disk can be mounted here");
        disk?.Fill();
        return disk;
    }

    async Task DoneAsync(Office office, string says, params string[] arguments)
    {
        var result = await office.RunAsync(arguments);
        output.WriteLine($"{result}");
        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Contains(says, result.Output, StringComparison.OrdinalIgnoreCase);
    }

    static string Unwrapped(string text) => text.Replace("\n  ", " ", StringComparison.Ordinal);
}
