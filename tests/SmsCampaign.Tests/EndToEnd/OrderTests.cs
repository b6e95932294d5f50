using System.Globalization;
using System.Text.Json;
using SmsCampaign.Tests.Orders;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>A campaign that carriers text themselves, by the real program.</summary>
[Trait("Category", "Slow")]
public sealed class OrderTests : IDisposable
{
    readonly HeldFolder _held = new(withOwn: false);

    public OrderTests()
    {
        // The program has the machine's clock: the day of sending is still to come by that.
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(30);
        _held.Edit("campaign.yaml", "date: 2025-07-30", "date: " + Text(day));
        _held.Edit("campaign.yaml", "reportBy: 2025-09-30", "reportBy: " + Text(day.AddDays(60)));
        for (var segment = 0; segment < 2; segment++)
        {
            _held.Edit("campaign.yaml", "acknowledgeBy: 20/7/2025", "acknowledgeBy: " + Text(day.AddDays(-10)));
            _held.Edit("campaign.yaml", "reportBy: 8/8/2025", "reportBy: " + Text(day.AddDays(9)));
        }
    }

    public void Dispose() => _held.Dispose();

    [Fact]
    public async Task An_officer_gets_from_the_file_to_the_carriers_answer_without_a_list_of_numbers()
    {
        var check = await RunAsync("check", _held.Files.CampaignFile);
        Assert.True(check.ExitCode == 0, $"{check}");
        Assert.Contains("NHÀ MẠNG TỰ NHẮN", check.Output, StringComparison.Ordinal);
        Assert.Contains("1.500", check.Output, StringComparison.Ordinal);

        await DoneAsync("plan", _held.Files.CampaignFile);
        var order = await DoneAsync("order", _held.Files.CampaignFile);
        Assert.Contains("CHƯA được phê duyệt", order.Output, StringComparison.Ordinal);
        var early = await RunAsync(
            "order", "sent", "thu-nghiem", "--holder", "viettel", "--document", "1", "--by", "B");
        Assert.Equal(2, early.ExitCode);

        await DoneAsync("approve", _held.Files.CampaignFile, "--by", "A");
        await DoneAsync("order", "sent", "thu-nghiem", "--holder", "viettel", "--document", "1/SKHCN", "--by", "B");
        await DoneAsync("order", "ack", "thu-nghiem", "--holder", "viettel", "--rate", "300", "--by", "B");
        await DoneAsync("order", "sent", "thu-nghiem", "--holder", "vinaphone", "--document", "2/SKHCN", "--by", "B");
        await DoneAsync("order", "refuse", "thu-nghiem", "--holder", "vinaphone", "--reason", "hết tải", "--by", "B");

        var status = await DoneAsync("status", "--json");
        var letters = JsonDocument.Parse(status.Output).RootElement.GetProperty("runs")[0].GetProperty("letters");
        Assert.Equal(
            ["acknowledged", "refused"],
            letters.EnumerateArray().Select(letter => letter.GetProperty("state").GetString()));
        Assert.Contains("TỪ CHỐI", (await DoneAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "the carrier REFUSES", (await DoneAsync("status", "--lang", "en")).Output, StringComparison.Ordinal);
        await DoneAsync("audit", "verify");
        await DoneAsync("report", "thu-nghiem");
    }

    async Task<ProgramResult> DoneAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run}");
        return run;
    }

    Task<ProgramResult> RunAsync(params string[] arguments) => ProgramUnderTest.RunAsync(
        Path.GetDirectoryName(_held.Files.CampaignFile)!,
        [.. arguments, "--data", _held.Data.Root, "--installation", _held.Files.Installation]);

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
