using System.Globalization;
using System.Text.RegularExpressions;
using SmsCampaign.Audience;

namespace SmsCampaign.Orders;

/// <summary>Reads the cells of a carrier's report: whole numbers, shares and moments as people write them.</summary>
/// <param name="problems">Gets every cell that cannot be read.</param>
sealed partial class ResultCells(FileProblems problems)
{
    static readonly string[] Moments =
    [
        "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-dTH:mm:ss", "H:mm d/M/yyyy",
        "d-M-yyyy H:mm", "d-M-yyyy H:mm:ss",
    ];

    static readonly string[] Days = ["d/M/yyyy", "yyyy-M-d", "d-M-yyyy", "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss"];

    /// <summary>More than all phones of the world are sent in parts: what is more is no count, and sums of it would
    /// overflow.</summary>
    public const long Most = 1_000_000_000_000;

    /// <param name="column">0-based; null: the report has no such column.</param>
    /// <returns>Null where nothing stands there, or nothing that can be read.</returns>
    public long? Whole(TableReader table, int? column)
    {
        if (column is not { } at || IsUnfit(table, at))
            return null;

        var text = Plain(table.Digits(at));
        if (text.Length == 0 || text == "-")
            return null;
        if (Grouped().IsMatch(text))
            text = text.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        else if (WholeWithZeros().Match(text) is { Success: true } match)
            text = match.Groups[1].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= Most)
            return number;

        problems.Error(table.Line, null, new Wording(
            $"Ô {table.NameOf(at)}: '{Shown(table, at)}' không phải số nguyên không âm. Hãy ghi chữ số, ví dụ "
                + $"1.450.000.",
            $"Cell {table.NameOf(at)}: '{Shown(table, at)}' is no whole number from 0 on. Write digits, such as "
                + $"1450000."));
        return null;
    }

    /// <returns>0 to 1 for 0 to 100 %; more where more is written.</returns>
    public decimal? Share(TableReader table, int? column)
    {
        if (column is not { } at || IsUnfit(table, at))
            return null;

        var text = Plain(table.Cell(at));
        if (text.Length == 0 || text == "-")
            return null;

        var isPercent = text.EndsWith('%');
        if (decimal.TryParse(
            text.TrimEnd('%').Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number))
            return isPercent || number > 1 ? number / 100 : number;

        problems.Error(table.Line, null, new Wording(
            $"Ô {table.NameOf(at)}: '{Shown(table, at)}' không phải tỷ lệ. Hãy ghi như 97,3%.",
            $"Cell {table.NameOf(at)}: '{Shown(table, at)}' is no share. Write it as 97.3%."));
        return null;
    }

    public DateTime? Moment(TableReader table, int? column)
    {
        if (column is not { } at || IsUnfit(table, at))
            return null;

        var text = CellText.OnOneLine(table.Cell(at).ToString());
        if (text.Length == 0 || text == "-")
            return null;
        if (DateTime.TryParseExact(
            text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return moment;

        problems.Error(table.Line, null, new Wording(
            $"Ô {table.NameOf(at)}: '{Shown(table, at)}' không phải ngày giờ. Hãy ghi như 30/07/2025 08:15.",
            $"Cell {table.NameOf(at)}: '{Shown(table, at)}' is no moment. Write it as 30/07/2025 08:15."));
        return null;
    }

    public DateOnly? Day(TableReader table, int column)
    {
        var text = CellText.OnOneLine(table.Cell(column).ToString());
        if (DateTime.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return DateOnly.FromDateTime(day);

        problems.Error(table.Line, null, new Wording(
            $"Ô {table.NameOf(column)}: '{Shown(table, column)}' không phải ngày. Hãy ghi như 30/07/2025.",
            $"Cell {table.NameOf(column)}: '{Shown(table, column)}' is no date. Write it as 30/07/2025."));
        return null;
    }

    /// <returns>0 to 23; of "08:00-09:00" 8.</returns>
    public int? Hour(TableReader table, int column)
    {
        var text = CellText.OnOneLine(table.Cell(column).ToString());
        if (HourText().Match(text) is { Success: true } match
            && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var hour and <= 23)
            return hour;

        problems.Error(table.Line, null, new Wording(
            $"Ô {table.NameOf(column)}: '{Shown(table, column)}' không phải giờ từ 0 đến 23.",
            $"Cell {table.NameOf(column)}: '{Shown(table, column)}' is no hour from 0 to 23."));
        return null;
    }

    /// <summary>A formula that was never computed says nothing.</summary>
    bool IsUnfit(TableReader table, int at)
    {
        if (!table.LacksResult(at))
            return false;

        problems.Error(table.Line, null, table.NoResult(at));
        return true;
    }

    static string Plain(ReadOnlySpan<char> cell) =>
        cell.ToString().Replace(" ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Trim();

    static string Shown(TableReader table, int at) => Masking.Of(CellText.OnOneLine(table.Cell(at).ToString()));

    [GeneratedRegex(@"^[0-9]{1,3}([.][0-9]{3})+\z|^[0-9]{1,3}([,][0-9]{3})+\z")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^([0-9]+)[.,]0+\z")]
    private static partial Regex WholeWithZeros();

    [GeneratedRegex(@"^([0-9]{1,2})(?:[:hg][0-9]{0,2})?(?:\s*[-–]\s*[0-9]{1,2}(?:[:hg][0-9]{0,2})?)?\z")]
    private static partial Regex HourText();
}
