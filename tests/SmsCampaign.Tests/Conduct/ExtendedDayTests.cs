using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Storage;

namespace SmsCampaign.Tests.Conduct;

/// <summary>A person has today's window close later while real lanes send: 19:00 to 19:02 becomes 19:03.</summary>
[Trait("Category", "Slow")]
public sealed class ExtendedDayTests
{
    [Theory]
    [InlineData("30 19:01:40")] // in good time: without a break
    [InlineData("30 19:01:57")] // within the last seconds: what is on disk as it closes holds
    public async Task Extended_while_it_sends_it_goes_on_to_the_new_hour_and_no_longer(string extendedAt)
    {
        using var day = new DayCase("30 19:01:25", 120, "19:00", "19:02");
        day.Approve();
        var isExtended = false;
        day.OfViettel = (_, _) =>
        {
            if (!isExtended && day.Time.GetUtcNow() >= DayCase.Local(extendedAt))
            {
                isExtended = true;
                Extend(day);
            }

            return NightAnswer.Accepted;
        };

        var wake = await day.ConductAsync();

        Assert.Equal(DayCase.Local("31 19:00:00"), wake);
        Assert.Equal("late extended closed", day.Decided);
        var moments = day.ReadHandOvers();
        Assert.True(moments[^1] < DayCase.Local("30 19:03:00").AddMilliseconds(2), $"{moments[^1]}");
        Assert.True(moments[^1] > DayCase.Local("30 19:02:57"), $"{moments[^1]}");
        for (var at = 1; at < moments.Count; at++)
            Assert.True(moments[at] - moments[at - 1] < TimeSpan.FromSeconds(3), $"{moments[at - 1]} to {moments[at]}");
        Assert.All(day.Received.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task An_extension_holds_for_the_next_process_after_the_one_that_took_it_up_was_ended()
    {
        using var day = new DayCase("30 19:01:25", 120, "19:00", "19:02", leftovers: "drop");
        day.Approve();
        day.OfViettel = (at, _) =>
        {
            if (at == 10)
                Extend(day);
            if (at == 11)
                day.Stop();
            return NightAnswer.Accepted;
        };
        Assert.Null(await day.ConductAsync());
        day.AdvanceTo("30 19:02:30"); // the window as it was approved is over

        Assert.Null(await day.ConductAsync());

        Assert.Equal("late extended resumed leftover finished", day.Decided);
        Assert.Contains(day.ReadHandOvers(), moment => moment > DayCase.Local("30 19:02:30"));
        Assert.All(day.ReadHandOvers(), moment => Assert.True(
            moment < DayCase.Local("30 19:03:00").AddMilliseconds(2)));
        Assert.Contains(
            "Như đã phê duyệt; có ngày được kéo dài, xem các quyết định bên dưới",
            ReadSummary(day),
            StringComparison.Ordinal);
    }

    static string ReadSummary(DayCase day)
    {
        var folder = RunReport.FolderOf(day.Folder.Data, DayCase.Key);
        RunReport.Write(RunAddress.OfFile(day.Folder.Ledger()), folder, ReportOptions.Of(
            Language.Vietnamese, null, day.Folder.Data, day.Registry, day.Registry.Find(DayCase.Key)!));
        return File.ReadAllText(Path.Combine(folder, "tong-hop.csv"));
    }

    static void Extend(DayCase day) => Assert.IsType<ExtendResult.Extended>(
        new ExtendDesk(day.Folder.Data, day.Time)
            .ExtendAsync(
                new Who("Nguyễn Văn A", "an", "cong-van"),
                new ExtendOrder(DayCase.Key.Campaign, null, new TimeOnly(19, 3), "lãnh đạo yêu cầu"),
                CommandDesk.Patience,
                CancellationToken.None)
            .GetAwaiter()
            .GetResult());
}
