using SmsCampaign.Audience;
using SmsCampaign.Orthography;

namespace SmsCampaign.Orders;

/// <summary>What a column of a list of numbers is for.</summary>
enum NumberColumn
{
    Phone,
    Status,
    Area,
    Subscribers,
}

/// <summary>Finds the columns of a list with a number a row: by the names that the installation file maps, else by the
/// usual ones. Compared as those of <see cref="ResultColumns"/>.</summary>
static class NumberColumns
{
    /// <summary>As a holder's <c>numberColumns</c> names them.</summary>
    public const string Keys = "phone|status|area|subscribers";

    /// <summary>Without these it is no such list.</summary>
    public static readonly IReadOnlyList<NumberColumn> Required = [NumberColumn.Phone, NumberColumn.Status];

    static readonly string[] Statuses =
    [
        "Trạng thái", "trạng thái gửi", "trạng thái tin", "tình trạng", "kết quả", "kết quả gửi", "status",
        "delivery status", "result", "state", "dlr",
    ];

    public static Dictionary<NumberColumn, int> Find(
        IReadOnlyList<string> headings, IReadOnlyDictionary<string, string> mapped)
    {
        var found = new Dictionary<NumberColumn, int>();
        var folded = headings.Select(CellText.Fold).ToList();
        foreach (var column in Enum.GetValues<NumberColumn>())
        {
            var wanted = mapped.TryGetValue(KeyOf(column), out var name) ? [CellText.Fold(name)] : Usual(column);
            var at = folded.FindIndex(heading => heading.Length > 0 && wanted.Contains(heading));
            if (at >= 0 && !found.ContainsValue(at))
                found[column] = at;
        }

        return found;
    }

    /// <summary>More columns of numbers than the one that is read: whose they are nobody has said.</summary>
    public static IReadOnlyList<string> OtherPhones(
        IReadOnlyList<string> headings, IReadOnlyDictionary<NumberColumn, int> found) =>
        [.. headings.Where((heading, at) =>
            !found.Values.Contains(at) && ColumnNames.Phone.Accepts(heading))];

    /// <summary>More columns of statuses than the one that is read.</summary>
    public static IReadOnlyList<string> OtherStatuses(
        IReadOnlyList<string> headings, IReadOnlyDictionary<NumberColumn, int> found) =>
        [.. headings.Where((heading, at) =>
            !found.Values.Contains(at) && Usual(NumberColumn.Status).Contains(CellText.Fold(heading)))];

    public static string KeyOf(NumberColumn column) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(column.ToString());

    public static string NameOf(NumberColumn column) => column switch
    {
        NumberColumn.Phone => "Số điện thoại",
        NumberColumn.Status => Statuses[0],
        NumberColumn.Area => ResultColumns.NameOf(ResultColumn.Area),
        _ => ResultColumns.NameOf(ResultColumn.Subscribers),
    };

    /// <summary>The heading that may be meant by one that is missing; null where none is near.</summary>
    public static string? Near(NumberColumn column, IReadOnlyList<string> headings) =>
        NamesOf(column).Select(name => Spelling.Nearest(name, headings)).FirstOrDefault(near => near is not null);

    static HashSet<string> Usual(NumberColumn column) => [.. NamesOf(column).Select(CellText.Fold)];

    static IReadOnlyList<string> NamesOf(NumberColumn column) => column switch
    {
        NumberColumn.Phone => ColumnNames.Phone.Accepted,
        NumberColumn.Status => Statuses,
        NumberColumn.Area => ResultColumns.NamesOf(ResultColumn.Area),
        _ => ResultColumns.NamesOf(ResultColumn.Subscribers),
    };
}
