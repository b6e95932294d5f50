using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Directives;

/// <param name="Year">Null where none is said.</param>
readonly record struct WrittenDate(int Start, int Length, int Day, int Month, int? Year)
{
    public int End => Start + Length;

    public bool IsDate => Year is not null;

    public DateOnly In(int year) => new(Year ?? year, Month, Math.Min(Day, DateTime.DaysInMonth(Year ?? year, Month)));
}

/// <summary>Dates as orders write them: 30/7/2025, ngày 30 tháng 7 năm 2025, ngày ba mươi tháng bảy.</summary>
static partial class WrittenDates
{
    static readonly Dictionary<string, int> Numbers = SpokenNumbers();

    static readonly Regex Spoken = MakeSpoken();

    /// <summary>In the order of the text; what is no day of a calendar is none.</summary>
    public static IReadOnlyList<WrittenDate> Find(string text)
    {
        var found = new List<WrittenDate>();
        foreach (var match in Digits().Matches(text).Concat(Long().Matches(text)).Concat(Spoken.Matches(text))
            .OrderBy(match => match.Index).ThenByDescending(match => match.Length))
        {
            var (day, month) = (NumberOf(match.Groups["day"].Value), NumberOf(match.Groups["month"].Value));
            var year = match.Groups["year"] is { Success: true } written ? YearOf(written.Value) : null;
            if (found.Count > 0 && match.Index < found[^1].End)
                continue;
            if (month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year ?? 2024, month))
                found.Add(new WrittenDate(match.Index, match.Length, day, month, year));
        }

        return found;
    }

    static int NumberOf(string written) =>
        int.TryParse(written, CultureInfo.InvariantCulture, out var number)
            ? number
            : Numbers.GetValueOrDefault(written.ToLowerInvariant());

    static int? YearOf(string written) =>
        int.TryParse(written, CultureInfo.InvariantCulture, out var year) ? year
        : Numbers.GetValueOrDefault(written.ToLowerInvariant().Split("trăm ")[^1]) is > 0 and var spoken ? 2000 + spoken
        : null;

    static Dictionary<string, int> SpokenNumbers()
    {
        string[] units = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
        var numbers = new Dictionary<string, int> { ["mười"] = 10, ["tư"] = 4, ["giêng"] = 1, ["bẩy"] = 7 };
        for (var unit = 1; unit <= 9; unit++)
        {
            numbers[units[unit]] = unit;
            numbers["mười " + (unit == 5 ? "lăm" : units[unit])] = 10 + unit;
        }

        foreach (var ten in new[] { 2, 3 })
        {
            numbers[units[ten] + " mươi"] = ten * 10;
            for (var unit = 1; unit <= 9; unit++)
                numbers[$"{units[ten]} mươi {unit switch { 1 => "mốt", 5 => "lăm", _ => units[unit] }}"] =
                    (ten * 10) + unit;
            numbers[units[ten] + " mươi tư"] = (ten * 10) + 4;
        }

        return numbers;
    }

    static Regex MakeSpoken()
    {
        var number = string.Join('|', Numbers.Keys.OrderByDescending(word => word.Length));
        return new Regex(
            $@"(?<!\p{{L}})(?:mồng |mùng )?(?<day>{number}) tháng (?<month>{number})(?!\p{{L}})"
                + $@"(?:,? năm (?<year>[0-9]{{4}}|hai (?:nghìn|ngàn) không trăm (?:{number}))(?!\p{{L}}))?",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    // Of dots and dashes only with a year: 2.1 is an item.
    [GeneratedRegex(
        @"(?<![0-9/.-])(?:(?<day>[0-9]{1,2})\s?/\s?(?<month>[0-9]{1,2})(?:\s?/\s?(?<year>[0-9]{4}))?"
        + @"|(?<day>[0-9]{1,2})(?<sign>[.-])(?<month>[0-9]{1,2})\k<sign>(?<year>[0-9]{4}))(?![/0-9])(?!\s?/\s?[0-9])")]
    private static partial Regex Digits();

    [GeneratedRegex(
        @"(?<![0-9])(?<day>[0-9]{1,2})\s+tháng\s+(?<month>[0-9]{1,2})(?![0-9])"
        + @"(?:,?\s+năm\s+(?<year>[0-9]{4})(?![0-9]))?",
        RegexOptions.IgnoreCase)]
    private static partial Regex Long();
}
