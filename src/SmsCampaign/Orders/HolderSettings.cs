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
        "Tên cột trong bảng riêng của nhà mạng, theo tên cột của biểu báo cáo: area, subscribers, inScope, excluded, "
            + "notSent, sent, succeeded, failed, unknown, parts, share, begin, end, note. Không ghi: tìm theo các tên "
            + "thường gặp.",
        "Names of the columns of the carrier's own table, by those of the reply form: area, subscribers, inScope, "
            + "excluded, notSent, sent, succeeded, failed, unknown, parts, share, begin, end, note. Unset: found by "
            + "the "
            + "usual names.")]
    [Names(ResultColumns.Keys)]
    public Dictionary<string, string> Columns { get; set; } = [];

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        var known = ResultColumns.Keys.Split('|');
        foreach (var key in Columns.Keys.Where(key => !known.Contains(key)))
        {
            var hint = Spelling.DidYouMean(Spelling.Nearest(key, known));
            yield return new SettingsFault($"columns.{key}", new Wording(
                $"Không có cột nào tên '{key}'.{hint} Các tên: {string.Join(", ", known)}.",
                $"There is no column '{key}'.{hint} There are: {string.Join(", ", known)}."));
        }
    }
}
