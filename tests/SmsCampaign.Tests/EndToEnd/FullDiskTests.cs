using System.Globalization;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// The disk of the ledger fills up while a campaign is sent, and is made larger afterwards.
/// </summary>
[Trait("Category", "Slow")]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    /// <summary>What is left to the program on the small disk: less than its journals grow to.</summary>
    const int FreeBytes = 1_000_000;

    [Fact]
    public async Task A_full_disk_stops_the_sending_with_a_clear_word_and_it_goes_on_when_there_is_room()
    {
        await using var campaign = await CrashCampaign.OpenAsync(
            GatewayKind.AnswersInquiries, CrashCampaign.LanesOf(subscribers: 8_000), seed: 1);
        var office = campaign.Office;
        using var disk = SmallDisk.TryMount(office.Data.Root);
        if (disk is null)
            output.WriteLine("no disk can be mounted here: a file-size limit stands for it");

        var full = disk is null ? await RunLimitedAsync(office) : await RunOnAsync(disk, office);
        Assert.True(full.ExitCode == 1, $"{full}");
        Assert.InRange(office.MessagesSeen(), 1, office.Numbers.Count - 1);
        if (disk is not null)
            Assert.Contains(
                $"Đĩa chứa thư mục dữ liệu {office.Data.Root} đã đầy.", full.Errors, StringComparison.Ordinal);

        disk?.Resize(1_000_000_000);
        var verdict = CrashVerdict.Of(campaign, await campaign.RunAsync(kills: 0));

        Assert.Empty(verdict.Faults);
        Assert.Equal(8_000, verdict.Messages);
    }

    static async Task<ProgramResult> RunOnAsync(SmallDisk disk, Office office)
    {
        disk.Resize(disk.UsedBytes + FreeBytes);
        return await office.RunAsync("send", office.CampaignFile);
    }

    /// <summary>No file may grow beyond what the largest is now, and a little.</summary>
    static async Task<ProgramResult> RunLimitedAsync(Office office)
    {
        var blocks = (new FileInfo(office.Data.Run(office.Key)).Length + FreeBytes) / 512;

        // Without the second map of its code, which is a file as large as it may ever become.
        string[] shell =
        [
            "env",
            "DOTNET_EnableWriteXorExecute=0",
            "sh",
            "-c",
            string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""),
        ];
        await using var program = office.StartThrough(shell, "send", office.CampaignFile);
        return await program.WaitAsync();
    }
}
