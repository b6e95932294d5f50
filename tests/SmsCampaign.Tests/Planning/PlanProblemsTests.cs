using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Vnpt;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Planning;

public class PlanProblemsTests
{
    [Fact]
    public void A_sound_plan_has_none() => Assert.Empty(new PlanningCase().Problems);

    /// <summary>Rule 10.</summary>
    [Theory]
    [InlineData(CampaignMode.Exercise, true, false, false)]
    [InlineData(CampaignMode.Exercise, false, false, true)]
    [InlineData(CampaignMode.Live, false, false, false)]
    [InlineData(CampaignMode.Live, true, false, true)]
    [InlineData(CampaignMode.Exercise, false, true, false)] // --simulate: nothing reaches the lane's gateway
    [InlineData(CampaignMode.Live, true, true, false)]
    public void Rule_10_An_exercise_cannot_reach_a_live_lane_nor_a_live_campaign_a_stand_in(
        CampaignMode mode, bool standIn, bool simulated, bool refused)
    {
        var problems = new PlanningCase
        {
            Mode = mode,
            Simulated = simulated,
            Lanes =
            [
                PlanningCase.Lane("idle", standIn: mode == CampaignMode.Exercise),
                PlanningCase.Lane("viettel_test", standIn: standIn),
            ],
        }.Problems;

        Assert.Equal(refused ? ["lanes[2]"] : [], problems.Select(problem => problem.Where!.Key!));
        Assert.All(problems, problem => Assert.Equal(Severity.Error, problem.Severity));
    }

