using System.Globalization;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>An approval that is withdrawn while the worker sends, by the real program.</summary>
[Trait("Category", "Slow")]
public sealed class RevokeTests
{
    static readonly IReadOnlyList<OfficeLane> Lanes =
    [
        new("viettel", 84_960_000_001, 900, 150) { MaxInFlight = 20, MostPerCall = 4 },
        new("vinaphone", 84_910_000_001, 500, 100),
    ];

    [Theory]
    [InlineData("worker")]
    [InlineData("send")]
    public async Task Nothing_leaves_once_it_is_said_to_have_stopped_and_approved_again_the_rest_goes_to_nobody_twice(
        string verb)
    {
        await using var office = await Office.OpenAsync(Lanes);
        await office.ApproveAsync();
        await using var program = verb == "send" ? office.Start(verb, office.CampaignFile) : office.Start(verb);
        await program.UntilAsync(() => office.MessagesSeen() >= 100);

        var revoked = await office.RunAsync(
            "revoke", Office.CampaignId, "--by", "Nguyễn Văn A", "--reason", "phát hiện sai nội dung");

        var seen = office.MessagesSeen();
        Assert.True(revoked.ExitCode == 0, $"{revoked}");
        var told = Shown.Flat(revoked.Output);
        Assert.Contains("Đã thu hồi phê duyệt của Nguyễn Văn A", told, StringComparison.Ordinal);
        Assert.Contains("đã dừng: không tin nào được gửi thêm", told, StringComparison.Ordinal);
        Assert.InRange(seen, 100, office.Numbers.Count - 1);

        var status = await office.StatusAsync();
        Assert.Equal("held", status.GetProperty("state").GetString());
        Assert.Equal("paused", status.GetProperty("stage").GetString());
        Assert.Contains(
            "Nguyễn Văn A thu hồi: phát hiện sai nội dung",
            status.GetProperty("decisions").EnumerateArray().Last().GetProperty("reason").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(seen, office.MessagesSeen());
        Assert.InRange(LastHandOverAfterRevoking(office), TimeSpan.FromDays(-1), TimeSpan.FromSeconds(10));

        if (verb == "send")
            await program.WaitAsync();
        await office.ApproveAsync();
        var sent = verb == "send" ? await office.RunAsync("send", office.CampaignFile) : null;
        Assert.True(sent is null or { ExitCode: 0 }, $"{sent}");
        if (sent is null)
            await program.UntilAsync(() => office.MessagesSeen() >= office.Numbers.Count);

        Assert.Equal(
            office.Numbers.Select(number => $"{number}").Order(),
            office.Network.Phones().Select(phone => phone.Phone).Order());
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
        Assert.Equal(0, (await office.RunAsync("audit", "verify")).ExitCode);
    }

    /// <summary>How long after the approval was withdrawn the last message was handed over.</summary>
    static TimeSpan LastHandOverAfterRevoking(Office office)
    {
        using var ledger = SqliteDb.Open(office.Data.Ledger, readOnly: true);
        var revoked = DateTimeOffset.Parse(
            ledger.ReadText("select at from revocation")!, CultureInfo.InvariantCulture);
        using var run = SqliteDb.Open(office.Data.Run(office.Key), readOnly: true);
        var last = run.ReadNumber("select max(handed_us) from (select handed_us from attempt union all "
            + "select handed_us from state)")!.Value;
        return ProcessClock.FromMicros(last) - revoked;
    }
}
