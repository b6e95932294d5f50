using SmsCampaign.Audience;

namespace SmsCampaign.Orders;

/// <summary>Holds the areas of a carrier's table to those of its letter: what was never ordered, and what was and is
/// not there.</summary>
static class AreaQuestions
{
    /// <summary>Most areas named in one question.</summary>
    const int MostNamed = 10;

    /// <summary>How carriers call a class, folded.</summary>
    static readonly (string Class, string[] Names, Wording Shown)[] Classes =
    [
        ("prepaid", ["tratruoc", "prepaid", "pre", "tt"], new("trả trước", "prepaid")),
        ("postpaid", ["trasau", "postpaid", "post", "ts"], new("trả sau", "postpaid")),
    ];

    public static IEnumerable<Wording> Find(CarrierResult result, OrderAudience asked)
    {
        // A list names what it likes of each number; its table, where there is one, was held to the list.
        var rows = result.Rows.Where(row => row.Area != ResultRow.Nowhere).ToList();
        if (asked.Areas.Count == 0 || rows.Count == 0 || rows.Exists(row => row.Area == ResultRow.Everywhere))
            yield break;

        var ordered = asked.Areas.Select(area => (Area: area, Name: AreaName.Of(area))).ToList();
        var reported = rows.Select(row => (Row: row, Name: AreaName.Of(row.Area))).ToList();
        List<string> unknown = [.. reported
            .Where(each => !ordered.Exists(area => area.Name.IsSame(each.Name)))
            .DistinctBy(each => each.Name)
            .Select(each => each.Row.Area)];
        if (unknown.Count > 0)
        {
            var (names, areas) = (Name(unknown.Select(Quoted)), Name(asked.Areas.Select(Quoted)));
            yield return new Wording(
                $"Bảng có địa bàn không thuộc công văn: {names} (công văn đề nghị: {areas}); có nhắn ngoài phạm vi "
                    + $"không?",
                $"The table has areas that were not asked for: {names} (asked for: {areas}); were others texted?");
        }

        if (unknown.Count == reported.DistinctBy(each => each.Name).Count())
            yield break; // another division than the letter's: that is asked already

        List<Wording> missing = [.. ordered.SelectMany(area =>
            FindMissing(area.Area, [.. reported.Where(each => each.Name.IsSame(area.Name)).Select(each => each.Row)],
                asked.Classes))];
        if (missing.Count > 0)
        {
            var names = Name(missing);
            yield return new Wording(
                $"Bảng thiếu địa bàn hoặc loại thuê bao của công văn: {names}; chưa nhắn hay chưa ghi? Không gửi thì "
                    + $"ghi 0.",
                $"The table lacks areas or classes that were asked for: {names}; were they not texted, or left out? "
                    + $"Where none were, write 0.");
        }
    }

    /// <returns>The area, where it has no row; else each class of it that has none.</returns>
    static IEnumerable<Wording> FindMissing(string area, List<ResultRow> rows, IReadOnlyList<string> asked)
    {
        if (rows.Count == 0)
            return [Quoted(area)];

        // A row that names no class that is known is of all.
        var told = rows.Select(row => ClassOf(row.Subscribers)).ToList();
        return told.Contains(null)
            ? []
            : asked.Where(each => !told.Contains(each)).Select(each => new Wording(
                $"'{area}' ({ShownOf(each)})", $"'{area}' ({ShownOf(each)})"));
    }

    static string? ClassOf(string? subscribers) => subscribers is null
        ? null
        : Classes.FirstOrDefault(each => each.Names.Contains(CellText.Fold(subscribers))).Class;

    static Wording ShownOf(string asked) =>
        Classes.FirstOrDefault(each => each.Class == asked) is { Class: not null } known
            ? known.Shown
            : new Wording($"{asked}", $"{asked}");

    static Wording Quoted(string area) => new($"'{area}'", $"'{area}'");

    static Wording Name(IEnumerable<Wording> areas)
    {
        var all = areas.ToList();
        var more = all.Count > MostNamed ? ", …" : "";
        var names = Wording.Join(", ", all.Take(MostNamed));
        return new Wording($"{names}{more}", $"{names}{more}");
    }
}
