using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Directives;

/// <summary>A numbered item of an order, a dash of one, or a line of its head: what belongs together, its lines
/// joined.</summary>
sealed class DirectiveItem
{
    readonly StringBuilder _text = new();
    readonly List<(int Start, DirectivePlace Place)> _lines = [];

    /// <summary>Its number with those above it, as II.2.2; null where none is above it.</summary>
    public string? Path { get; init; }

    /// <summary>Whether Word has numbered it, or what is above it, by a number that is not in the text.</summary>
    public bool IsNumberLost { get; init; }

    public string Text => _text.ToString();

    public int Length => _text.Length;

    public DirectivePlace Place => _lines[0].Place;

    /// <summary>Where the line stands that holds a character of <see cref="Text"/>.</summary>
    public DirectivePlace PlaceAt(int index) => _lines.Last(line => line.Start <= index).Place;

    /// <summary>Whether it is all capitals, as names of offices and headings are.</summary>
    public bool IsHeading { get; private set; } = true;

    public void Add(DirectiveLine line)
    {
        IsHeading = IsHeading && DirectiveText.IsCapitals(line.Text);
        // A number that a line end cuts: 13-|KL/TW.
        var cut = _text.Length > 1 && _text[^1] == '-' && char.IsLetterOrDigit(_text[^2]);
        if (_text.Length > 0 && !cut)
            _text.Append(' ');
        _lines.Add((_text.Length, line.Place));
        _text.Append(line.Text);
    }
}

/// <summary>An order as its items, however its lines were broken.</summary>
sealed partial class DirectiveText
{
    /// <summary>Characters after which a quotation mark that was opened was never meant to be closed.</summary>
    const int LongestQuote = 1500;

    /// <summary>Longest item, characters. The longest of a real order has 1,500; what is longer is cut, so that no text
    /// costs more than its length.</summary>
    const int LongestItem = 20_000;

    static readonly string[] Ends = [".", ":", ";", "!", "?", "…", "/", ".”", ";”", ".\"", ")"];

    DirectiveText(IReadOnlyList<DirectiveLine> lines, IReadOnlyList<DirectiveItem> items) =>
        (Lines, Items) = (lines, items);

    public IReadOnlyList<DirectiveLine> Lines { get; }

    public IReadOnlyList<DirectiveItem> Items { get; }

    /// <param name="lines">As they stand in the file, empty ones left out.</param>
    public static DirectiveText Of(IReadOnlyList<DirectiveLine> lines)
    {
        var items = new List<DirectiveItem>();
        var numbers = new ItemNumbers();
        DirectiveItem? item = null;
        var before = "";
        foreach (var line in lines.Where(line => !PageNumber().IsMatch(line.Text)).SelectMany(Cut))
        {
            var open = item is not null && item.Length < LongestQuote && Quotes.IsOpenAtEnd(item.Text);
            var starts = item is null || line.Starts || item.Length + line.Text.Length > LongestItem
                || (!open && IsHead(line.Text, item.IsHeading, before));
            if (line.IsNumberedByWord)
                numbers.Lose();
            if (numbers.Take(line.Text, canStart: starts || !open, ended: EndsSentence(before)))
                starts = true;

            if (starts)
                items.Add(item = new DirectiveItem { Path = numbers.Path, IsNumberLost = numbers.AreLost });
            item!.Add(line);
            before = line.Text;
        }

        return new DirectiveText(lines, items);
    }

    static IEnumerable<DirectiveLine> Cut(DirectiveLine line)
    {
        for (var at = 0; at < line.Text.Length; at += LongestItem)
            yield return line with { Text = line.Text[at..Math.Min(line.Text.Length, at + LongestItem)] };
    }

    /// <summary>As it is read, whatever wrote it.</summary>
    public static string Clean(string written)
    {
        var text = Spaces().Replace(written.Composed(), " ").Trim();
        text = Emphasis().Replace(HeadingMark().Replace(text, ""), "").Trim();

        // What Word's fonts of symbols leave of a bullet.
        return text.Length > 0 && text[0] is >= '\uF000' and <= '\uF0FF' ? "- " + text[1..].Trim() : text;
    }

    static bool EndsSentence(string text) =>
        text.Length == 0 || Array.Exists(Ends, end => text.EndsWith(end, StringComparison.Ordinal));

    /// <param name="underHeading">Whether nothing but a heading stands in the item yet.</param>
    static bool IsHead(string text, bool underHeading, string before) =>
        HeadLine().IsMatch(text)
        || PlaceAndDate().IsMatch(text)
        || (IsCapitals(text) ? !IsCapitals(before) && !Quotes.Opens(text) : underHeading)
        || (text.StartsWith('(') && EndsSentence(before));

    /// <summary>A heading, or a name of an office.</summary>
    public static bool IsCapitals(string text) =>
        text.Count(char.IsLetter) >= 4 && !text.Any(char.IsLower);

    [GeneratedRegex(@"^(-\s*)?\d{1,3}(\s*-|/\d{1,3})?$|^Trang \d+")]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^#{1,6}\s+")]
    private static partial Regex HeadingMark();

    [GeneratedRegex(@"\*\*|__")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^(Số\s*:|Kính gửi|Nơi nhận|V/v|TM\.|KT\.|TL\.|Phân công nhiệm vụ\s*:\s*$"
        + "|(Thực hiện|Căn cứ|Triển khai|Trên cơ sở) "
        + "(Quyết định|Công văn|Kế hoạch|Công điện|Chỉ thị|Văn bản|Thông báo|Luật|Nghị))")]
    private static partial Regex HeadLine();

    [GeneratedRegex(@"^[\p{L} .-]{2,40},\s*ngày\s.{0,12}tháng\s.{0,8}năm\s")]
    internal static partial Regex PlaceAndDate();
}
