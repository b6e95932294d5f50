using System.Runtime.Versioning;
using System.Text;
using SmsCampaign.Tests.Audience;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>What the real program leaves on the machine, whatever it is asked: nothing of the audience outside the
/// folders it was given, and nothing there that others can read.</summary>
[Trait("Category", "Slow")]
[UnsupportedOSPlatform("windows")]
public sealed class StrayFilesTests : IDisposable
{
    static readonly OfficeLane Lane = new("viettel", 84_960_000_001, 30, 300);

    readonly TempFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task No_verb_leaves_anything_in_the_temporary_folder_nor_anything_that_others_can_read(string kind)
    {
        Machine.NeedsUnix("files have no modes");

        await using var office = await Office.OpenAsync([Lane]);
        if (kind == "xlsx")
            WriteWorkbook(office);

        var home = Path.GetDirectoryName(office.CampaignFile)!;
        var given = Directory.GetFiles(home);
        Directory.CreateDirectory(office.Data.Root, (UnixFileMode)0x1ED); // 0755, as by hand

        foreach (var verb in VerbsOf(office))
        {
            var ended = await RunAsync(office, verb);
            Assert.True(ended.ExitCode == 0, $"{verb[0]}: {ended}");
            NothingStrayIsLeft(home, given, verb[0]);
        }

        OthersCanReadNothing(home, given);
        Assert.True(File.Exists(Path.Combine(office.Data.Root, "so-day-du", Office.CampaignId, "chi-tiet.csv")));
        Assert.True(File.Exists(Path.Combine(office.Data.Root, "so-day-du", Office.CampaignId + ".zip")));
    }

    static IEnumerable<string[]> VerbsOf(Office office) =>
    [
        ["numbers", office.AudienceFile, "--masked"],
        ["check", office.CampaignFile],
        ["plan", office.CampaignFile],
        ["approve", office.CampaignFile, "--by", "Nguyễn Văn A"],
        ["send", office.CampaignFile],
        ["status"],
        ["prove", Office.CampaignId],
        ["report", Office.CampaignId, "--out", "bao-cao"],
        ["report", Office.CampaignId, "--unmasked", "--by", "Nguyễn Văn A"],
        ["report", Office.CampaignId, "--unmasked", "--by", "Nguyễn Văn A", "--encrypt"],
        ["resolve", Office.CampaignId],
        ["audit", "verify"],
        ["backup", "sao-luu"],
        ["restore", "sao-luu", "--by", "Nguyễn Văn A", "--reason", "thử"],
    ];

    async Task<ProgramResult> RunAsync(Office office, string[] verb)
    {
        // A workbook is nothing that 'numbers' reads.
        if (verb[0] == "numbers" && WorkbookKind(office.AudienceFile))
            return new ProgramResult(0, "", "");

        await using var program = office.StartThrough(
            ["env", $"TMPDIR={_temporary.Path}", "SMS_CAMPAIGN_EXPORT_PASSWORD=mot mat khau du dai"], verb);
        return await program.WaitAsync();
    }

    void NothingStrayIsLeft(string home, string[] given, string verb)
    {
        var left = Directory.GetFileSystemEntries(_temporary.Path, "*", SearchOption.AllDirectories);
        Assert.True(left.Length == 0, $"{verb} left {string.Join(", ", left)}");

        foreach (var report in Directory.EnumerateFiles(home, "*.csv", SearchOption.AllDirectories).Except(given))
        {
            var isFull = report.Contains("so-day-du", StringComparison.Ordinal);
            Assert.True(
                isFull || !File.ReadAllText(report, Encoding.UTF8).Contains("84960000", StringComparison.Ordinal),
                $"{verb} left numbers in {report}");
        }
    }

    static void OthersCanReadNothing(string home, string[] given)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var entry in Directory.GetFileSystemEntries(home, "*", SearchOption.AllDirectories).Except(given))
            Assert.True(
                OperatingSystem.IsWindows() || (File.GetUnixFileMode(entry) & others) == 0,
                $"{entry} is left for others to read");
    }

    static void WriteWorkbook(Office office) =>
        new WorkbookFile { Shared = [.. office.Numbers.Select(number => $"<t>{number}</t>")] }
            .Sheet(
                "Danh sách",
                WorkbookFile.Rows(["Số điện thoại", "Xã/phường"]) + string.Concat(office.Numbers.Select((_, at) =>
                    $"<row r=\"{at + 2}\"><c r=\"A{at + 2}\" t=\"s\"><v>{at}</v></c>"
                    + $"{WorkbookFile.Text($"B{at + 2}", "Ea Bung")}</row>")))
            .Write(office.AudienceFile);

    static bool WorkbookKind(string file)
    {
        using var head = File.OpenRead(file);
        return head.ReadByte() == 'P';
    }
}
