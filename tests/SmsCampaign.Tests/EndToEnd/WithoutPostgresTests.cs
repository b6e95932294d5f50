using System.Globalization;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>Where ledgers are files, nothing of PostgreSQL is so much as loaded.</summary>
[Trait("Category", "Slow")]
public sealed class WithoutPostgresTests
{
    [Fact]
    public async Task Neither_worker_nor_pages_load_anything_of_it()
    {
        Machine.NeedsLinux("it tells what a process has loaded");
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_961_000_000, 10, 50)]);
        await using var worker = office.Start("worker");
        await using var pages = office.Start("console", "--listen", "http://127.0.0.1:0");

        await worker.Spoken;
        await pages.Spoken;

        Assert.Contains("Quartz.dll", LoadedBy(worker));
        Assert.Contains("Microsoft.EntityFrameworkCore.Sqlite.dll", LoadedBy(pages));
        Assert.DoesNotContain(LoadedBy(worker), file => file.StartsWith("Npgsql", StringComparison.Ordinal));
        Assert.DoesNotContain(LoadedBy(pages), file => file.StartsWith("Npgsql", StringComparison.Ordinal));
    }

    static HashSet<string> LoadedBy(ProgramUnderTest program) =>
    [
        .. File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{program.Id}/maps"))
            .Select(line => Path.GetFileName(line.TrimEnd())),
    ];
}