    [Fact]
    public void An_audience_of_nobody_stops_the_plan()
    {
        var problem = Assert.Single(new PlanningCase
        {
            Carriers = [],
            Excluded = new() { [ExclusionReason.Landline] = 1_234 },
        }.Problems);

        Assert.Equal(("segments", Severity.Error), (problem.Where!.Key, problem.Severity));
        Assert.Contains("1.234 dòng", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audience_in_which_no_row_was_chosen_is_said_to_be_so()
    {
        var problem = Assert.Single(new PlanningCase { Carriers = [] }.Problems);

        Assert.Contains("không dòng nào được chọn", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Subscribers_of_carriers_that_no_lane_serves_are_counted()
    {
        var problem = Assert.Single(new PlanningCase
        {
            Carriers = [("viettel_test", [1_000]), (null, [0])],
            Excluded = new() { [ExclusionReason.NoLane] = 4_321 },
        }.Problems);

        Assert.Equal(("lanes", Severity.Warning), (problem.Where!.Key, problem.Severity));
        Assert.Contains("4.321 thuê bao", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("(Mạng 2)", problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void A_text_longer_than_the_lane_takes_stops_the_plan(int parts, bool refused)
    {
        var problems = new PlanningCase { Text = PlanningCase.TextOfParts(parts) }.Problems;

        Assert.Equal(refused ? ["messages[1].text"] : [], problems.Select(problem => problem.Where!.Key!));
        Assert.All(problems, problem =>
            Assert.Contains("4 phần và gửi được (form: unaccented)", problem.What.Vi, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)] // the form without diacritics needs no Unicode
    public void A_lane_without_Unicode_takes_no_text_with_diacritics(bool unicode, bool unaccented, bool refused)
    {
        var problems = new PlanningCase
        {
            Lanes = [PlanningCase.Lane("viettel_test", unicode: unicode)],
            Unaccented = unaccented,
        }.Problems;

        Assert.Equal(refused ? ["messages[1].text"] : [], problems.Select(problem => problem.Where!.Key!));
    }

    [Theory]
    [InlineData(LengthTable.Standard, "messages[1].text")]
    [InlineData(LengthTable.Care, null)]
    public void A_lane_that_counts_a_text_otherwise_than_its_gateway_sends_it_stops_the_plan(
        LengthTable table,
        string? expected)
    {
        var lane = new Lane("vnpt_test", new VnptLaneOptions
        {
            Type = "vnpt",
            StandIn = true,
            Carriers = ["vinaphone"],
            Rate = 10,
            LengthTable = table,
            ForbiddenCharacters = "",
            ReceiptTrust = ReceiptTrust.Network,
            PricePerPart = 300,
        });

        var problems = new PlanningCase
        {
            Lanes = [lane],
            Carriers = [("vnpt_test", [1_000])],
            Text = "Bà con nghe và ghi 111",
        }.Problems;

        Assert.Equal(expected, problems.SingleOrDefault()?.Where!.Key);
        Assert.All(
            problems,
            problem => Assert.Contains("lengthTable của kênh là care", problem.What.Vi, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(3, true)] // a message of 4 parts never fits a second that holds 3
    public void A_text_of_more_parts_than_the_lane_sends_in_a_second_stops_the_plan(int rate, bool refused)
    {
        var problems = new PlanningCase
        {
            Lanes = [PlanningCase.Lane("viettel_test", rate)],
            Text = PlanningCase.TextOfParts(4),
        }.Problems;

        Assert.Equal(refused ? ["messages[1].text"] : [], problems.Select(problem => problem.Where!.Key!));
    }

    [Theory]
    [InlineData(1_000, null, null)]
    [InlineData(999, null, "limits.messages")]
    [InlineData(null, 1_200_000, null)] // 1,000 x 4 parts x 300 VND
    [InlineData(null, 1_199_999, "limits.costVnd")]
    public void A_passed_limit_stops_the_plan(int? messages, int? cost, string? expected)
    {
        var problems = new PlanningCase
        {
            Text = PlanningCase.TextOfParts(4),
            Limits = new Limits(messages, cost),
        }.Problems;

        Assert.Equal(expected, problems.SingleOrDefault()?.Where!.Key);
        Assert.All(problems, problem => Assert.Equal(Severity.Error, problem.Severity));
    }

    [Fact]
    public void A_passed_budget_names_both_ways_out()
    {
        var problem = Assert.Single(
            new PlanningCase { Text = PlanningCase.TextOfParts(4), Limits = new Limits(null, 1_000_000) }.Problems);

        Assert.Equal(
            "Chi phí dự kiến 1.200.000 đồng, vượt mức 1.000.000 đồng đã đặt (200.000 đồng). Hãy nâng limits.costVnd, "
                + "hoặc gửi bản không dấu (form: unaccented) với chi phí 600.000 đồng.",
            problem.What.Vi);
    }

    [Theory]
    [InlineData(
        LeftoverPolicy.NextDay,
        "(leftovers: next-day), phần còn lại gửi tiếp các ngày sau, xong lúc 31/07/2025 12:40 (2 ngày).")]
    [InlineData(
        LeftoverPolicy.Hold,
        "(leftovers: hold), phần còn lại chờ người phụ trách quyết định; nếu cho gửi tiếp ngày sau")]
    [InlineData(LeftoverPolicy.Drop, "(leftovers: drop), phần còn lại sẽ không được gửi; nếu cho gửi tiếp ngày sau")]
    public void A_day_too_short_is_said_plainly_with_what_would_help(LeftoverPolicy leftovers, string expected)
    {
        var problem = Assert.Single(new PlanningCase
        {
            Lanes = [PlanningCase.Lane("viettel_test", rate: 200)],
            Text = PlanningCase.TextOfParts(4),
            Carriers = [("viettel_test", [3_000_000])],
            Leftovers = leftovers,
        }.Problems);

        Assert.Equal(("schedule.window", Severity.Warning), (problem.Where!.Key, problem.Severity));
        Assert.Contains(
            "cần 16 giờ 40 phút, chỉ có 12 giờ, thiếu 4 giờ 40 phút; 840.000 tin chưa gửi khi hết giờ.",
            problem.What.Vi,
            StringComparison.Ordinal);
        Assert.Contains(expected, problem.What.Vi, StringComparison.Ordinal);
        Assert.EndsWith(
            "Muốn gửi hết trong ngày đầu: gửi bản không dấu (form: unaccented), 2 phần mỗi tin, xong lúc 30/07/2025 "
                + "16:20; hoặc thỏa thuận với nhà mạng tốc độ từ 280 phần/giây.",
            problem.What.Vi,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_campaign_too_long_for_all_its_days_says_that_some_are_never_sent()
    {
        var problem = Assert.Single(new PlanningCase
        {
            Lanes = [PlanningCase.Lane("viettel_test", rate: 10)],
            Carriers = [("viettel_test", [5_000_000])],
        }.Problems);

        Assert.Contains(
            "nhiều nhất 7 ngày, trong khi cần 12 ngày: sẽ còn tin không gửi",
            problem.What.Vi,
            StringComparison.Ordinal);
    }
}
