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

    public string Text => _text.ToString();

    public int Length => _text.Length;

    public DirectivePlace Place => _lines[0].Place;

    /// <summary>Where the line stands that holds a character of <see cref="Text"/>.</summary>
    public DirectivePlace PlaceAt(int index) => _lines.Last(line => line.Start <= index).Place;

    public void Add(DirectiveLine line)
    {
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
        foreach (var line in lines.Where(line => !PageNumber().IsMatch(line.Text)))
        {
            var open = item is not null && item.Length < LongestQuote && Quotes.IsOpenAtEnd(item.Text);
            var starts = item is null || line.Starts || (!open && IsHead(line.Text, item!.Text, before));
            if (numbers.Take(line.Text, canStart: starts || !open, ended: EndsSentence(before)))
                starts = true;

            if (starts)
                items.Add(item = new DirectiveItem { Path = numbers.Path });
            item!.Add(line);
            before = line.Text;
        }

        return new DirectiveText(lines, items);
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

    /// <param name="item">Of the item that the line before is in.</param>
    static bool IsHead(string text, string item, string before) =>
        HeadLine().IsMatch(text)
        || PlaceAndDate().IsMatch(text)
        || (IsCapitals(text) ? !IsCapitals(before) && !Quotes.Opens(text) : IsCapitals(item))
        || (text.StartsWith('(') && EndsSentence(before));

    /// <summary>A heading, or a name of an office.</summary>
    static bool IsCapitals(string text) =>
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
