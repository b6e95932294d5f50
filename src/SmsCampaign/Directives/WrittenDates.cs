using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Directives;

/// <param name="Year">Null where none is said.</param>
/// <param name="IsPossible">Whether a calendar has it: 31/6 it does not.</param>
readonly record struct WrittenDate(int Start, int Length, int Day, int Month, int? Year, bool IsPossible = true)
{
    public int End => Start + Length;

    public bool IsDate => Year is not null;

    /// <summary>Whether both say the same, as far as both say a year.</summary>
    public bool IsSameDay(WrittenDate other) =>
        (Day, Month) == (other.Day, other.Month) && (Year is null || other.Year is null || Year == other.Year);

    /// <summary>Only of one that is possible.</summary>
    public DateOnly In(int year) => new(Year ?? year, Month, Math.Min(Day, DateTime.DaysInMonth(Year ?? year, Month)));
}

/// <summary>Dates as orders write them: 30/7/2025, ngày 30 tháng 7 năm 2025, ngày ba mươi tháng bảy.</summary>
static partial class WrittenDates
{
    static readonly Dictionary<string, int> Numbers = SpokenNumbers();

    static readonly Regex Spoken = MakeSpoken();

    /// <summary>Those that a calendar has, in the order of the text.</summary>
    public static IReadOnlyList<WrittenDate> Find(string text) => [.. FindAll(text).Where(date => date.IsPossible)];

    /// <summary>In the order of the text, with those that no calendar has but are written as days: behind the word for
    /// one, or with a year.</summary>
    public static IReadOnlyList<WrittenDate> FindAll(string text)
    {
        var found = new List<WrittenDate>();
        foreach (var match in Digits().Matches(text).Concat(Long().Matches(text)).Concat(Spoken.Matches(text))
            .OrderBy(match => match.Index).ThenByDescending(match => match.Length))
        {
            var (day, month) = (NumberOf(match.Groups["day"].Value), NumberOf(match.Groups["month"].Value));
            var year = match.Groups["year"] is { Success: true } written ? YearOf(written.Value) : null;
            if (found.Count > 0 && match.Index < found[^1].End)
                continue;
            var isPossible = year is null or >= 1 && month is >= 1 and <= 12
                && day >= 1 && day <= DateTime.DaysInMonth(year ?? 2024, month);
            if (isPossible || year is not null || DayWord().IsMatch(text[Math.Max(0, match.Index - 10)..match.Index]))
                found.Add(new WrittenDate(match.Index, match.Length, day, month, year, isPossible));
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

    [GeneratedRegex(@"(?<!\p{L})ngày\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex DayWord();

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
