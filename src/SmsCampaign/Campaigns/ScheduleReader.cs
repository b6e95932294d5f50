using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Orthography;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Reads <c>schedule</c>: the date or the day of every year, the window and what happens when it is missed.
/// </summary>
sealed class ScheduleReader(ProblemList problems, ValueReader values)
{
    internal const string DefaultZone = "Asia/Ho_Chi_Minh";

    // Hours in which people may be texted without disturbing them: Decree 91/2020/NĐ-CP allows advertising SMS then.
    // A public notice is no advertisement, so this is courtesy, not law.
    static readonly TimeOnly EarliestCourteous = new(7, 0);

    /// <summary>Latest hour at which people are texted without a campaign file that says so, local time.</summary>
    internal static readonly TimeOnly LatestCourteous = new(22, 0);

    /// <returns>Null where anything in it is wrong; that has been reported.</returns>
    public Schedule? Read(FileNode map, Place owner)
    {
        var day = ReadDay(map, owner);
        var window = ReadWindow(map);
        if (day is null
            || window is null
            || map.Choice("missed") is not { } missed
            || map.Choice("leftovers") is not { } leftovers)
            return null;

        return new Schedule(
            day.Value.Year is { } year ? new DateOnly(year, day.Value.Month, day.Value.Day) : null,
            day.Value.Year is null ? day.Value.Month : null,
            day.Value.Year is null ? day.Value.Day : null,
            window,
            missed switch
            {
                "start-late" => MissedPolicy.StartLate,
                "hold" => MissedPolicy.Hold,
                _ => MissedPolicy.Skip,
            },
            leftovers switch
            {
                "next-day" => LeftoverPolicy.NextDay,
                "hold" => LeftoverPolicy.Hold,
                _ => LeftoverPolicy.Drop,
            });
    }

    WrittenDay? ReadDay(FileNode map, Place owner)
    {
        var date = map.FindMember("date");
        var yearly = map.FindMember("yearly");
        if (date is not null && yearly is not null)
            problems.Error(yearly.Where, "schedule.yearly",
                "Chỉ ghi một trong hai: 'date' (một ngày) hoặc 'yearly' (hằng năm). Hãy xóa một dòng.",
                "Only one of 'date' (one day) and 'yearly' (every year) can stand here. Delete one line.");
        else if (date is null && yearly is null && !map.CutShort)
            problems.Error(owner, "schedule.date",
                "Thiếu ngày gửi. Ghi 'date: 30/7/2025' (một ngày) hoặc 'yearly: 30/7' (hằng năm).",
                "The day is missing. Write 'date: 2025-07-30' (one day) or 'yearly: 30/7' (every year).");

        var once = map.Scalar("date") is { } one
            ? values.Day(one, "schedule.date", yearly: false, everyYear: "yearly")
            : null;
        var every = map.Scalar("yearly") is { } each ? values.Day(each, "schedule.yearly", yearly: true) : null;
        if (every is { Month: 2, Day: 29 })
            problems.Warn(yearly!.Value.Where, "schedule.yearly",
                "Ngày 29/2 chỉ có ở năm nhuận: các năm khác chiến dịch không chạy.",
                "29/2 exists only in leap years: in the others the campaign does not run.");

        return date is not null && yearly is not null ? null : once ?? every;
    }

    SendWindow? ReadWindow(FileNode map)
    {
        var zone = ReadZone(map);
        if (map.Map("window") is not { } window)
            return null;

        var opens = window.Scalar("from") is { } from ? values.Time(from, "schedule.window.from") : null;
        var closes = window.Scalar("to") is { } to ? values.Time(to, "schedule.window.to") : null;
        if (opens is { } first && first < EarliestCourteous)
            WarnOfHour(window.Scalar("from")!, "schedule.window.from", first);
        if (closes is { } last && last > LatestCourteous)
            WarnOfHour(window.Scalar("to")!, "schedule.window.to", last);
        if (opens is null || closes is null)
            return null;

        if (opens == closes)
            problems.Error(window.Scalar("to")!.Where, "schedule.window.to",
                $"Khung giờ trống: bắt đầu và kết thúc cùng lúc {opens:HH:mm}, nên không gửi được tin nào. "
                    + $"Giờ kết thúc phải sau giờ bắt đầu.",
                $"The window is empty: it starts and ends at {opens:HH:mm}, so nothing could be sent. "
                    + $"The end must be after the start.");
        else if (opens > closes)
            problems.Error(window.Scalar("to")!.Where, "schedule.window.to",
                $"Khung giờ {opens:HH:mm} đến {closes:HH:mm} đi qua nửa đêm. Khung giờ phải nằm trong một ngày: "
                    + $"giờ kết thúc sau giờ bắt đầu, muộn nhất 23:59.",
                $"The window {opens:HH:mm} to {closes:HH:mm} crosses midnight. It must lie within one day: "
                    + $"the end after the start, 23:59 at the latest.");
        else if (zone is not null)
            return new SendWindow(opens.Value, closes.Value, zone);

        return null;
    }

    void WarnOfHour(FileNode at, string key, TimeOnly hour) =>
        problems.Warn(at.Where, key,
            $"{hour:HH:mm} nằm ngoài khung 07:00 đến 22:00 (giờ Nghị định 91/2020/NĐ-CP đặt cho tin quảng cáo, "
                + $"nên theo). Người dân có thể bị làm phiền: hãy cân nhắc.",
            $"{hour:HH:mm} lies outside 07:00 to 22:00 (the hours Decree 91/2020/NĐ-CP sets for advertising, "
                + $"better kept). People may be disturbed: reconsider.");

    TimeZoneInfo? ReadZone(FileNode map)
    {
        if (map.Find("timeZone") is { IsRefused: true })
            return null;

        var written = map.Scalar("timeZone");
        var id = written?.Text.Trim() ?? DefaultZone;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            return zone;

        if (MachineLacks.Zones is { } lack)
        {
            problems.Error(written?.Where, "schedule.timeZone", lack.Vi, lack.En);
            return null;
        }

        var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Append(DefaultZone);
        var hint = Spelling.DidYouMean(Spelling.Nearest(id, known));
        problems.Error(written?.Where, "schedule.timeZone",
            $"Máy này không biết múi giờ '{id}'.{hint} Giờ Việt Nam là {DefaultZone}.",
            $"This machine knows no time zone '{id}'.{hint} Vietnam's is {DefaultZone}.");
        return null;
    }
}
