using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Files.Binding;

/// <param name="Year">Null where the day comes round every year.</param>
readonly record struct WrittenDay(int? Year, int Month, int Day);

/// <summary>
/// Reads numbers, dates and times as officers write them, and says what to write where it cannot.
/// </summary>
sealed partial class ValueReader(ProblemList problems)
{
    /// <returns>Null where it is no date; that has been reported.</returns>
    public DateOnly? Date(FileNode scalar, string key) =>
        Day(scalar, key, yearly: false) is { Year: { } year } day ? new DateOnly(year, day.Month, day.Day) : null;

    /// <param name="yearly">Whether 30/7 is wanted, and no year; otherwise 2025-07-30 or 30/7/2025.</param>
    /// <param name="everyYear">Key that takes a day of every year in place of this one; null where none does.</param>
    public WrittenDay? Day(FileNode scalar, string key, bool yearly, string? everyYear = null)
    {
        var written = scalar.Text.Trim();
        var (wantedVi, wantedEn) = yearly
            ? ("Viết ngày/tháng, ví dụ 30/7.", "Write day/month, such as 30/7.")
            : ("Viết 30/7/2025 hoặc 2025-07-30.", "Write 2025-07-30 or 30/7/2025.");

        var match = yearly ? DayMonth().Match(written) : FullDate().Match(written);
        var yearMissing = !yearly && !match.Success && DayMonth().IsMatch(written);
        if (yearMissing)
            match = DayMonth().Match(written);

        if (!match.Success)
        {
            problems.Error(scalar.Where, key,
                $"'{FileNode.Shortened(written)}' không phải là ngày viết đúng cách. {wantedVi}",
                $"'{FileNode.Shortened(written)}' is not a date in a form that is read. {wantedEn}");
            return null;
        }

        var day = Group(match, "day");
        var month = Group(match, "month");
        int? year = yearly || yearMissing ? null : Group(match, "year");

        // Any leap year stands for a day that comes round every year: 29/2 exists in some of them.
        var days = month is >= 1 and <= 12 && year is null or >= 1 ? DateTime.DaysInMonth(year ?? 2024, month) : 0;
        if (day >= 1 && day <= days && yearMissing)
        {
            var name = key[(key.LastIndexOf('.') + 1)..];
            var everyTime = everyYear is null ? new Wording("", "") : new Wording(
                $" Nếu gửi hằng năm, ghi '{everyYear}: {written}' thay cho '{name}'.",
                $" To send every year, write '{everyYear}: {written}' instead of '{name}'.");
            problems.Error(scalar.Where, key,
                $"Ngày '{written}' thiếu năm. {wantedVi}{everyTime}",
                $"The date '{written}' has no year. {wantedEn}{everyTime}");
            return null;
        }

        if (day >= 1 && day <= days)
            return new WrittenDay(year, month, day);

        var named = year is null ? $"{month}" : $"{month}/{year}";
        if (days == 0)
            problems.Error(scalar.Where, key,
                $"Ngày '{written}' không tồn tại: không có tháng {named}. Ngày đứng trước, tháng đứng sau. {wantedVi}",
                $"The date '{written}' does not exist: there is no month {named}. "
                    + $"The day comes before the month. {wantedEn}");
        else
            problems.Error(scalar.Where, key,
                $"Ngày '{written}' không tồn tại: tháng {named} có {days} ngày.",
                $"The date '{written}' does not exist: month {named} has {days} days.");
        return null;
    }

    /// <returns>Null where it is no time of day; that has been reported.</returns>
    public TimeOnly? Time(FileNode scalar, string key)
    {
        var written = scalar.Text.Trim();
        var match = ClockTime().Match(written);
        if (!match.Success)
        {
            var spoken = SpokenTime().Match(written);
            var (hour, minute) = (
                spoken.Success ? Group(spoken, "hour") : 8,
                spoken.Groups["minute"].Success ? Group(spoken, "minute") : 0);
            problems.Error(scalar.Where, key,
                $"'{FileNode.Shortened(written)}' không phải là giờ viết đúng cách. "
                    + $"Viết giờ:phút, ví dụ \"{hour:00}:{minute:00}\".",
                $"'{FileNode.Shortened(written)}' is not a time in a form that is read. "
                    + $"Write hour:minute, such as \"{hour:00}:{minute:00}\".");
            return null;
        }

        if (Group(match, "hour") <= 23 && Group(match, "minute") <= 59)
            return new TimeOnly(Group(match, "hour"), Group(match, "minute"));

        problems.Error(scalar.Where, key,
            $"Giờ '{written}' không tồn tại. Một ngày từ 00:00 đến 23:59.",
            $"The time '{written}' does not exist. A day goes from 00:00 to 23:59.");
        return null;
    }

    /// <returns>Whether it is a whole number in plain digits; if not, that has been reported.</returns>
    public bool IsNumber(FileNode scalar, string key)
    {
        var written = scalar.Text.Trim();
        if (PlainNumber().IsMatch(written) && scalar.Form == ScalarForm.Plain)
            return true;

        var digits = string.Concat(written.Where(char.IsAsciiDigit)).TrimStart('0');
        var grouped = GroupedNumber().IsMatch(written) && digits.Length is > 0 and < 16;
        problems.Error(scalar.Where, key,
            $"'{FileNode.Shortened(written)}' không phải là số nguyên viết đúng cách. "
            + (grouped
                ? $"Viết: {digits}"
                : "Chỉ viết chữ số, không dấu chấm, dấu phẩy, đơn vị hay ngoặc kép, ví dụ 5000."),
            $"'{FileNode.Shortened(written)}' is not a whole number in a form that is read. "
            + (grouped ? $"Write: {digits}" : "Write digits only, no dots, commas, units or quotes, such as 5000."));
        return false;
    }

    static int Group(Match match, string name) =>
        int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^((?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})|(?<day>[0-9]{1,2})/(?<month>[0-9]{1,2})/(?<year>[0-9]{4}))$")]
    private static partial Regex FullDate();

    [GeneratedRegex("^(?<day>[0-9]{1,2})/(?<month>[0-9]{1,2})$")]
    private static partial Regex DayMonth();

    [GeneratedRegex("^(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})$")]
    private static partial Regex ClockTime();

    // 8h, 8h30, 8 giờ 30, 8.30, 08:00:00: all understood well enough to offer the right form.
    [GeneratedRegex(
        @"^(?<hour>[01]?[0-9]|2[0-3])\s*(h|g|giờ|[.:])\s*(?<minute>[0-5][0-9])?(\s*(phút|p|m)|:[0-9]{2})?$", RegexOptions.IgnoreCase)]
    private static partial Regex SpokenTime();

    [GeneratedRegex("^-?(0|[1-9][0-9]*)$")]
    private static partial Regex PlainNumber();

    // 5000 in quotes, 1_000, 1.000.000, 1,000,000, 20 000, 005, 5000.0 is not: nobody can say what it means.
    [GeneratedRegex(
        @"^([0-9]+|[0-9]{1,3}([_.,\s'][0-9]{3})+|[0-9]+(_[0-9]+)+)\s*(đ|đồng|vnđ|vnd)?$", RegexOptions.IgnoreCase)]
    private static partial Regex GroupedNumber();
}
