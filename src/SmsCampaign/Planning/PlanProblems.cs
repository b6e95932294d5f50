using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>
/// Everything that stops a plan, or that a person should see before it is approved.
/// </summary>
/// <param name="place">Gives the place of a key of the campaign file, such as <c>schedule.window</c>.</param>
/// <param name="simulated">Whether the whole run goes to stand-ins, whatever its lanes say.</param>
sealed class PlanProblems(
    Campaign campaign,
    ImportedAudience audience,
    IReadOnlyList<Lane> lanes,
    Plan plan,
    Forecast forecast,
    bool simulated,
    Func<string, Place> place)
{
    readonly List<Problem> _problems = [];

    /// <returns>All of them; none where the plan is sound.</returns>
    public IReadOnlyList<Problem> Find()
    {
        FindStandIns();
        FindEmptyAudience();
        FindUnservedCarriers();
        FindTextsNoLaneTakes();
        FindMissingFallbacks();
        FindPassedLimits();
        FindShortDays();
        return _problems;
    }

    /// <summary>Rule 10: an exercise cannot reach a live gateway, nor a live campaign a stand-in.</summary>
    void FindStandIns()
    {
        if (simulated)
            return;

        foreach (var (lane, key) in lanes.Select((lane, at) => (lane, $"lanes[{at + 1}]")))
        {
            if (campaign.Mode == CampaignMode.Exercise && lane.Options.StandIn != true)
            {
                Error(key, new Wording(
                    $"Chiến dịch này là diễn tập (exercise) nhưng kênh gửi '{lane.Name}' nối tới nhà mạng thật. "
                        + $"Hãy dùng kênh gửi mô phỏng, hoặc chạy với --simulate.",
                    $"This campaign is an exercise but the lane '{lane.Name}' reaches real phones. "
                        + $"Use a stand-in lane, or run it with --simulate."));
            }
            else if (campaign.Mode == CampaignMode.Live && lane.Options.StandIn != false)
            {
                Error(key, new Wording(
                    $"Chiến dịch này là gửi thật (live) nhưng kênh gửi '{lane.Name}' chỉ là mô phỏng: "
                        + $"người dân sẽ không nhận được tin. Hãy dùng kênh gửi thật, hoặc chạy với --simulate.",
                    $"This campaign is live but the lane '{lane.Name}' is a stand-in: nobody would receive anything. "
                        + $"Use a live lane, or run it with --simulate."));
            }
        }
    }

    void FindEmptyAudience()
    {
        // Where carriers hold all of it there is nobody that we send to.
        if (audience.RecipientTotal > 0 || (campaign.Segments.Count == 0 && campaign.HeldSegments.Count > 0))
            return;

        var excluded = Figures.Counted(audience.ExcludedTotal, "row");
        Error("segments", audience.ExcludedTotal == 0
            ? new Wording(
                "Không có thuê bao nào để gửi: không dòng nào được chọn. Hãy xem lại bộ lọc của các nhóm "
                    + "nhận tin và tệp thuê bao.",
                "There is nobody to send to: no row was chosen. Check the segments' filters and the audience files.")
            : new Wording(
            $"Không còn thuê bao nào để gửi: {excluded} dòng đều bị loại. Hãy xem các lý do loại trừ và "
                + $"kiểm tra lại tệp thuê bao.",
            $"There is nobody to send to: {excluded}, all excluded. See the reasons for exclusion and "
                + $"check the audience files."));
    }

    void FindUnservedCarriers()
    {
        if (!audience.Excluded.TryGetValue(ExclusionReason.NoLane, out var lost) || lost == 0)
            return;

        var count = Figures.Counted(lost, "subscriber");
        var unserved = string.Join(
            ", ", audience.Carriers.Where(carrier => carrier.Lane is null).Select(carrier => carrier.Display));
        Warn("lanes", new Wording(
            $"{count} thuê bao sẽ không nhận được tin vì không kênh gửi nào của chiến dịch phục vụ mạng của "
                + $"họ{(unserved.Length == 0 ? "" : $" ({unserved})")}. Hãy thêm kênh gửi cho các mạng này nếu có.",
            $"{count} will get nothing, as no lane of the campaign serves their carrier"
                + $"{(unserved.Length == 0 ? "" : $" ({unserved})")}. Add a lane for these carriers if there is one."));
    }

    void FindTextsNoLaneTakes()
    {
        var pairs = plan.Batches
            .Select(batch => (batch.Lane, audience.Segments[batch.Segment - 1].Message))
            .Distinct();

        foreach (var (id, name) in pairs)
        {
            var at = campaign.Messages.ToList().FindIndex(message => message.Name == name);
            CheckText(lanes[id - 1], campaign.Messages[at].Text, $"messages[{at + 1}].text");
        }
    }

    /// <summary>A campaign that counts on a lane to stand in for one that stops should know
    /// where there is none.</summary>
    void FindMissingFallbacks()
    {
        if (!campaign.UsesFallback)
            return;

        foreach (var lane in lanes)
        {
            var carriers =
                audience.Carriers.Where(carrier => carrier.Lane == lane.Name).Select(carrier => carrier.Name).ToList();
            if (carriers.Count > 0
                && !lanes.Any(other => other != lane && carriers.All(other.Options.FallbackFor.Contains)))
            {
                Warn("laneStopped", new Wording(
                    $"Không kênh gửi nào của chiến dịch thay được cho '{lane.Name}' khi kênh này dừng: "
                        + $"tin của kênh sẽ chờ. Muốn có kênh thay thế, kỹ sư phụ trách ghi fallbackFor ở kênh thay "
                        + $"thế; hãy thêm kênh ấy vào lanes.",
                    $"No lane of the campaign can stand in for '{lane.Name}' when it stops: "
                        + $"its messages will wait. For one that can, an engineer writes fallbackFor at it and "
                        + $"the campaign lists it in lanes."));
            }
        }
    }

    void CheckText(Lane lane, SmsText text, string key)
    {
        var parts = text.PartsIn(lane.Options.LengthTable);
        var plain = text.Unaccented().PartsIn(lane.Options.LengthTable);
        var accented = lane.Options.EncodingOf(text) == SmsEncoding.Ucs2;

        if (accented && !lane.Options.Unicode)
        {
            Error(key, new Wording(
                $"Kênh gửi '{lane.Name}' không nhận chữ có dấu. Hãy gửi bản không dấu (form: unaccented, {plain} "
                    + $"phần), hoặc dùng kênh gửi nhận chữ có dấu.",
                $"The lane '{lane.Name}' takes no text with diacritics. Send the form without (form: unaccented, "
                    + $"{Figures.Counted(plain, "part")}), or use a lane that takes them."));
        }

        if (parts > lane.Options.MostParts)
        {
            var advice = accented && plain <= lane.Options.MostParts
                ? new Wording(
                    $"Bản không dấu dài {plain} phần và gửi được (form: unaccented); hoặc hãy rút ngắn nội dung.",
                    $"Without diacritics it has {Figures.Counted(plain, "part")} and can be sent (form: "
                        + $"unaccented); or shorten the text.")
                : new Wording("Hãy rút ngắn nội dung.", "Shorten the text.");
            Error(key, new Wording(
                $"Tin dài {parts} phần, kênh gửi '{lane.Name}' chỉ nhận nhiều nhất "
                    + $"{lane.Options.MostParts} phần. {advice}",
                $"The text has {Figures.Counted(parts, "part")}, the lane '{lane.Name}' takes "
                    + $"{lane.Options.MostParts} at most. {advice}"));
        }

        foreach (var fault in lane.Options.FaultsOf(text))
        {
            Error(key, new Wording(
                $"Kênh gửi '{lane.Name}' không gửi được nội dung này. {fault}",
                $"The lane '{lane.Name}' cannot send this text. {fault}"));
        }

        if (LanePace.FindUnfit(lane.Options, parts) is { } unfit)
        {
            var unit = RateUnitWords.Of(unfit.Of, unfit.Period);
            Error(key, new Wording(
                $"Tin dài {parts} phần nhưng kênh gửi '{lane.Name}' chỉ được gửi {unfit.Most} {unit}, nên không tin "
                    + $"nào gửi được. Hãy rút ngắn nội dung hoặc hỏi nhà mạng để nâng tốc độ.",
                $"The text has {Figures.Counted(parts, "part")} but the lane '{lane.Name}' may send only {unfit.Most} "
                    + $"{unit}, so none could ever go. Shorten the text or ask the carrier for a higher rate."));
        }
    }

    void FindPassedLimits()
    {
        if (campaign.Limits.Messages is { } most && forecast.Recipients > most)
        {
            var (found, limit, over) = (
                Figures.Counted(forecast.Recipients, "recipient"),
                Figures.Counted(most, "message"),
                Figures.Count(forecast.Recipients - most));
            Error("limits.messages", new Wording(
                $"Có {found} thuê bao, vượt mức {limit} tin đã đặt ({over} tin). Nếu số thuê bao đúng, hãy nâng "
                    + $"limits.messages; nếu không, hãy thu hẹp các nhóm nhận tin.",
                $"There {Figures.Verb(forecast.Recipients, "is", "are")} {found}, {over} above the limit of {limit}. "
                    + $"If that is right, raise limits.messages; if not, narrow the segments."));
        }

        if (campaign.Limits.CostVnd is { } budget && forecast.CostVnd > budget)
        {
            var (cost, limit, over) =
                (Figures.Money(forecast.CostVnd), Figures.Money(budget), Figures.Money(forecast.CostVnd - budget));
            var plain = Figures.Money(forecast.Unaccented.CostVnd);
            var helps = forecast.Unaccented.CostVnd <= budget;
            var instead = helps
                ? new Wording(
                    $"hoặc gửi bản không dấu (form: unaccented) với chi phí {plain}",
                    $"or send the form without diacritics (form: unaccented) at {plain}")
                : new Wording(
                    $"hoặc thu hẹp các nhóm nhận tin; bản không dấu cũng tốn {plain}",
                    $"or narrow the segments; without diacritics it still costs {plain}");
            Error("limits.costVnd", new Wording(
                $"Chi phí dự kiến {cost}, vượt mức {limit} đã đặt ({over}). Hãy nâng limits.costVnd, {instead}.",
                $"The expected cost is {cost}, {over} above the limit of {limit}. Raise limits.costVnd, {instead}."));
        }
    }

    void FindShortDays()
    {
        foreach (var lane in forecast.Lanes.Where(lane => !lane.FitsFirstDay))
            Warn("schedule.window", FitAdvice.Of(lane, forecast, campaign));
    }

    void Error(string key, Wording what) => _problems.Add(new Problem(place(key), what));

    void Warn(string key, Wording what) => _problems.Add(new Problem(place(key), what, Severity.Warning));
}
