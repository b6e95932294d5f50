using SmsCampaign.Campaigns;
using SmsCampaign.Carriers.Words;

namespace SmsCampaign.Planning;

/// <summary>
/// Says plainly that a lane does not finish on the first day, by how much, and what would help.
/// </summary>
static class FitAdvice
{
    public static Wording Of(LaneForecast lane, Forecast forecast, Campaign campaign)
    {
        var facts = Facts(lane, forecast);
        var then = Then(lane, forecast, campaign);
        var ways = Ways(lane, campaign).ToList();

        return ways.Count == 0
            ? new Wording($"{facts} {then}", $"{facts} {then}")
            : new Wording(
                $"{facts} {then} Muốn gửi hết trong ngày đầu: {Wording.Join(new Wording("; hoặc ", "; or "), ways)}.",
                $"{facts} {then} To finish on the first day: {Wording.Join(new Wording("; hoặc ", "; or "), ways)}.");
    }

    static Wording Facts(LaneForecast lane, Forecast forecast)
    {
        var (people, left) =
            (Figures.Counted(lane.Recipients, "message"), Figures.Counted(lane.LeftAtClose, "message"));
        var (work, open, over) =
            (Figures.Duration(lane.Sent.Work), Figures.Duration(lane.FirstDay), Figures.Duration(lane.Overrun));
        var unit = RateUnitWords.Of(lane.RateUnit);
        var date = Figures.Date(forecast.Date);

        return new Wording(
            $"Kênh gửi '{lane.Name}' không gửi kịp trong ngày {date}: {people} tin, dài nhất "
                + $"{lane.Sent.MostParts} phần, ở {lane.Rate} {unit} cần {work}, chỉ có {open}, thiếu {over}; "
                + $"{left} tin chưa gửi khi hết giờ.",
            $"The lane '{lane.Name}' does not finish on {date}: "
                + $"{people} of up to {Figures.Counted(lane.Sent.MostParts, "part")} at {lane.Rate} {unit}: "
                + $"{work} needed, {open} there, {over} too few; {left} left at closing.");
    }

    /// <summary>What the campaign's own policy then does.</summary>
    static Wording Then(LaneForecast lane, Forecast forecast, Campaign campaign)
    {
        var end = Figures.Expected(campaign.Schedule.Window.ToLocal(lane.Sent.End));

        return campaign.Schedule.Leftovers switch
        {
            LeftoverPolicy.NextDay when lane.Sent.Days <= forecast.DaysAllowed => new Wording(
                $"Theo tệp chiến dịch (leftovers: next-day), phần còn lại gửi tiếp các ngày sau, xong lúc {end} "
                    + $"({lane.Sent.Days} ngày).",
                $"By the campaign file (leftovers: next-day) the rest goes on the following days, done at {end} "
                    + $"({Figures.Counted(lane.Sent.Days, "day")})."),
            LeftoverPolicy.NextDay => new Wording(
                $"Theo tệp chiến dịch (leftovers: next-day), phần còn lại gửi tiếp nhưng nhiều nhất "
                    + $"{forecast.DaysAllowed} ngày, trong khi cần {lane.Sent.Days} ngày: sẽ còn tin không gửi.",
                $"By the campaign file (leftovers: next-day) the rest goes on, "
                    + $"for {Figures.Counted(forecast.DaysAllowed, "day")} at most, while it takes "
                    + $"{lane.Sent.Days}: some are never sent."),
            LeftoverPolicy.Hold => new Wording(
                $"Theo tệp chiến dịch (leftovers: hold), phần còn lại chờ người phụ trách quyết định; "
                    + $"nếu cho gửi tiếp ngày sau (leftovers: next-day) thì xong lúc {end} ({lane.Sent.Days} ngày).",
                $"By the campaign file (leftovers: hold) the rest waits for a person; going on the next day "
                    + $"(leftovers: next-day) it is done at {end} ({Figures.Counted(lane.Sent.Days, "day")})."),
            _ => new Wording(
                $"Theo tệp chiến dịch (leftovers: drop), phần còn lại sẽ không được gửi; nếu cho gửi tiếp ngày sau "
                    + $"(leftovers: next-day) thì xong lúc {end} ({lane.Sent.Days} ngày).",
                $"By the campaign file (leftovers: drop) the rest is never sent; going on the next day (leftovers: "
                    + $"next-day) it is done at {end} ({Figures.Counted(lane.Sent.Days, "day")})."),
        };
    }

    static IEnumerable<Wording> Ways(LaneForecast lane, Campaign campaign)
    {
        var plain = lane.Unaccented;
        if (plain.Parts < lane.Sent.Parts)
        {
            var end = Figures.Expected(campaign.Schedule.Window.ToLocal(plain.End));
            yield return plain.Work <= lane.FirstDay
                ? new Wording(
                    $"gửi bản không dấu (form: unaccented), {plain.MostParts} phần mỗi tin, xong lúc {end}",
                    $"send the form without diacritics (form: unaccented), {Figures.Counted(plain.MostParts, "part")} "
                        + $"a message, done at {end}")
                : new Wording(
                    $"bản không dấu (form: unaccented), {plain.MostParts} phần mỗi tin, cũng chưa kịp, xong lúc {end}",
                    $"the form without diacritics (form: unaccented), {Figures.Counted(plain.MostParts, "part")} a "
                        + $"message, is not enough alone, done at {end}");
        }

        if (lane.RateThatFits is { } rate)
        {
            var unit = RateUnitWords.Of(lane.RateUnit);
            yield return new Wording(
                $"thỏa thuận với nhà mạng tốc độ từ {rate} {unit}", $"agree with the carrier on {rate} {unit} or more");
        }
    }
}
