using System.Globalization;
using SmsCampaign.Office;
using SmsCampaign.Orthography;

namespace SmsCampaign.App.Rehearsing;

/// <summary>What a person wrote of what goes wrong, as it was written.</summary>
sealed record WrittenScenario(
    IReadOnlyList<string> Outages,
    IReadOnlyList<string> Slow,
    IReadOnlyList<string> NoReceipts,
    IReadOnlyList<string> PowerCuts);

/// <summary>
/// Reads what goes wrong on a rehearsed day: <c>LANE@10:00-11:30</c>, <c>LANE@08:00-20:00:x0.5</c>, <c>LANE</c>,
/// <c>13:05-13:40</c>. A lane by its own name or by that of a carrier it serves.
/// </summary>
/// <param name="campaign">Null where its files have errors: nothing is said of names then.</param>
sealed class ScenarioReader(RehearsedCampaign? campaign, List<Problem> problems)
{
    public Scenario Read(WrittenScenario written) => new()
    {
        Outages = [.. written.Outages.Select(ReadOutage).OfType<(string, DayHours)>()],
        Slow = ReadSlow(written.Slow),
        NoReceipts = written.NoReceipts.Select(name => FindLane(name, "--no-receipts")).OfType<string>().ToHashSet(),
        PowerCuts = ReadPowerCuts(written.PowerCuts),
    };

    (string, DayHours)? ReadOutage(string text)
    {
        const string option = "--outage";
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || !TryReadHours(text[(at + 1)..], out var hours))
        {
            Add(option, text, "vinaphone@10:00-11:30");
            return null;
        }

        return FindLane(text[..at], option) is { } lane ? (lane, hours) : null;
    }

    List<(string, DayHours, double)> ReadSlow(IReadOnlyList<string> texts)
    {
        const string option = "--slow";
        var read = new List<(string Lane, DayHours Hours, double Share)>();
        foreach (var text in texts)
        {
            var at = text.IndexOf('@', StringComparison.Ordinal);
            var x = text.LastIndexOf(":x", StringComparison.Ordinal);
            if (at <= 0
                || x < at
                || !TryReadHours(text[(at + 1)..x], out var hours)
                || !TryReadShare(text[(x + 2)..], out var share))
            {
                Add(option, text, "mobifone@08:00-20:00:x0.5");
                continue;
            }

            if (FindLane(text[..at], option) is not { } lane)
                continue;

            if (read.Exists(other => other.Lane == lane && Overlap(other.Hours, hours)))
                problems.Add(new Problem(null, new Wording(
                    $"{option} '{text}': trùng giờ với một --slow khác của kênh '{lane}'. Hãy để mỗi giờ một mức.",
                    $"{option} '{text}': its hours overlap another --slow of the lane '{lane}'. "
                        + $"Give each hour one share.")));
            read.Add((lane, hours, share));
        }

        return read;
    }

    List<DayHours> ReadPowerCuts(IReadOnlyList<string> texts)
    {
        const string option = "--power-cut";
        var read = new List<DayHours>();
        foreach (var text in texts)
        {
            if (!TryReadHours(text, out var hours))
            {
                Add(option, text, "13:05-13:40");
                continue;
            }

            if (read.Exists(other => Overlap(other, hours) || other.From == hours.To || other.To == hours.From))
                problems.Add(new Problem(null, new Wording(
                    $"{option} '{text}': trùng hoặc liền với một lần mất điện khác. Hãy ghi gộp thành một lần.",
                    $"{option} '{text}': overlaps or touches another power cut. Write both as one.")));
            read.Add(hours);
        }

        return [.. read.OrderBy(hours => hours.From)];
    }

    /// <returns>Null where none is called so, which is said.</returns>
    string? FindLane(string name, string option)
    {
        if (campaign is null)
            return null;

        var lane = campaign.Lanes.FirstOrDefault(
            lane => lane.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name;
        lane ??= campaign.LaneOfCarrier.FirstOrDefault(
            carrier => carrier.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (lane is not null)
            return lane;

        List<string> known = [.. campaign.Lanes
            .Select(each => each.Name)
            .Concat(campaign.LaneOfCarrier.Keys)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        var (hint, list) = (Spelling.DidYouMean(Spelling.Nearest(name, known)), string.Join(", ", known));
        problems.Add(new Problem(null, new Wording(
            $"{option}: chiến dịch không có kênh gửi hay nhà mạng nào tên '{name}'.{hint} Các tên dùng được: {list}.",
            $"{option}: the campaign has no lane or carrier called '{name}'.{hint} It has: {list}.")));
        return null;
    }

    void Add(string option, string text, string example) => problems.Add(new Problem(null, new Wording(
        $"{option} '{text}': không đọc được. Hãy viết như {example}, giờ theo múi giờ của chiến dịch, giờ trước nhỏ "
            + $"hơn giờ sau.",
        $"{option} '{text}' cannot be read. Write it as {example}, hours in the campaign's time zone, "
            + $"the first before the second.")));

    static bool Overlap(DayHours one, DayHours other) => one.From < other.To && other.From < one.To;

    static bool TryReadHours(string text, out DayHours hours)
    {
        hours = default;
        var ends = text.Split('-');
        if (ends.Length != 2 || !TryReadTime(ends[0], out var from) || !TryReadTime(ends[1], out var to) || from >= to)
            return false;

        hours = new DayHours(from, to);
        return true;
    }

    static bool TryReadTime(string text, out TimeOnly time) => TimeOnly.TryParseExact(
        text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary>With the comma of a Vietnamese keyboard as well.</summary>
    static bool TryReadShare(string text, out double share) =>
        double.TryParse(
            text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share)
        && share is > 0 and < 1;
}
