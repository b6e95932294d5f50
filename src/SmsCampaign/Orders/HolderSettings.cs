using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;
using SmsCampaign.Orthography;

namespace SmsCampaign.Orders;

/// <summary>A carrier that texts its own subscribers where it is asked to.</summary>
public sealed class HolderSettings : ICheckedSettings
{
    [Meaning(
        "Tên đầy đủ của doanh nghiệp, ghi ở \"Kính gửi\".",
        "Full name of the company, as a letter addresses it.")]
    [Required, MinLength(1), SuchAs("Tập đoàn Công nghiệp - Viễn thông Quân đội")]
    public string Name { get; set; } = "";

    [Meaning(
        "Tên ngắn, ghi trong bảng và màn hình. Không ghi: tên trong tệp này.",
        "Short name, for tables and screens. Unset: its name in this file.")]
    [MinLength(1), SuchAs("Viettel")]
    public string? Display { get; set; }

    [Meaning(
        "Bộ phận nhận công văn, nếu gửi cho chi nhánh hay một phòng, ghi sau tên doanh nghiệp.",
        "The branch or office that gets the letter, where it is not the company itself; it stands behind the name.")]
    [MinLength(1), SuchAs("Chi nhánh Đắk Lắk")]
    public string? Branch { get; set; }

    [Meaning(
        "Tốc độ nhà mạng đã nêu, tin/giây, để so với báo cáo. Không ghi: theo câu trả lời đã ghi nhận, nếu có.",
        "Rate that the carrier has stated, messages a second, to hold its report to. Unset: as its answer says, if it "
            + "does.")]
    [Range(1, 1_000_000)]
    public int? Rate { get; set; }

    [Meaning(
        "Phần trăm được gửi nhiều hơn ước tính của công văn; nhiều hơn nữa thì không nhận báo cáo.",
        "Percent by which more may have been sent than the letter estimated; a report of more is refused.")]
    [Range(0, 1000)]
    public int MostOver { get; set; } = 10;

    [Meaning(
        "Tên nhà mạng trong carriers.csv, để biết số nào của mạng khác trong danh sách từng số. Không ghi: theo tên "
            + "trong tệp này.",
        "The carrier's name in carriers.csv, by which numbers of another are found in its list. Unset: its name in "
            + "this file.")]
    [MinLength(1), SuchAs("viettel")]
    public string? Carrier { get; set; }

    [Meaning(
        "Tên cột trong bảng riêng của nhà mạng, theo tên cột của biểu báo cáo: area, subscribers, inScope, excluded, "
            + "notSent, sent, succeeded, failed, unknown, parts, share, begin, end, note. Không ghi: tìm theo các tên "
            + "thường gặp.",
        "Names of the columns of the carrier's own table, by those of the reply form: area, subscribers, inScope, "
            + "excluded, notSent, sent, succeeded, failed, unknown, parts, share, begin, end, note. Unset: found by "
            + "the "
            + "usual names.")]
    [Names(ResultColumns.Keys)]
    public Dictionary<string, string> Columns { get; set; } = [];

    [Meaning(
        "Tên cột trong danh sách mỗi số một hàng của nhà mạng: phone, status, area, subscribers. Không ghi: tìm theo "
            + "các tên thường gặp.",
        "Names of the columns of the carrier's list with a number a row: phone, status, area, subscribers. Unset: "
            + "found by the usual names.")]
    [Names(Orders.NumberColumns.Keys)]
    public Dictionary<string, string> NumberColumns { get; set; } = [];

    [Meaning(
        "Nghĩa của từng trạng thái nhà mạng ghi trong danh sách đó: succeeded, failed, unknown, notSent, excluded. Các "
            + "từ thường gặp thì không cần ghi; từ lạ thì không nhận danh sách.",
        "What each status in that list means: succeeded, failed, unknown, notSent, excluded. The usual words need not "
            + "be written; a list with a word that is not known is refused.")]
    public Dictionary<string, string> Statuses { get; set; } = [];

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        foreach (var fault in CheckKeys("columns", Columns.Keys, ResultColumns.Keys)
            .Concat(CheckKeys("numberColumns", NumberColumns.Keys, Orders.NumberColumns.Keys)))
            yield return fault;
        foreach (var (word, means) in Statuses.Where(entry => NumberClaims.Find(entry.Value) is null))
        {
            var hint = Spelling.DidYouMean(Spelling.Nearest(means, NumberClaims.Words));
            yield return new SettingsFault($"statuses.{word}", new Wording(
                $"Không có nghĩa nào tên '{means}'.{hint} Các nghĩa: {string.Join(", ", NumberClaims.Words)}.",
                $"There is no meaning '{means}'.{hint} There are: {string.Join(", ", NumberClaims.Words)}."));
        }
    }

    static IEnumerable<SettingsFault> CheckKeys(string of, IEnumerable<string> keys, string all)
    {
        var known = all.Split('|');
        foreach (var key in keys.Where(key => !known.Contains(key)))
        {
            var hint = Spelling.DidYouMean(Spelling.Nearest(key, known));
            yield return new SettingsFault($"{of}.{key}", new Wording(
                $"Không có cột nào tên '{key}'.{hint} Các tên: {string.Join(", ", known)}.",
                $"There is no column '{key}'.{hint} There are: {string.Join(", ", known)}."));
        }
    }
}

/// <summary>The names by which the installation file knows its holders.</summary>
public static class HolderNames
{
    /// <param name="names">Those of the installation file.</param>
    /// <param name="file">The installation file.</param>
    /// <returns>What to say of one that it does not have; null where it has.</returns>
    public static Wording? FindUnknown(string holder, IEnumerable<string> names, string file)
    {
        List<string> there = [.. names.Order(StringComparer.Ordinal)];
        if (there.Contains(holder))
            return null;

        var hint = Spelling.DidYouMean(Spelling.Nearest(holder, there));
        var all = string.Join(", ", there);
        var list = there.Count == 0 ? new Wording("chưa có nhà mạng nào", "none") : new Wording($"{all}", $"{all}");
        return new Wording(
            $"--holder: tệp cấu hình {file} không có nhà mạng '{holder}' (mục holders).{hint} Đang có: {list}.",
            $"--holder: the installation file {file} has no carrier '{holder}' (holders).{hint} There are: {list}.");
    }
}
