using System.Text.Json;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real program, its worker, and a stand-in gateway on loopback.</summary>
[Trait("Category", "Slow")]
public sealed class ReadyTests
{
    static readonly IReadOnlyList<OfficeLane> Lanes = [new("viettel", 84_960_000_001, 20, 100)];

    [Fact]
    public async Task The_evening_before_the_worker_looks_by_itself_and_what_breaks_then_is_said_with_what_to_do()
    {
        await using var office = await Office.OpenAsync(Lanes);
        office.WriteCampaign(office.Today.AddDays(1));
        await office.ApproveAsync();
        await using var worker = office.Start("worker");
        await worker.SaidAsync("Dịch vụ gửi đang chạy");

        // Its window opens at midnight: by noon the evening before is past where the day before is yesterday.
        var ready = await office.RunAsync("ready", Office.CampaignId);
        Assert.True(ready.ExitCode == 0, $"{ready}");
        Shown.AssertFits(ready.Output);
        Assert.Contains("Dịch vụ gửi: đang chạy từ ", ready.Output, StringComparison.Ordinal);
        Assert.Contains("Nhận biên nhận: đang nghe ở ", ready.Output, StringComparison.Ordinal);
        Assert.Contains("của dịch vụ đọc được", Shown.Flat(ready.Output), StringComparison.Ordinal);

        await office.Network.DieAsync();
        var away = await office.RunAsync("ready", Office.CampaignId, "--json");

        Assert.True(away.ExitCode == 1, $"{away}");
        var reach = JsonDocument.Parse(away.Output).RootElement.GetProperty("checks").EnumerateArray().Single(
            check => check.GetProperty("check").GetString() == "lane-reach");
        Assert.Equal(("viettel", "red"), (
            reach.GetProperty("subject").GetString(), reach.GetProperty("light").GetString()));

        var doctor = await office.RunAsync("doctor", "viettel");
        Assert.True(doctor.ExitCode == 1, $"{doctor}");
        Assert.StartsWith(
            "CHƯA ĐƯỢC Kênh gửi viettel: không kết nối được 127.0.0.1:",
            Shown.Flat(doctor.Output[doctor.Output.IndexOf("CHƯA ĐƯỢC  ", StringComparison.Ordinal)..]),
            StringComparison.Ordinal);

        worker.Terminate();
        await worker.WaitAsync();
    }
}
