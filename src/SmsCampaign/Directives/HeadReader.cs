using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Directives;

/// <summary>Reads who issued an order, its number and date, and what it is based on.</summary>
sealed partial class HeadReader(DirectiveText order)
{
    const string Office = "(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Chủ tịch (?:UBND|Ủy ban nhân dân)|Ban Chỉ đạo|BCĐ)";

    /// <summary>Items looked at for the number and the place: both stand above the address.</summary>
    const int MostOfHead = 12;

    IEnumerable<DirectiveItem> Head => order.Items.Take(MostOfHead);

    public DirectiveFinding Issuer()
    {
        var unnamed = default((string Words, DirectivePlace Place)?);
        foreach (var item in order.Items.Where(item => Basis().IsMatch(item.Text)))
        {
            if (IssuerInBody().Matches(item.Text).LastOrDefault() is not { } match)
                continue;

            var (start, name) = (match.Groups["issuer"].Index, match.Groups["issuer"].Value.Trim());
            var (words, place) = (item.Text[start..(match.Index + match.Length)], item.PlaceAt(start));
            if (Area(name) is not null)
                return new DirectiveFinding(DirectiveField.Issuer, name, words, place, null);
            unnamed ??= (words, place);
        }

        return OfLetterhead() ?? new DirectiveFinding(
            DirectiveField.Issuer,
            null,
            unnamed?.Words,
            unnamed?.Place,
            unnamed is { } alone
                ? new Wording(
                    $"cơ quan ban hành: văn bản chỉ ghi “{Shown(alone.Words)}”, không nêu tên tỉnh. Hãy ghi đủ tên.",
                    $"who issued it: the order says “{Shown(alone.Words)}” alone and names no province. Write the "
                        + $"whole name.")
                : new Wording(
                    "cơ quan ban hành: không tìm thấy trong văn bản. Hãy ghi tên cơ quan.",
                    "who issued it: not found in the order. Write its name."));
    }

    /// <summary>Of a name in capitals over the number.</summary>
    DirectiveFinding? OfLetterhead()
    {
        foreach (var item in Head)
        {
            if (Letterhead().Match(item.Text) is not { Success: true } match)
                continue;

            var kind = match.Groups["kind"].Value.StartsWith('T') && match.Groups["kind"].Value != "TỈNH"
                ? "thành phố" : "tỉnh";
            var name = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(match.Groups["name"].Value.ToLowerInvariant());
            return new DirectiveFinding(
                DirectiveField.Issuer,
                $"UBND {kind} {name.Trim()}",
                match.Value.Trim(),
                item.PlaceAt(match.Index),
                null);
        }

        return null;
    }

    /// <returns>The area that an office serves, as tỉnh Lai Châu; null where its name has none.</returns>
    public static string? Area(string issuer) =>
        AreaOfName().Match(issuer) is { Success: true } match
            ? $"{(match.Groups["kind"].Value is "tỉnh" or "Tỉnh" ? "tỉnh" : "thành phố")} {match.Groups["name"].Value}"
            : null;

    public DirectiveFinding Number()
    {
        foreach (var item in Head)
        {
            if (NumberLine().Match(item.Text) is { Success: true } match)
            {
                var number = Spaces().Replace(match.Groups["number"].Value, "");
                return new DirectiveFinding(
                    DirectiveField.Number, number, match.Value.Trim(), item.PlaceAt(match.Index), null);
            }

            if (EmptyNumber().Match(item.Text) is { Success: true } empty)
                return new DirectiveFinding(
                    DirectiveField.Number, null, empty.Value.Trim(), item.PlaceAt(empty.Index), new Wording(
                        $"số văn bản: tệp để trống (“{empty.Value.Trim()}”). Hãy ghi theo bản đã đóng dấu, hoặc xóa "
                            + $"dòng này.",
                        $"the order's number: left open in the file (“{empty.Value.Trim()}”). Write it as the stamped "
                            + $"copy has it, or delete the line."));
        }

        return new DirectiveFinding(DirectiveField.Number, null, null, null, null);
    }

    public DirectiveFinding Date()
    {
        foreach (var item in Head)
        {
            if (DirectiveText.PlaceAndDate().Match(item.Text) is not { Success: true })
                continue;

            var dates = WrittenDates.FindAll(item.Text);
            if (dates.Count > 0 && dates[0] is { IsDate: true, IsPossible: true })
                return new DirectiveFinding(
                    DirectiveField.Date, Text(dates[0].In(0)), item.Text, item.Place, null);

            return new DirectiveFinding(DirectiveField.Date, null, item.Text, item.Place, dates.Count > 0
                && !dates[0].IsPossible
                ? new Wording(
                    $"ngày văn bản: “{Shown(item.Text)}” là ngày không có trong lịch. Hãy ghi theo bản đã đóng dấu.",
                    $"the order's date: “{Shown(item.Text)}” is no day of a calendar. Write it as the stamped copy has "
                        + $"it.")
                : new Wording(
                $"ngày văn bản: tệp để trống (“{Shown(item.Text)}”). Hãy ghi theo bản đã đóng dấu, hoặc xóa dòng này.",
                $"the order's date: left open in the file (“{Shown(item.Text)}”). Write it as the stamped copy has it, "
                    + $"or delete the line."));
        }

        return new DirectiveFinding(DirectiveField.Date, null, null, null, null);
    }

