using SmsCampaign.Audience;
using SmsCampaign.Orthography;

namespace SmsCampaign.Orders;

/// <summary>What a column of a carrier's report is for.</summary>
enum ResultColumn
{
    Area,
    Subscribers,
    InScope,
    Excluded,
    NotSent,
    Sent,
    Succeeded,
    Failed,
    Unknown,
    Parts,
    Share,
    Begin,
    End,
    Note,
}

/// <summary>Finds the columns of a carrier's report: by the names that the installation file maps, by those of our
/// form,
/// and by the usual ones. Compared without regard to case, diacritics and signs.</summary>
static class ResultColumns
{
    /// <summary>As a holder's <c>columns</c> names them.</summary>
    public const string Keys =
        "area|subscribers|inScope|excluded|notSent|sent|succeeded|failed|unknown|parts|share|begin|end|note";

    /// <summary>Without these nothing can be read.</summary>
    public static readonly IReadOnlyList<ResultColumn> Required = [ResultColumn.Area, ResultColumn.Sent];

    static readonly Dictionary<ResultColumn, string[]> Usual = new()
    {
        [ResultColumn.Area] =
        [
            "Mã, địa bàn", "địa bàn", "khu vực", "tỉnh", "tỉnh/thành phố", "xã/phường", "huyện", "đơn vị", "area",
            "region", "province",
        ],
        [ResultColumn.Subscribers] = ["Loại thuê bao", "loại TB", "subscriber type", "subscribers", "type"],
        [ResultColumn.InScope] =
        [
            "(1) Thuộc phạm vi", "thuộc phạm vi", "số thuê bao thuộc phạm vi", "tổng thuê bao", "tổng số thuê bao",
            "in scope", "base",
        ],
        [ResultColumn.Excluded] = ["(2) Loại trừ", "loại trừ", "bị loại trừ", "excluded"],
        [ResultColumn.NotSent] = ["(3) Chưa gửi", "chưa gửi", "không gửi", "not sent"],
        [ResultColumn.Sent] =
        [
            "(4) Đã gửi", "đã gửi", "số tin đã gửi", "số thuê bao đã gửi", "thuê bao đã gửi", "số lượng gửi",
            "tổng gửi", "sent", "total sent", "submitted",
        ],
        [ResultColumn.Succeeded] =
        [
            "(5) Thành công", "thành công", "gửi thành công", "số tin thành công", "thuê bao nhận được", "đã nhận",
            "succeeded", "success", "delivered",
        ],
        [ResultColumn.Failed] =
            ["(6) Không thành công", "không thành công", "thất bại", "gửi lỗi", "lỗi", "failed", "failure"],
        [ResultColumn.Unknown] = ["(7) Chưa rõ", "chưa rõ", "không rõ", "chưa có kết quả", "unknown", "pending"],
        [ResultColumn.Parts] =
            ["(8) Bản tin quy đổi", "bản tin quy đổi", "số bản tin", "số MT", "số phần", "parts", "segments"],
        [ResultColumn.Share] = ["(9) Tỷ lệ %", "tỷ lệ %", "tỷ lệ", "tỷ lệ thành công", "success rate", "rate"],
        [ResultColumn.Begin] =
            ["(10) Bắt đầu", "bắt đầu", "giờ bắt đầu", "thời gian bắt đầu", "begin", "start", "from"],
        [ResultColumn.End] =
            ["(11) Kết thúc", "kết thúc", "giờ kết thúc", "thời gian kết thúc", "end", "finish", "to"],
        [ResultColumn.Note] = ["Ghi chú", "note", "remark"],
    };

    /// <summary>Of no meaning here.</summary>
    static readonly HashSet<string> Passed = [.. new[] { "STT", "TT", "số thứ tự", "no" }.Select(CellText.Fold)];

    /// <summary>The columns of a row of headings.</summary>
    /// <param name="mapped">Names that the installation file gives, by <see cref="KeyOf"/>.</param>
    public static Dictionary<ResultColumn, int> Find(
        IReadOnlyList<string> headings, IReadOnlyDictionary<string, string> mapped)
    {
        var found = new Dictionary<ResultColumn, int>();
        var folded = headings.Select(CellText.Fold).ToList();
        foreach (var column in Enum.GetValues<ResultColumn>())
        {
            var names = mapped.TryGetValue(KeyOf(column), out var name) ? [name] : Usual[column];
            var wanted = names.Select(CellText.Fold).ToHashSet();
            var at = folded.FindIndex(wanted.Contains);
            if (at >= 0 && !found.ContainsValue(at))
                found[column] = at;
        }

        return found;
    }

    /// <summary>Headings that mean what another is taken for: as of a figure that is given for messages and for
    /// subscribers. What is named in words may stand in several.</summary>
    public static IReadOnlyList<(ResultColumn Column, string Heading)> Twice(
        IReadOnlyList<string> headings,
        IReadOnlyDictionary<ResultColumn, int> found,
        IReadOnlyDictionary<string, string> mapped) =>
        [.. found
            .Where(each => each.Key is not (ResultColumn.Area or ResultColumn.Subscribers or ResultColumn.Note)
                && !mapped.ContainsKey(KeyOf(each.Key)))
            .SelectMany(each => headings
                .Where((heading, at) => !found.Values.Contains(at)
                    && Usual[each.Key].Any(name => CellText.Fold(name) == CellText.Fold(heading)))
                .Select(heading => (each.Key, heading)))];

    /// <summary>Headings that were taken for nothing: what stands below them is not read.</summary>
    public static IReadOnlyList<string> Unread(
        IReadOnlyList<string> headings, IReadOnlyDictionary<ResultColumn, int> found) =>
        [.. headings.Where((heading, at) =>
            heading.Length > 0 && !found.Values.Contains(at) && !IsPassed(heading))];

    /// <summary>Whether what stands below it is of no meaning here.</summary>
    public static bool IsPassed(string heading) => Passed.Contains(CellText.Fold(heading));

    /// <summary>As "inScope".</summary>
    public static string KeyOf(ResultColumn column) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(column.ToString());

    public static string NameOf(ResultColumn column) => Usual[column][0];

    public static IReadOnlyList<string> NamesOf(ResultColumn column) => Usual[column];

    /// <summary>The heading that may be meant by one that is missing; null where none is near.</summary>
    public static string? Near(ResultColumn column, IReadOnlyList<string> headings) =>
        Usual[column].Select(name => Spelling.Nearest(name, headings)).FirstOrDefault(near => near is not null);
}
