using System.Security.Cryptography;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>Days that are rehearsed by the real program, held to what they must come to.</summary>
[Trait("Category", "Slow")]
public sealed class RehearseTests
{
    [Fact]
    public async Task A_day_is_played_at_its_contracts_pace_and_leaves_only_its_report()
    {
        using var campaign = new RehearsedCampaign();

        var day = await campaign.RehearseAsync(exit: 0);

        Assert.True(day.Json.GetProperty("ok").GetBoolean());
        Assert.Equal((3_000, 0, 0, 0), (
            day.Number("messages"), day.Number("left"), day.Number("uncertain"), day.Number("repeated")));
        foreach (var (lane, messages) in new[] { ("viettel", 2_000), ("vnpt", 1_000) })
        {
            Assert.Equal(messages, day.Lane(lane).GetProperty("settled").GetInt64());
            Assert.Equal(messages, day.Lane(lane).GetProperty("receiptsBrought").GetInt64());
            Assert.InRange(day.Lane(lane).GetProperty("share").GetDouble(), 0.97, 1);
            Assert.InRange(day.SecondsOf(lane), RehearsedCampaign.Seconds - 2, RehearsedCampaign.Seconds + 2);
        }

        Assert.Equal(new DateTime(2025, 7, 30, 8, 0, 0), day.At("began"));
        Assert.Equal(day.At("laneDone", "viettel").AddSeconds(5), day.At("receiptsDone"), TimeSpan.FromSeconds(2));
        Assert.True(day.Json.GetProperty("ratesKept").GetBoolean());
        Assert.True(day.Json.GetProperty("balances").GetBoolean());

        Assert.Equal(["reports"], Directory.EnumerateFileSystemEntries(campaign.Data).Select(Path.GetFileName));
        Assert.Contains(
            "Kênh gửi 'viettel' chuyển xong 2.000 tin",
            await File.ReadAllTextAsync(Path.Combine(campaign.Report, "dien-bien.txt")));
        Assert.Contains(
            "MÔ PHỎNG", await File.ReadAllTextAsync(Path.Combine(campaign.Report, "tong-hop.csv")),
            StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whatever the machine does meanwhile.</summary>
    [Fact]
    public async Task The_same_day_comes_out_the_same()
    {
        using var campaign = new RehearsedCampaign();
        string[] trouble =
        [
            "--outage", "viettel@08:02-08:04", "--slow", "vinaphone@08:00-08:05:x0.3", "--power-cut", "08:06-08:08",
        ];

        var (one, other) = (await campaign.RehearseAsync(0, trouble), await campaign.RehearseAsync(0, trouble));

        Assert.Equal(Totals(one), Totals(other));

        static string Totals(Rehearsed day) => string.Join('\n', day.Json.EnumerateObject()
            .Where(property => property.Name is not ("tookSeconds" or "timeline"))
            .Select(property => $"{property.Name}: {property.Value}"));
    }

    /// <summary>Named by the carrier, whose lane is called otherwise.</summary>
    [Fact]
    public async Task An_outage_is_seen_waited_out_and_nothing_of_it_is_lost()
    {
        using var campaign = new RehearsedCampaign();

        var day = await campaign.RehearseAsync(exit: 0, "--outage", "vinaphone@08:02-08:05");

        Assert.InRange(day.At("outageSeen", "vnpt"), Time(8, 2, 0), Time(8, 2, 30));
        Assert.InRange(day.At("outageOver", "vnpt"), Time(8, 5, 0), Time(8, 5, 10));
        Assert.InRange(
            day.SecondsOf("vnpt"), RehearsedCampaign.Seconds + 178, RehearsedCampaign.Seconds + 195);
        Assert.InRange(day.SecondsOf("viettel"), RehearsedCampaign.Seconds - 2, RehearsedCampaign.Seconds + 2);
        Assert.Equal((0, 0), (day.Number("left"), day.Number("uncertain")));
        Assert.Equal(1_000, day.Lane("vnpt").GetProperty("settled").GetInt64());
    }

    /// <summary>All is sent at 08:08:30.</summary>
    [Fact]
    public async Task What_of_the_scenario_the_day_is_over_before_is_said_not_to_have_been_tried()
    {
        using var campaign = new RehearsedCampaign();

        var day = await campaign.RehearseAsync(
            exit: 0,
            "--power-cut", "18:00-18:05", "--outage", "viettel@17:00-17:10", "--slow", "vnpt@16:00-17:00:x0.5");

        Assert.Equal(3, day.Json.GetProperty("timeline").EnumerateArray()
            .Count(each => each.GetProperty("kind").GetString() == "notReached"));
        Assert.False(day.Has("powerCut") || day.Has("outageBegan") || day.Has("slowBegan"));
    }

    [Fact]
    public async Task A_gateway_of_half_its_rate_takes_twice_as_long()
    {
        using var campaign = new RehearsedCampaign();

        var day = await campaign.RehearseAsync(exit: 0, "--slow", "viettel@08:00-20:00:x0.5");

        // What it serves is half of the contract's 4 a second, not of the 98 % that are used.
        Assert.InRange(day.SecondsOf("viettel"), 2_000 / 2 - 10, 2_000 / 2 + 2);
        Assert.InRange(day.SecondsOf("vnpt"), RehearsedCampaign.Seconds - 2, RehearsedCampaign.Seconds + 2);
        Assert.Equal((0, 0), (day.Number("left"), day.Number("uncertain")));
    }

    /// <summary>On lanes as slow as these most of its receipts have come when its last message is answered.</summary>
    [Fact]
    public async Task A_first_batch_is_sent_and_waited_for_as_on_the_day_itself()
    {
        using var campaign = new RehearsedCampaign(canary: 50);

        var day = await campaign.RehearseAsync(exit: 0);

        Assert.Equal((0, 0), (day.Number("left"), day.Number("uncertain")));
        foreach (var (lane, messages) in new[] { ("viettel", 2_000), ("vnpt", 1_000) })
        {
            Assert.Equal(messages, day.Lane(lane).GetProperty("settled").GetInt64());
            Assert.InRange(day.Lane(lane).GetProperty("share").GetDouble(), 0.97, 1);
            Assert.InRange(day.SecondsOf(lane), RehearsedCampaign.Seconds - 2, RehearsedCampaign.Seconds + 10);
            Assert.Contains("gửi loạt tin đầu (50 tin)", Changes(day, lane), StringComparison.Ordinal);
            Assert.Contains("loạt tin đầu đạt", Changes(day, lane), StringComparison.Ordinal);
        }
    }

    /// <summary>What the day would come to where nobody lets the lane go on.</summary>
    [Fact]
    public async Task Where_no_receipts_come_the_lane_waits_for_a_person_after_its_first_batch()
    {
        using var campaign = new RehearsedCampaign(canary: 50);

        var day = await campaign.RehearseAsync(exit: 1, "--no-receipts", "viettel");

        Assert.Equal(2_000 - 50, day.Number("left"));
        Assert.Equal(1_000, day.Lane("vnpt").GetProperty("settled").GetInt64());
        Assert.Contains("ĐỨNG CHỜ", Changes(day, "viettel"), StringComparison.Ordinal);
        Assert.DoesNotContain("ĐỨNG CHỜ", Changes(day, "vnpt"), StringComparison.Ordinal);
    }

    static string Changes(Rehearsed day, string lane) => string.Join('\n', day.Json.GetProperty("timeline")
        .EnumerateArray()
        .Where(each => each.GetProperty("kind").GetString() == "laneChanged"
            && each.GetProperty("lane").GetString() == lane)
        .Select(each => each.GetProperty("what").GetString()));

    [Fact]
    public async Task Without_receipts_the_report_waits_for_their_time()
    {
        using var campaign = new RehearsedCampaign();

        var day = await campaign.RehearseAsync(exit: 0, "--no-receipts", "viettel");

        Assert.Equal(0, day.Lane("viettel").GetProperty("receiptsBrought").GetInt64());
        Assert.Equal(2_000, day.Lane("viettel").GetProperty("settled").GetInt64());
        Assert.Equal(1_000, day.Lane("vnpt").GetProperty("receiptsBrought").GetInt64());
        Assert.Equal(day.At("laneDone", "viettel").AddHours(1), day.At("reported"), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task After_a_power_cut_what_was_on_its_way_is_uncertain_and_nothing_is_sent_twice()
    {
        using var campaign = new RehearsedCampaign();

        var day = await campaign.RehearseAsync(exit: 0, "--power-cut", "08:03-08:05");

        Assert.Equal(Time(8, 3, 0), day.At("powerCut"));
        Assert.Equal(Time(8, 5, 0), day.At("powerBack"));
        var cutOff = day.Event("powerCut").GetProperty("count").GetInt64();
        Assert.InRange(cutOff, 1, 2 * RehearsedCampaign.MaxInFlight);
        Assert.Equal(cutOff, day.Event("powerBack").GetProperty("count").GetInt64());

        // Those that had left have receipts; those that had not are nobody's to send again.
        Assert.InRange(day.Number("uncertain"), 0, cutOff);
        Assert.Equal(0, day.Number("repeated"));
        Assert.Equal(3_000, Sum("settled") + Sum("uncertain"));
        Assert.Equal(3_000 - day.Number("uncertain"), Sum("receiptsBrought"));
        Assert.InRange(day.SecondsOf("viettel"), RehearsedCampaign.Seconds + 115, RehearsedCampaign.Seconds + 125);
        Assert.True(day.Json.GetProperty("ratesKept").GetBoolean());

        long Sum(string what) => day.Lane("viettel").GetProperty(what).GetInt64()
            + day.Lane("vnpt").GetProperty(what).GetInt64();
    }

    /// <summary>As the contract has it, and as the dispatcher does then.</summary>
    [Fact]
    public async Task Where_a_gateway_drops_repeats_what_a_power_cut_left_goes_again()
    {
        using var campaign = new RehearsedCampaign(repeatsDropped: true);

        var day = await campaign.RehearseAsync(exit: 0, "--power-cut", "08:03-08:05");

        Assert.InRange(day.Event("powerBack").GetProperty("count").GetInt64(), 0, 2 * RehearsedCampaign.MaxInFlight);
        Assert.Equal((0, 0), (day.Number("uncertain"), day.Number("repeated")));
        Assert.Equal(2_000, day.Lane("viettel").GetProperty("settled").GetInt64());
    }

    /// <summary>300 seconds at 98 % of 4 and of 2 a second.</summary>
    [Theory]
    [InlineData("drop", 1, false)]
    [InlineData("hold", 1, true)]
    [InlineData("next-day", 0, false)]
    public async Task What_does_not_fit_is_said_and_what_becomes_of_it(string leftovers, int exit, bool waits)
    {
        using var campaign = new RehearsedCampaign(to: "08:05", leftovers);

        var day = await campaign.RehearseAsync(exit);

        Assert.Equal(exit == 0, day.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(waits, day.Json.GetProperty("waitsForPerson").GetBoolean());
        Assert.Equal(Time(8, 5, 0), day.At("closed"));
        const long fits = (long)(300 * 0.98 * 6);
        Assert.InRange(day.Event("closed").GetProperty("count").GetInt64(), 3_000 - fits - 20, 3_000 - fits + 20);
        Assert.Equal(
            exit == 0 ? 0 : day.Event("closed").GetProperty("count").GetInt64(), day.Number("left"));
        if (exit == 0)
            Assert.Equal(new DateTime(2025, 7, 31, 8, 3, 30), day.At("laneDone"), TimeSpan.FromSeconds(5));
    }

    /// <summary>Without two of the five minutes of each day vnpt needs three for its 1,000: some 350 a day.</summary>
    [Fact]
    public async Task On_a_second_date_the_same_goes_wrong_at_the_same_hours()
    {
        using var campaign = new RehearsedCampaign(to: "08:05", leftovers: "next-day");

        var day = await campaign.RehearseAsync(
            exit: 0, "--outage", "vinaphone@08:01-08:02", "--power-cut", "08:03-08:04");

        Assert.Equal([30, 31, 1], DaysOf(day, "outageBegan"));
        Assert.Equal([30, 31, 1], DaysOf(day, "powerCut"));
        Assert.Equal(new DateOnly(2025, 8, 1), DateOnly.FromDateTime(day.At("laneDone", "vnpt")));
        Assert.Equal((0, 0), (day.Number("left"), day.Number("repeated")));

        static IEnumerable<int> DaysOf(Rehearsed day, string kind) => day.Json
            .GetProperty("timeline")
            .EnumerateArray()
            .Where(what => what.GetProperty("kind").GetString() == kind)
            .Select(what => what.GetProperty("at").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(7)).Day);
    }

    [Fact]
    public async Task A_start_that_a_power_cut_makes_it_miss_is_the_policys_to_decide()
    {
        using var campaign = new RehearsedCampaign(missed: "hold");

        var day = await campaign.RehearseAsync(exit: 1, "--power-cut", "07:50-08:10");

        Assert.Equal(3_000, day.Number("left"));
        Assert.Contains("missed: hold", day.Event("decided").GetProperty("what").GetString());
        Assert.False(day.Has("laneBegan"));
    }

    /// <summary>Of three million subscribers the figures are three characters longer than here.</summary>
    [Fact]
    public async Task What_is_shown_fits_a_screen_and_begins_and_ends_with_what_matters()
    {
        using var campaign = new RehearsedCampaign(to: "08:05");

        var result = await campaign.RunAsync("rehearse", "campaign.yaml", "--outage", "viettel@08:01-08:02");

        var lines = result.Output.TrimEnd().Split('\n');
        Assert.StartsWith("DIỄN TẬP, MÔ PHỎNG: không tin nào tới máy thật.", lines[0]);
        Assert.Contains("  08:05:00  Khung giờ gửi đóng, còn ", result.Output);
        Assert.Contains("KHÔNG gửi hết trong khung giờ: ", result.Output);
        Assert.Contains("Mọi giới hạn trong hợp đồng đều được giữ đúng.", result.Output);
        Assert.StartsWith("Diễn tập mất ", lines[^1]);
        Assert.All(
            lines.Where(line => !line.Contains(campaign.Data, StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, line.StartsWith("  viettel ", StringComparison.Ordinal) ? 77 : 80));
    }

    [Fact]
    public async Task All_that_is_wrong_with_what_was_asked_is_said_at_once()
    {
        using var campaign = new RehearsedCampaign();

        var result = await campaign.RunAsync(
            "rehearse", "campaign.yaml", "--outage", "vinaphon@10:00-11:30", "--slow", "viettel@8-20", "--power-cut",
            "13:40-13:05", "--no-receipts", "vnptt");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Equal(4, result.Errors.Split('\n').Count(line => line.StartsWith("lỗi: --", StringComparison.Ordinal)));
        Assert.Contains("Có phải là 'vinaphone' không?", result.Errors);
        Assert.Contains("Có phải là 'vnpt' không?", result.Errors);
    }

    /// <summary>What is planned, approved and counted stays as it is, byte for byte.</summary>
    [Fact]
    public async Task The_real_run_and_its_approval_are_left_alone()
    {
        using var campaign = new RehearsedCampaign(year: 2060);
        Assert.Equal(0, (await campaign.RunAsync("plan", "campaign.yaml")).ExitCode);
        var before = Files();

        await campaign.RehearseAsync(exit: 0);

        Assert.Equal(before, Files());

        List<string> Files() => [.. Directory
            .EnumerateFiles(campaign.Data, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Path.Combine(campaign.Data, "reports"), StringComparison.Ordinal))
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
            .Order()
            .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];
    }

    [Fact]
    public async Task A_stop_ends_it_and_leaves_nothing()
    {
        using var campaign = new RehearsedCampaign(receiptTimeout: TimeSpan.FromDays(7));
        await using var program = campaign.Start("rehearse", "campaign.yaml", "--no-receipts", "viettel");
        await program.UntilAsync(() => Directory.Exists(campaign.Data)
            && Directory.EnumerateFiles(campaign.Data, "*.db", SearchOption.AllDirectories)
                .Any(file => file.Contains("runs", StringComparison.Ordinal)));

        program.Terminate(); // as Ctrl-C, which a shell may have its background processes ignore
        var ended = await program.WaitAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Đã dừng diễn tập theo yêu cầu.", ended.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(campaign.Data));
    }

    static DateTime Time(int hour, int minute, int second) => new(2025, 7, 30, hour, minute, second);
}