    public DirectiveFinding LegalBasis()
    {
        foreach (var item in order.Items.Where(item => Basis().IsMatch(item.Text)))
        {
            var found = BasisDocument().Matches(item.Text);
            if (found.Count == 0)
                continue;

            return new DirectiveFinding(
                DirectiveField.LegalBasis,
                string.Join("; ", found.Select(match => match.Groups["basis"].Value.Trim())),
                string.Join(" … ", found.Select(match => match.Value.Trim())),
                item.PlaceAt(found[0].Index),
                null);
        }

        return new DirectiveFinding(DirectiveField.LegalBasis, null, null, null, null);
    }

    /// <summary>The year that the order is of, with where it says so: of its date, else of what it calls the year of
    /// its activities, else of what it is based on.</summary>
    public (int Year, string Words)? Year()
    {
        if (Date() is { Value: { } date, Words: { } words })
            return (int.Parse(date[^4..], CultureInfo.InvariantCulture), words);

        foreach (var item in order.Items)
        {
            if (YearOfActivities().Match(item.Text) is { Success: true } match)
                return (int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), match.Value);
        }

        return LegalBasis() is { Value: { } basis }
            && WrittenDates.Find(basis).LastOrDefault(each => each.IsDate) is { Year: { } year } last
            ? (year, basis.Substring(last.Start, last.Length))
            : null;
    }

    public static string Text(DateOnly date) => date.ToString("d/M/yyyy", CultureInfo.InvariantCulture);

    /// <summary>Enough of it to know it again.</summary>
    public static string Shown(string words, int most = 160)
    {
        if (words.Length <= most)
            return words;

        var cut = words.LastIndexOf(' ', most);
        return words[..(cut > 0 ? cut : most)].TrimEnd() + "…";
    }

    [GeneratedRegex("^(Thực hiện|Căn cứ|Triển khai|Trên cơ sở|Theo) ")]
    private static partial Regex Basis();

    [GeneratedRegex($@"(?:^|[;,.]\s*)(?<issuer>{Office}[^;.“”]{{0,140}}?)\s*(?:\([^)]*\)\s*)?(?:,\s*)?"
        + "(?<!và )(?:yêu cầu|ban hành|xây dựng|đề nghị|chỉ đạo|giao|có ý kiến|hướng dẫn)(?!\\p{L})")]
    private static partial Regex IssuerInBody();

    [GeneratedRegex(@"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\s+(?<kind>TỈNH|THÀNH PHỐ|TP\.?)\s+"
        + @"(?<name>\p{Lu}[\p{Lu}-]*(?:\s+\p{Lu}[\p{Lu}-]*){0,3})(?=$|\s*[-–_]{2,}|\s+Số\b|\s+CỘNG HÒA|\s+CỘNG HOÀ)")]
    private static partial Regex Letterhead();

    [GeneratedRegex(@"(?<kind>[Tt]ỉnh|[Tt]hành phố|TP\.?)\s+(?<name>\p{Lu}[\p{L}-]*(?:\s+\p{Lu}[\p{L}-]*){0,3})")]
    private static partial Regex AreaOfName();

    [GeneratedRegex(@"^Số\s*:?\s*(?<number>[0-9]{1,5}\s*/\s*[\p{Lu}0-9]+(?:\s*[-/&]\s*[\p{Lu}0-9]+){0,4})")]
    private static partial Regex NumberLine();

    [GeneratedRegex(@"^Số\s*:[\s._…]*/\s*[\p{Lu}][\p{Lu}0-9&/-]*")]
    private static partial Regex EmptyNumber();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"(?<basis>(?:Quyết định|Công văn|Kế hoạch|Công điện|Chỉ thị|Văn bản|Thông báo)\s+số\s+[^\s,;]+,?\s+ngày\s+"
        + @"[^;“”]{6,60}?\s+của\s+[^;“”]{3,120}?)(?=\s+(?:về|ban hành|phê duyệt|quy định|triển khai|V/v)(?!\p{L})"
        + @"|[;.]|$"
        + @"|,\s*(?:UBND|Ủy ban|Uỷ ban|Ban Chỉ đạo))")]
    private static partial Regex BasisDocument();

    [GeneratedRegex(@"(?:30/7”?|mua bán người”?|người”?)\s*(?:năm\s+)(?<year>20[0-9]{2})")]
    private static partial Regex YearOfActivities();
}
